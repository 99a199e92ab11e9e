import { randomBytes } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../../test/support/until.ts'
import { AgentError } from '../src/core/errors.ts'
import { component } from './components.ts'
import type { Component } from './components.ts'
import { HubDouble, serveFile } from './hub-double.ts'
import { bootAgent, everything, inUse, makeDirectory, removeDirectory } from './running-agent.ts'
import type { RunningAgent } from './running-agent.ts'

let hub: HubDouble
let directory: string
let agent: RunningAgent

beforeEach(async () => {
  hub = await HubDouble.start()
  directory = makeDirectory()
  agent = await bootAgent(hub, directory)
  hub.offer(component({ a: 'old' }), 'old', 1)
  await hub.outcome('old')
})

afterEach(async () => {
  await agent.stop()
  await hub.stop()
  removeDirectory(directory)
})

const large = randomBytes(3_000_000)
const upgrade = (): Component => component({ a: 'new', large }, { version: '2.0.0' })
const digestOfLarge = upgrade().manifest.files.find(({ path }) => path === 'large')!.digest

function requestsOfLarge(): (string | undefined)[] {
  return hub.requests.filter(({ digest }) => digest === digestOfLarge).map(({ range }) => range)
}

/** The old version runs, and nothing of the new one is left. */
async function expectUntouched(): Promise<void> {
  expect(inUse(directory)).toEqual({ a: 'old' })
  await hub.when(() => everything(directory).every((path) => !path.startsWith('staging/')), 'no staging')
  await hub.when(() => readdirSync(join(directory, 'services/tv-guide/versions')).length === 2, 'one version')
}

describe('a download', () => {
  it('goes on where it was when the connection drops in mid file', async () => {
    let drops = 3
    hub.fileFault = (digest, request, response) => {
      if (digest !== digestOfLarge || drops-- <= 0) return false
      const from = Number(/\d+/.exec(request.headers.range ?? '0')![0])
      const headers = { etag: `"${digest}"`, 'content-range': `bytes ${from}-${large.length - 1}/${large.length}` }
      response.writeHead(from > 0 ? 206 : 200, { ...headers, 'content-length': large.length - from })
      response.write(large.subarray(from, from + 500_000), () => request.socket.destroy())
      return true
    }
    hub.offer(upgrade(), 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
    const starts = requestsOfLarge().map((range) => Number(/\d+/.exec(range ?? '0')![0]))
    expect(starts).toHaveLength(4)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
    expect(new Set(starts).size).toBe(4)
  })

  it('that failed is tried again at once when the hub is back, however long it was to wait', async () => {
    await agent.stop()
    const hour = 3_600_000
    agent = await bootAgent(hub, directory, { settings: { retry: { first: hour, most: hour } } })
    let drops = 1
    const dropped = Promise.withResolvers<void>()
    hub.fileFault = (digest, request) => {
      if (digest !== digestOfLarge || drops-- <= 0) return false
      request.socket.destroy()
      dropped.resolve()
      return true
    }
    hub.offer(upgrade(), 'd', 2)
    await dropped.promise
    await until(() => agent.log.some(({ message }) => message === 'the work on a service failed'))
    hub.dropConnections()
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
  })

  it('goes on where it was after a restart of the agent', async () => {
    hub.fileFault = (digest, _request, response) => {
      if (digest !== digestOfLarge) return false
      response.writeHead(200, { 'content-length': large.length }).write(large.subarray(0, 1_000_000))
      return true
    }
    hub.offer(upgrade(), 'd', 2)
    const part = join(directory, 'staging/tv-guide', digestOfLarge)
    await hub.when(() => statSync(part, { throwIfNoEntry: false })?.size === 1_000_000, 'a part')
    await agent.stop()
    hub.fileFault = () => false
    agent = await bootAgent(hub, directory)
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
    expect(requestsOfLarge()).toEqual([undefined, 'bytes=1000000-'])
  })

  it('begins again when the hub no longer has what the part is of', async () => {
    let first = true
    hub.fileFault = (digest, request, response) => {
      if (digest !== digestOfLarge) return false
      if (first) {
        response.writeHead(200, { 'content-length': large.length })
        response.write(randomBytes(400_000), () => request.socket.destroy())
      } else serveFile(large, digest, Object.assign(request, { headers: {} }), response)
      first = false
      return true
    }
    hub.offer(upgrade(), 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
  })

  it('asks for a fresh link when the old one has expired', async () => {
    hub.publish(upgrade())
    hub.linkLife = -5000
    const offer = hub.offerOf(upgrade(), 'd', 2)
    hub.send(offer)
    const renew = await hub.when(() => hub.received.find((m) => m.t === 'renew'))
    expect(renew).toMatchObject({ delivery: 'd' })
    hub.linkLife = 3_600_000
    hub.send(hub.offerOf(upgrade(), 'd', 2))
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
    expect(hub.received.filter((m) => m.t === 'accept' && m.delivery === 'd')).toHaveLength(1)
  })

  it('that the hub calls expired, whatever the device thinks, is renewed too', async () => {
    let expired = true
    hub.fileFault = (_digest, _request, response) => {
      if (!expired) return false
      response.writeHead(403, { 'content-type': 'application/problem+json' }).end('{"type":"/problems/link-expired"}')
      return true
    }
    hub.offer(upgrade(), 'd', 2)
    await hub.when(() => hub.received.some((m) => m.t === 'renew'))
    expired = false
    hub.send(hub.offerOf(upgrade(), 'd', 2))
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
  })

  it('slower than the least rate is given up, and gone on with later', async () => {
    await agent.stop()
    agent = await bootAgent(hub, directory, { settings: { leastRate: 1_000_000, rateWindow: 30 } })
    let slow = true
    hub.fileFault = (digest, request, response) => {
      if (digest !== digestOfLarge || !slow) return false
      response.writeHead(200, { 'content-length': large.length })
      let sent = 0
      const drip = setInterval(() => response.write(large.subarray(sent, (sent += 100))), 5)
      request.socket.on('close', () => {
        clearInterval(drip)
        slow = false
      })
      return true
    }
    hub.offer(upgrade(), 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
    expect(agent.log.some(({ fields }) => fields['code'] === 'too-slow')).toBe(true)
    expect(requestsOfLarge().at(-1)).toMatch(/^bytes=\d+00-$/)
  })
})

describe('what is not what was offered', () => {
  const answerWith = (content: Buffer, declared?: number): void => {
    hub.fileFault = (digest, _request, response) => {
      if (digest !== digestOfLarge) return false
      response.writeHead(200, declared === undefined ? {} : { 'content-length': declared }).end(content)
      return true
    }
  }

  it('a flipped bit is refused', async () => {
    const flipped = Buffer.from(large)
    flipped[1_234_567]! ^= 1
    answerWith(flipped, flipped.length)
    hub.offer(upgrade(), 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'failed', error: 'digest-mismatch' })
    await expectUntouched()
  })

  it('a truncated file is refused', async () => {
    answerWith(large.subarray(0, 2_000_000))
    hub.offer(upgrade(), 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'failed' })
    await expectUntouched()
  })

  it('a file declared larger is refused before a byte is written', async () => {
    answerWith(Buffer.concat([large, large]), 2 * large.length)
    hub.offer(upgrade(), 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'failed', error: 'too-large' })
    await expectUntouched()
  })

  it('endless data is cut at the known size', async () => {
    hub.fileFault = (digest, request, response) => {
      if (digest !== digestOfLarge) return false
      let open = true
      request.socket.on('close', () => (open = false))
      const more = (): void => void (open && response.write(large, more))
      more()
      return true
    }
    hub.offer(upgrade(), 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'failed', error: 'too-large' })
    await expectUntouched()
  })

  it('a manifest of another content than offered is refused', async () => {
    const made = upgrade()
    hub.publish(made)
    hub.blobs.set(made.manifestDigest, Buffer.from(made.manifestText.replace('2.0.0', '9.0.0')))
    hub.send(hub.offerOf(made, 'd', 2))
    expect(await hub.outcome('d')).toMatchObject({ result: 'failed', error: 'digest-mismatch', digests: [] })
    await expectUntouched()
  })

  it('a manifest of another service is refused', async () => {
    const made = component(
      { a: 'new' },
      { version: '2.0.0', breakText: (text) => text.replace('tv-guide', 'tv-guise') },
    )
    hub.offer(made, 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'failed', error: 'invalid-manifest' })
    await expectUntouched()
  })

  it.each([
    '../../evil',
    '/etc/evil',
    'x/../../../evil',
    'a/./b',
    'A',
    'a//b',
    'nul\\u0000',
    'CON',
    'x/',
    'c:\\\\evil',
  ])('the path %s is refused before any write', async (path) => {
    const made = component(
      { a: 'new', zzzz: 'evil' },
      { version: '2.0.0', breakText: (text) => text.replace('zzzz', path) },
    )
    hub.requests.length = 0
    hub.offer(made, 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'failed', error: 'invalid-manifest' })
    expect(hub.requests.map(({ digest }) => digest)).toEqual([made.manifestDigest])
    await expectUntouched()
  })
})

