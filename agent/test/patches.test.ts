import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, createZstdCompress } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AgentError } from '../src/core/errors.ts'
import type { AgentPlatform } from '../src/core/platform.ts'
import { nodePatches } from '../src/platform/node/patches.ts'
import { component, patchBetween, sha256 } from './components.ts'
import type { Component } from './components.ts'
import { HubDouble } from './hub-double.ts'
import { bootAgent, everything, makeDirectory, removeDirectory } from './running-agent.ts'
import type { RunningAgent } from './running-agent.ts'

const old = randomBytes(1_000_000)
const changed = Buffer.from(old)
for (let edit = 0; edit < 20; edit++) randomBytes(1000).copy(changed, edit * 50_000)
const pair = `${sha256(old)} ${sha256(changed)}`
const patch = patchBetween(old, changed)

let hub: HubDouble
let directory: string
let agent: RunningAgent

beforeEach(async () => {
  hub = await HubDouble.start()
  directory = makeDirectory()
  agent = await bootAgent(hub, directory)
  hub.offer(component({ app: old, notes: 'one' }), 'old', 1)
  await hub.outcome('old')
  hub.requests.length = 0
  hub.sent = 0
})

afterEach(async () => {
  await agent.stop()
  await hub.stop()
  removeDirectory(directory)
})

const upgrade = (): Component => component({ app: changed, notes: 'two' }, { version: '2.0.0' })
const requestsOfApp = () => hub.requests.filter(({ digest }) => digest === sha256(changed))

/** Offers the new version and waits until it is in use, with nothing of the way there left over. */
async function expectUpgrade(): Promise<void> {
  hub.offer(upgrade(), 'new', 2)
  expect(await hub.outcome('new')).toMatchObject({ result: 'installed' })
  const app = readFileSync(join(directory, 'services/tv-guide/current/app'))
  expect(app.equals(changed)).toBe(true)
  await hub.when(() => everything(directory).every((path) => !path.startsWith('staging/')), 'no staging')
}

describe('a large file that has changed', () => {
  it('comes as a patch to the one that is there, where the hub has one', async () => {
    hub.patches.set(pair, patch)
    await expectUpgrade()
    expect(requestsOfApp()).toEqual([{ digest: sha256(changed), range: undefined, coding: 'dcz' }])
    const manifest = Buffer.byteLength(upgrade().manifestText)
    expect(hub.sent).toBe(patch.length + manifest + 'two'.length)
    expect(patch.length).toBeLessThan(25_000)
    expect(hub.received).toContainEqual(expect.objectContaining({ features: expect.arrayContaining(['zstd-patch']) }))
  })

  it('comes whole where it has none, with one request', async () => {
    await expectUpgrade()
    expect(requestsOfApp()).toEqual([{ digest: sha256(changed), range: undefined }])
  })

  it('comes whole to a runtime that undoes no patches', async () => {
    await agent.stop()
    agent = await bootAgent(hub, directory, { platform: (real): AgentPlatform => ({ ...real, patches: null }) })
    hub.patches.set(pair, patch)
    await expectUpgrade()
    expect(requestsOfApp()).toEqual([{ digest: sha256(changed), range: undefined }])
  })

  it('comes whole where undoing a patch would take more memory than the agent may have', async () => {
    await agent.stop()
    agent = await bootAgent(hub, directory, { settings: { patchMemory: 2 * old.length + 8 * 1024 ** 2 - 1 } })
    hub.patches.set(pair, patch)
    await expectUpgrade()
    expect(requestsOfApp()).toEqual([{ digest: sha256(changed), range: undefined }])
  })

  it('that was moved, or has another mode, is not sent at all', async () => {
    const moved = component({ 'bin/app.sh': old, notes: 'one' }, { version: '2.0.0' })
    hub.offer(moved, 'moved', 2)
    expect(await hub.outcome('moved')).toMatchObject({ result: 'installed' })
    expect(hub.requests.map(({ digest }) => digest)).toEqual([moved.manifestDigest])
    expect(hub.sent).toBe(Buffer.byteLength(moved.manifestText))
    const app = join(directory, 'services/tv-guide/current/bin/app.sh')
    expect(statSync(app).mode & 0o777).toBe(0o755)
  })
})

describe('a patch on its way', () => {
  const half = Math.floor(patch.length / 2)
  const sendHalf = (then: (socket: { destroy(): unknown }) => void): void => {
    let sent = false
    hub.fileFault = (digest, request, response) => {
      if (digest !== sha256(changed) || sent) return false
      sent = true
      const headers = { etag: `"${sha256(patch)}"`, 'content-encoding': 'dcz', 'content-length': patch.length }
      response.writeHead(200, headers).write(patch.subarray(0, half), () => then(request.socket))
      return true
    }
  }

  it('goes on where it was when the connection drops', async () => {
    hub.patches.set(pair, patch)
    sendHalf((socket) => socket.destroy())
    await expectUpgrade()
    expect(requestsOfApp().map(({ range }) => range)).toEqual([undefined, `bytes=${half}-`])
    expect(hub.sent).toBeLessThan(patch.length + 10_000)
  })

  it('goes on where it was after a restart of the agent', async () => {
    hub.patches.set(pair, patch)
    sendHalf(() => undefined)
    hub.offer(upgrade(), 'new', 2)
    const part = join(directory, `staging/tv-guide/${sha256(changed)}.${sha256(patch)}.${patch.length}.dcz`)
    await hub.when(() => statSync(part, { throwIfNoEntry: false })?.size === half, 'half a patch')
    await agent.stop()
    agent = await bootAgent(hub, directory)
    expect(await hub.outcome('new')).toMatchObject({ result: 'installed' })
    expect(requestsOfApp().map(({ range }) => range)).toEqual([undefined, `bytes=${half}-`])
  })

  it('that the hub no longer has gives way to the whole file', async () => {
    sendHalf((socket) => socket.destroy())
    await expectUpgrade()
    expect(agent.log).toContainEqual(expect.objectContaining({ message: expect.stringContaining('did not help') }))
  })
})

