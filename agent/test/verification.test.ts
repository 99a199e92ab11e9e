import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { digestHex } from '@sutler/wire'
import type { Capabilities } from '@sutler/wire'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { component } from './components.ts'
import { HubDouble } from './hub-double.ts'
import { makeDirectory, removeDirectory, startAgent } from './running-agent.ts'
import type { RunningAgent, StartOptions } from './running-agent.ts'

let hub: HubDouble
let directory: string
let agent: RunningAgent
const guide = component({ a: 'one', b: 'two', 'c/d': 'three' })
const often: StartOptions = { settings: { verifyEvery: 10, verifyRate: 1_000_000 } }

beforeEach(async () => {
  hub = await HubDouble.start()
  directory = makeDirectory()
})

afterEach(async () => {
  await agent.stop()
  await hub.stop()
  removeDirectory(directory)
})

async function install(options: StartOptions): Promise<void> {
  agent = startAgent(hub, directory, options)
  await hub.when(() => hub.received.some(({ t }) => t === 'capabilities'), 'capabilities')
  hub.offer(guide, 'd1', 1)
  await hub.outcome('d1')
  await hub.when(() => installed()?.manifest === guide.manifestDigest, 'a report of what was installed')
}

const inPlace = (path: string) => join(directory, 'services/tv-guide/current', path)

/** What the newest report says of the service. */
function installed(): { manifest: string; wrong: readonly string[] } | null {
  const report = hub.received.findLast((message): message is Capabilities => message.t === 'capabilities')
  const found = report?.installed[0]
  return found === undefined ? null : { manifest: digestHex(found.manifest), wrong: found.wrong ?? [] }
}

describe('files in place that are no longer what they were', () => {
  it('are noticed at the next look, and reported with their names; so is that they are right again', async () => {
    await install(often)
    writeFileSync(inPlace('b'), 'changed')
    rmSync(inPlace('c/d'))
    await hub.when(() => installed()?.wrong.length === 2, 'a report of what is wrong')
    expect(installed()).toMatchObject({
      wrong: ['b', 'c/d'],
      manifest: expect.not.stringMatching(guide.manifestDigest),
    })
    writeFileSync(inPlace('b'), 'two')
    writeFileSync(inPlace('c/d'), 'three')
    await hub.when(() => installed()?.manifest === guide.manifestDigest, 'a report that all is right')
    expect(installed()).toMatchObject({ wrong: [] })
  })

  it('are noticed when the agent starts', async () => {
    await install({ settings: { verifyEvery: 0 } })
    await agent.stop()
    writeFileSync(inPlace('a'), 'changed')
    agent = startAgent(hub, directory, { settings: { verifyEvery: 0 } })
    await hub.when(() => installed()?.wrong.length === 1, 'a report of what is wrong')
    expect(installed()).toMatchObject({ wrong: ['a'] })
  })

  it('that are as they were are not reported again', async () => {
    let looks = 0
    await install({
      ...often,
      platform: (real) => ({
        ...real,
        files: {
          ...real.files,
          chunks: (path) => {
            if (path.endsWith('/a')) looks++
            return real.files.chunks(path)
          },
        },
      }),
    })
    const reports = () => hub.received.filter(({ t }) => t === 'capabilities').length
    const before = reports()
    looks = 0
    await hub.when(() => looks > 5, 'looks')
    expect(reports()).toBe(before)
  })

  it('are put right by an offer of the same version, which fetches only what is wrong', async () => {
    await install({ settings: { verifyEvery: 0 } })
    writeFileSync(inPlace('b'), 'changed')
    hub.requests.length = 0
    hub.offer(guide, 'd2', 2)
    expect(await hub.outcome('d2')).toMatchObject({ result: 'installed' })
    const wrong = guide.manifest.files.find(({ path }) => path === 'b')!.digest
    expect(hub.requests.map(({ digest }) => digest)).toEqual([guide.manifestDigest, wrong])
  })
})
