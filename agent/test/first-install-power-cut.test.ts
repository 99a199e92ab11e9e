import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { component } from './components.ts'
import { HubDouble } from './hub-double.ts'
import { PowerCutFiles, type CutMode } from './power-cut-files.ts'
import { everything, inUse, makeQuickDirectory, removeDirectory, startAgent } from './running-agent.ts'

const modes: readonly CutMode[] = ['torn', 'after', 'unsynced']
const files = { a: 'one', 'b/c': 'two', empty: '' }
const made = component(files, { health: { run: ['true'], timeoutSeconds: 5 } })

let hub: HubDouble

beforeAll(async () => {
  hub = await HubDouble.start()
})
afterAll(() => hub.stop())

/**
 * A device out of the box: its power goes at the n-th change of its disk, counted from before its enrolment; it is switched on
 * again with the same claim. @returns whether there was such a change
 */
async function firstInstall(directory: string, at: number, mode: CutMode, what: string): Promise<boolean> {
  const claim = hub.claim()
  const before = new Set(hub.keys.keys())
  const delivery = `${mode}-${at}`
  let cutting: PowerCutFiles | null = null
  let agent = startAgent(hub, directory, {
    claim,
    platform: (real) => ({ ...real, files: (cutting = new PowerCutFiles(real.files, directory, at, mode)) }),
  })
  const said = hub.received.length
  const greeted = (): boolean => hub.received.slice(said).some(({ t }) => t === 'hello')
  const done = (): boolean => hub.received.some((m) => m.t === 'outcome' && m.delivery === delivery)
  await hub.when(() => cutting!.cut || greeted(), `${what}: the cut or hello`)
  const device = (): string => [...hub.keys.keys()].find((each) => !before.has(each))!
  let offered = false
  const offer = (): void => {
    hub.publish(made)
    if (!offered) hub.send(hub.offerOf(made, delivery, 1), device())
    offered = true
  }
  if (greeted()) offer()
  await hub.when(() => cutting!.cut || (done() && hub.quiet), `${what}: the cut or the outcome`)
  await agent.stop()
  cutting!.settle()
  expect({ what, seen: [null, files] }).toEqual({ what, seen: expect.arrayContaining([inUse(directory)]) })
  agent = startAgent(hub, directory, { claim })
  const again = hub.received.length
  await hub.when(() => hub.received.slice(again).some(({ t }) => t === 'hello'), `${what}: hello after the cut`)
  offer()
  expect({ what, ...(await hub.outcome(delivery)) }).toMatchObject({ what, result: 'installed' })
  await hub.when(() => hub.quiet, `${what}: all acknowledged`)
  expect({ what, files: inUse(directory) }).toEqual({ what, files })
  const residue = (): string[] =>
    everything(directory).filter((path) => /^(?:staging|trash)\/.|current\.next|identity\.next/.test(path))
  await hub.when(() => residue().length === 0, `${what}: no residue`)
  await agent.stop()
  // One device, whatever was lost on the way: the claim is for one.
  expect({ what, enrolled: [...hub.keys.keys()].filter((each) => !before.has(each)).length }).toEqual({
    what,
    enrolled: 1,
  })
  return cutting!.cut
}

describe.each(modes)('power cut %s each change of the disk of a new device', (mode) => {
  it('leaves nothing or the whole version, one enrolled device, and the install completes afterwards', async () => {
    let at = 1
    for (let cut = true; cut; at++) {
      const directory = makeQuickDirectory()
      cut = await firstInstall(directory, at, mode, `cut ${mode} change ${at}`)
      removeDirectory(directory)
    }
    expect(at).toBeGreaterThan(30)
  }, 120_000)
})