describe('a full disk', () => {
  it('declines what cannot fit', async () => {
    await agent.stop()
    agent = await bootAgent(hub, directory, {
      platform: (real) => ({ ...real, files: { ...real.files, space: async () => ({ total: 9e9, free: 1e6 }) } }),
    })
    hub.offer(upgrade(), 'd', 2)
    const decline = await hub.when(() => hub.received.find((m) => m.t === 'decline'))
    expect(decline).toMatchObject({ delivery: 'd', reason: 'no-space' })
    await expectUntouched()
  })

  it('in mid download fails the delivery and leaves the old version running', async () => {
    await agent.stop()
    agent = await bootAgent(hub, directory, {
      platform: (real) => {
        const create: typeof real.files.create = async (path, mode) => {
          const writer = await real.files.create(path, mode)
          const full = async (): Promise<void> => Promise.reject(new AgentError('no-space', 'ENOSPC'))
          return path.endsWith(digestOfLarge) ? { ...writer, write: full } : writer
        }
        return { ...real, files: { ...real.files, create } }
      },
    })
    hub.offer(upgrade(), 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'failed', error: 'no-space' })
    await expectUntouched()
  })

  it('that takes not even the journal delays everything and loses nothing', async () => {
    await agent.stop()
    let full = false
    let refused = 0
    agent = await bootAgent(hub, directory, {
      platform: (real) => {
        const extend: typeof real.files.extend = async (path, size) => {
          const writer = await real.files.extend(path, size)
          const write: typeof writer.write = async (bytes) => {
            if (!full) return writer.write(bytes)
            refused++
            await writer.write(bytes.subarray(0, bytes.length / 2))
            throw new AgentError('no-space', 'ENOSPC')
          }
          return { ...writer, write }
        }
        return { ...real, files: { ...real.files, extend } }
      },
    })
    hub.send({ id: hub.outputId(), t: 'ping' })
    await hub.when(() => hub.quiet)
    full = true
    hub.offer(upgrade(), 'd', 2)
    await hub.when(() => refused >= 3, 'refusals')
    expect(hub.received.some((m) => m.t === 'accept' && m.delivery === 'd')).toBe(false)
    full = false
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
    await hub.when(() => hub.quiet)
  })
})