describe('a patch that is not what it should be', () => {
  const head = patch.subarray(0, 40)

  /** A small frame that unpacks to many zeros, with a window as large as that. */
  async function bomb(bytes: number, windowLog: number): Promise<Buffer> {
    const params = { [constants.ZSTD_c_windowLog]: windowLog, [constants.ZSTD_c_contentSizeFlag]: 0 }
    const packer = createZstdCompress({ dictionary: old, params })
    const pieces: Buffer[] = []
    packer.on('data', (piece: Buffer) => pieces.push(piece))
    const ended = new Promise((resolve) => packer.on('end', resolve))
    for (let left = bytes; left > 0; left -= 1_000_000) packer.write(Buffer.alloc(1_000_000))
    packer.end()
    await ended
    return Buffer.concat([head, ...pieces])
  }

  const wrong = Buffer.from(changed)
  wrong[500]! ^= 1
  it.each([
    ['is garbage', async () => Buffer.concat([head, randomBytes(1000)])],
    ['is cut short', async () => patch.subarray(0, patch.length - 100)],
    ['is shorter than its head', async () => patch.subarray(0, 39)],
    ['makes another file', async () => patchBetween(old, wrong)],
    ['makes less than the file', async () => patchBetween(old, changed.subarray(1))],
    ['starts from another file', async () => patchBetween(randomBytes(1000), changed.subarray(0, 1000))],
    ['asks for more memory than the files warrant', () => bomb(2_000_000, 26)],
    ['is larger than the file', async () => Buffer.concat([patch, Buffer.alloc(changed.length)])],
  ])('and %s gives way to the whole file', async (_what, made) => {
    hub.patches.set(pair, await made())
    await expectUpgrade()
    expect(requestsOfApp().map(({ coding }) => coding)).toEqual(['dcz', undefined])
  })

  it('and goes on for ever is stopped at the size of the file', async () => {
    await agent.stop()
    let written = 0
    agent = await bootAgent(hub, directory, {
      platform: (real) => {
        const create: typeof real.files.create = async (path, mode) => {
          const writer = await real.files.create(path, mode)
          if (!path.endsWith('.new')) return writer
          return { ...writer, write: (bytes) => ((written += bytes.length), writer.write(bytes)) }
        }
        return { ...real, files: { ...real.files, create } }
      },
    })
    hub.patches.set(pair, await bomb(500_000_000, 20))
    await expectUpgrade()
    expect(written).toBeGreaterThan(0)
    expect(written).toBeLessThanOrEqual(changed.length)
  })

  it('since the older file has changed on the device, gives way to the whole file', async () => {
    const [version] = readdirSync(join(directory, 'services/tv-guide/versions'))
    const tampered = Buffer.from(old)
    tampered[7]! ^= 1
    writeFileSync(join(directory, 'services/tv-guide/versions', version!, 'app'), tampered)
    hub.patches.set(pair, patch)
    await expectUpgrade()
    expect(requestsOfApp().map(({ coding }) => coding)).toEqual(['dcz', undefined])
  })

  it('for lack of room gives way to the whole file', async () => {
    await agent.stop()
    agent = await bootAgent(hub, directory, {
      platform: (real) => {
        const create: typeof real.files.create = (path, mode) =>
          path.endsWith('.dcz') ? Promise.reject(new AgentError('no-space', 'ENOSPC')) : real.files.create(path, mode)
        return { ...real, files: { ...real.files, create } }
      },
    })
    hub.patches.set(pair, patch)
    await expectUpgrade()
    expect(requestsOfApp().map(({ coding }) => coding)).toEqual(['dcz', undefined])
  })

  it('and a coding that nobody asked for is never undone', async () => {
    await agent.stop()
    agent = await bootAgent(hub, directory, { platform: (real): AgentPlatform => ({ ...real, patches: null }) })
    hub.fileFault = (digest, _request, response) => {
      if (digest !== sha256(changed)) return false
      response.writeHead(200, { etag: `"${sha256(patch)}"`, 'content-encoding': 'dcz', 'content-length': patch.length })
      response.end(patch)
      return true
    }
    hub.offer(upgrade(), 'new', 2)
    expect(await hub.outcome('new')).toMatchObject({ result: 'failed', error: 'not-available' })
  })
})

describe('patches are undone', () => {
  it.each([
    ['20.19.5', false],
    ['22.18.0', false],
    ['22.19.0', true],
    ['23.11.0', false],
    ['24.5.0', false],
    ['24.6.0', true],
    ['26.0.0', true],
  ])('by Node %s: %s', (version, able) => {
    expect(nodePatches(version) !== null).toBe(able)
  })
})
