import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { digestHex } from '@sutler/wire'
import type { Capabilities, Outcome } from '@sutler/wire'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { component } from './components.ts'
import { HubDouble } from './hub-double.ts'
import { everything, inUse, makeDirectory, removeDirectory, startAgent } from './running-agent.ts'
import type { RunningAgent } from './running-agent.ts'

let hub: HubDouble
let directory: string
let agent: RunningAgent
const files = { 'app.js': 'run()', 'data/guide': 'x'.repeat(5000) }
const guide = component(files)

beforeEach(async () => {
  hub = await HubDouble.start()
  directory = makeDirectory()
  agent = startAgent(hub, directory)
  await hub.when(() => hub.received.some(({ t }) => t === 'capabilities'), 'capabilities')
  hub.offer(guide, 'd1', 1)
  await hub.outcome('d1')
})

afterEach(async () => {
  await agent.stop()
  await hub.stop()
  removeDirectory(directory)
})

const hexOf = (outcome: Outcome): (string | null)[] => outcome.digests.map((digest) => digest && digestHex(digest))
const digests = guide.manifest.files.map(({ digest }) => digest)
const reported = () => hub.received.findLast((message): message is Capabilities => message.t === 'capabilities')

async function suspend(delivery: string, epoch: number): Promise<Outcome> {
  hub.send({ id: `m-${delivery}`, t: 'remove', delivery, epoch, service: 'tv-guide', keep: true })
  return hub.outcome(delivery)
}

describe('a service that is suspended', () => {
  it('is out of use, is no longer reported as installed, and its files are proved to be still there', async () => {
    const outcome = await suspend('d2', 2)
    expect(outcome).toMatchObject({ result: 'removed', health: { ok: true } })
    expect(hexOf(outcome)).toEqual(digests)
    expect(inUse(directory)).toBeNull()
    await hub.when(() => reported()?.installed.length === 0, 'a report without the service')
  })

  it('comes back in the same version without a byte of it being downloaded, also after the agent was started again', async () => {
    await suspend('d2', 2)
    await agent.stop()
    agent = startAgent(hub, directory)
    await hub.when(() => hub.received.filter(({ t }) => t === 'hello').length === 2)
    hub.requests.length = 0
    hub.offer(guide, 'd3', 3)
    const outcome = await hub.outcome('d3')
    expect(outcome).toMatchObject({ result: 'installed', health: { ok: true } })
    expect(hexOf(outcome)).toEqual(digests)
    expect(hub.requests).toEqual([])
    expect(inUse(directory)).toEqual(files)
  })

  it('fetches only what was lost of its files', async () => {
    await suspend('d2', 2)
    const path = everything(directory).find((each) => each.endsWith('data/guide'))!
    rmSync(join(directory, path))
    hub.requests.length = 0
    hub.offer(guide, 'd3', 3)
    expect(await hub.outcome('d3')).toMatchObject({ result: 'installed' })
    const lost = guide.manifest.files.find((file) => file.path === 'data/guide')!
    expect(hub.requests.map(({ digest }) => digest)).toEqual([lost.digest])
  })

  it('that comes back in another version takes what it has from the kept files, and keeps them no longer', async () => {
    await suspend('d2', 2)
    const next = component({ ...files, 'app.js': 'run(2)' }, { version: '2.0.0' })
    hub.requests.length = 0
    hub.offer(next, 'd3', 3)
    expect(await hub.outcome('d3')).toMatchObject({ result: 'installed' })
    const changed = next.manifest.files.find(({ path }) => path === 'app.js')!.digest
    expect(hub.requests.map(({ digest }) => digest)).toEqual([next.manifestDigest, changed])
    await hub.when(() => everything(directory).filter((each) => each.endsWith('app.js')).length === 1, 'pruning')
  })

  it('can be suspended twice, and removed for good', async () => {
    await suspend('d2', 2)
    expect(hexOf(await suspend('d3', 3))).toEqual(digests)
    hub.send({ id: 'm-d4', t: 'remove', delivery: 'd4', epoch: 4, service: 'tv-guide' })
    expect(await hub.outcome('d4')).toMatchObject({ result: 'removed', digests: [] })
    await hub.when(() => everything(directory).every((each) => !each.includes('app.js')), 'removal')
  })

  it('that is not there is suspended all the same', async () => {
    hub.send({ id: 'm-x', t: 'remove', delivery: 'd9', epoch: 1, service: 'other', keep: true })
    expect(await hub.outcome('d9')).toMatchObject({ result: 'removed', digests: [] })
  })
})
