import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ConformanceHost } from '@sutler/device-model/conformance'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dtlsTransport, Lwm2mProtocol, tcpTransport, tlsTransport, udpTransport } from '../index.ts'
import { realClock } from '../test/harness.ts'

/** libcoap's client over each of the ways, with two TLS libraries under it (Debian: libcoap3-bin). */

const run = promisify(execFile)
const key = 'sixteen-byte-key'
const directory = mkdtempSync(join(tmpdir(), 'links-'))
const host = new ConformanceHost()
const at = { host: '127.0.0.1', port: 0, clock: realClock, random: Math.random }
const protocol = new Lwm2mProtocol({
  transports: [udpTransport(at), dtlsTransport(at), tcpTransport(at), tlsTransport(at)],
  clock: realClock,
  randomBytes,
  plainToken: 'site',
})

beforeAll(async () => {
  await host.start()
  await protocol.start(host)
  writeFileSync(join(directory, 'links'), `</1/0>,</3/0>,${'</9>;title="long enough for blocks",'.repeat(60)}</5/0>`)
})

afterAll(async () => {
  await protocol.stop()
  await host.stop()
  rmSync(directory, { recursive: true })
})

test.each([
  ['openssl', 'coap'],
  ['openssl', 'coaps'],
  ['openssl', 'coap+tcp'],
  ['openssl', 'coaps+tcp'],
  ['gnutls', 'coaps'],
  ['gnutls', 'coaps+tcp'],
] as const)('libcoap with %s registers over %s', async (library, kind) => {
  const name = `box-${library}-${kind}`
  const secret = Buffer.from(key).toString('hex')
  host.admit('lwm2m', name, { device: name, class: 'gateway', accepts: () => true, secret: { username: name, secret } })
  const url = `${kind}://127.0.0.1:${protocol.ports.get(kind)}/rd?ep=${name}&lt=300&lwm2m=1.1`
  const secured = kind.startsWith('coaps') ? ['-u', name, '-k', key] : []
  const links = ['-t', '40', '-f', join(directory, 'links')]
  await client(library, ['-B', '5', '-m', 'post', ...links, ...secured, url])
  expect(host.of(name, 'hello')).toHaveLength(1)
})

async function client(library: string, options: readonly string[]): Promise<void> {
  const program = `coap-client-${library}`
  try {
    await run(program, options, { timeout: 20_000 })
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error
    throw new Error(`${program} is not installed: apt-get install libcoap3-bin`, { cause: error })
  }
}
