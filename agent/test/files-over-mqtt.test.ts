import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { limits, type Capabilities } from '@sutler/wire'
import { component } from './components.ts'
import { HubDouble } from './hub-double.ts'
import { bootAgent, inUse, makeDirectory, removeDirectory } from './running-agent.ts'
import type { RunningAgent } from './running-agent.ts'

let hub: HubDouble
let directory: string
let agent: RunningAgent
/** Paths that the agent asked for over HTTP. */
let overHttp: string[]

beforeEach(async () => {
  hub = await HubDouble.start()
  directory = makeDirectory()
  overHttp = []
  agent = await bootAgent(hub, directory, {
    filesOverMqtt: true,
    settings: { idle: 1_500 },
    platform: (real) => ({
      ...real,
      http: {
        request: (request) => (overHttp.push(new URL(request.url).pathname), real.http.request(request)),
        close: () => real.http.close(),
      },
    }),
  })
  hub.offer(component({ a: 'old' }), 'old', 1)
  await hub.outcome('old')
  hub.fetches.length = 0
})

afterEach(async () => {
  await agent.stop()
  await hub.stop()
  removeDirectory(directory)
})

const large = randomBytes(1_000_000)
const upgrade = component({ a: 'new', large, empty: '' }, { version: '2.0.0' })
const digest = upgrade.manifest.files.find(({ path }) => path === 'large')!.digest
const offsetsOfLarge = (): number[] =>
  hub.fetches.filter(({ path }) => path.includes(`/${digest}?`)).map(({ from }) => from)

describe('a device that has only MQTT', () => {
  it('says so, and gets files and signed metadata in chunks, each once, and nothing of it over HTTP', async () => {
    const report = hub.received.find((message): message is Capabilities => message.t === 'capabilities')
    expect(report?.features).toContain('files-over-mqtt')
    hub.offer(upgrade, 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
    expect(Object.keys(inUse(directory)!)).toEqual(expect.arrayContaining(['a', 'large', 'empty']))
    const offsets = Array.from(
      { length: Math.ceil(large.length / limits.chunkBytes) },
      (_, at) => at * limits.chunkBytes,
    )
    expect(offsetsOfLarge()).toEqual(offsets)
    expect(overHttp.filter((path) => /^\/(files|tuf)\//.test(path))).toEqual([])
  })

  it('never asks for more chunks at once than the window has', async () => {
    let open = 0
    let most = 0
    hub.chunkFault = (chunk) => {
      most = Math.max(most, ++open)
      setImmediate(() => open--)
      return chunk
    }
    hub.offer(upgrade, 'd', 2)
    await hub.outcome('d')
    expect(most).toBeLessThanOrEqual(limits.chunksInFlight)
  })

  it('goes on where it was when the connection drops in mid file', async () => {
    let drops = 3
    hub.chunkFault = (chunk, fetch) => {
      if (fetch.path.includes(digest) && fetch.from > 200_000 * (4 - drops) && drops > 0) {
        drops--
        hub.dropConnections()
        return null
      }
      return chunk
    }
    hub.offer(upgrade, 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
    expect(drops).toBe(0)
    // Again from where it was, and never from the beginning.
    expect(offsetsOfLarge().filter((from) => from === 0)).toHaveLength(1)
    expect(offsetsOfLarge().length).toBeLessThan(16 + 3 * 2 * limits.chunksInFlight)
  })

  it('asks again for what was not answered, and takes what came meanwhile', async () => {
    let lost = 2
    hub.chunkFault = (chunk, fetch) => (fetch.path.includes(digest) && fetch.from > 0 && lost-- > 0 ? null : chunk)
    hub.offer(upgrade, 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
  })

  it('puts nothing in place that has another content, and gets the right one afterwards', async () => {
    let wrong = 1
    hub.chunkFault = (chunk, fetch) => {
      if (!fetch.path.includes(digest) || fetch.from === 0 || wrong-- <= 0) return chunk
      return { ...chunk, bytes: chunk.bytes.map((byte) => byte ^ 1) }
    }
    hub.offer(upgrade, 'd', 2)
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
    expect(agent.log.some(({ fields }) => String(fields['reason']).includes('arrived with other content'))).toBe(true)
    // Nothing of what was wrong is kept.
    expect(offsetsOfLarge().filter((from) => from === 0)).toHaveLength(2)
  })

  it('goes on trying, and says why, where the hub knows no chunks', async () => {
    hub.chunkFault = () => 'unknown-type'
    hub.offer(upgrade, 'd', 2)
    const said = (): boolean => agent.log.some(({ fields }) => String(fields['reason']).includes('no files over MQTT'))
    await hub.when(said, 'the reason')
    hub.chunkFault = (chunk) => chunk
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
  })

  it('renews a link that has expired', async () => {
    hub.linkLife = 1
    hub.offer(upgrade, 'd', 2)
    await hub.when(() => hub.received.some(({ t }) => t === 'renew'), 'a renew')
    hub.linkLife = 3_600_000
    hub.send(hub.offerOf(upgrade, 'd', 2))
    expect(await hub.outcome('d')).toMatchObject({ result: 'installed' })
  })
})
