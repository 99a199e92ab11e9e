import { once } from 'node:events'
import { createServer as createHttpServer, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { testAuthority } from '../../../test/support/authority.ts'
import { createClient, type ClientOptions } from './client.ts'
import { trustingFetch } from './node/trusting-fetch.ts'
import { followStream } from './stream.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

/** A server that answers every request like this, and when the connection of the first answer has ended. */
async function serving(scheme: 'http' | 'https', begin: (answer: ServerResponse) => void) {
  const ended = Promise.withResolvers<void>()
  const authority = testAuthority()
  const { key, certificate } = authority.server()
  const listener = (_: unknown, answer: ServerResponse): void => {
    answer.on('close', ended.resolve)
    begin(answer)
  }
  const server =
    scheme === 'http' ? createHttpServer(listener) : createHttpsServer({ key, cert: certificate }, listener)
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const hub = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client: ClientOptions = scheme === 'http' ? { hub } : { hub, fetch: trustingFetch(authority.root) }
  return { client, url: new URL(hub), ended: ended.promise }
}

/** Begins as a hub does, and says no more. */
function greet(answer: ServerResponse): void {
  answer.writeHead(200, { 'content-type': 'text/event-stream' })
  answer.write('id: 1\n\n')
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Over some turns of the loop, for what is pending must not be all that keeps an object. */
async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 4; round++) {
    await new Promise(setImmediate)
    collect()
  }
}

describe.for(['http', 'https'] as const)('a stream over %s', (scheme) => {
  it('ends when its reader wants it to end, whatever was collected as garbage meanwhile', async () => {
    const { client, url, ended } = await serving(scheme, greet)
    const enough = new AbortController()
    const opened = async (): Promise<void> => {
      await collectGarbage()
      enough.abort()
    }
    const places: string[] = []
    for await (const { id } of followStream(client, url, { signal: enough.signal, opened })) places.push(id)
    expect(places).toEqual(['1'])
    await ended
  })

  it('leaves no connection and no timer when its reader goes', async () => {
    const { client, url, ended } = await serving(scheme, greet)
    const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
    const before = timers()
    for await (const { id } of followStream(client, url, {})) {
      expect(id).toBe('1')
      break
    }
    await ended
    expect(timers()).toBeLessThanOrEqual(before)
  })
})

describe.for(['http', 'https'] as const)('a request over %s', (scheme) => {
  it('ends when its time is over, also within its answer, whatever was collected as garbage meanwhile', async () => {
    const { client, ended } = await serving(scheme, (answer) => {
      answer.writeHead(200, { 'content-type': 'application/json' })
      answer.write('{')
    })
    // Long enough for the answer to have begun, on a busy machine too.
    const answer = createClient({ ...client, timeout: 2_000 }).GET('/api/v1/trust')
    await Promise.all([expect(answer).rejects.toThrow(/abort|timeout|terminated/i), collectGarbage(), ended])
  })
})
