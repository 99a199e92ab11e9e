import { randomBytes } from 'node:crypto'
import { cpSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UpMessage } from '@sutler/wire'
import { component, patchBetween, sha256 } from './components.ts'
import type { Component } from './components.ts'
import { long } from '../../test/support/thoroughness.ts'
import { deviceWithVersion } from './device-with-version.ts'
import { HubDouble } from './hub-double.ts'
import { PowerCutFiles } from './power-cut-files.ts'
import type { CutMode } from './power-cut-files.ts'
import { everything, inUse, makeQuickDirectory, removeDirectory, startAgent } from './running-agent.ts'
import type { RunningAgent } from './running-agent.ts'

/** Large enough to come as a patch. */
const large = randomBytes(40_000).toString('hex')
const largeChanged = `changed${large.slice(7)}`
const oldFiles = { a: 'same', b: 'old', 'c/d': 'gone', large }
const newFiles = { a: 'same', b: 'new', 'e/f/g': 'added', h: 'added', large: largeChanged }
/** A cut before a change is one after the change before it, or a torn one of what cannot be torn. */
const modes: readonly CutMode[] = ['torn', 'after', 'unsynced']

let hub: HubDouble
/** A device with the old version installed: every run begins with a copy of it. */
let template: string
let deliveries = 0

beforeAll(async () => {
  hub = await HubDouble.start()
  template = await deviceWithVersion(hub, component(oldFiles))
  hub.patches.set(
    `${sha256(large)} ${sha256(largeChanged)}`,
    patchBetween(Buffer.from(large), Buffer.from(largeChanged)),
  )
})

afterAll(async () => {
  await hub.stop()
  removeDirectory(template)
})

interface Scenario {
  readonly send: (delivery: string) => void
  /** Contents a user may see at any moment. */
  readonly seen: readonly (Record<string, string> | null)[]
  readonly result: string
  readonly last: Record<string, string> | null
}

const install = (made: Component) => (delivery: string) => void hub.offer(made, delivery, 2)
const health = (program: string): { run: string[]; timeoutSeconds: number } => ({ run: [program], timeoutSeconds: 5 })

/** Each change is cut in one way, or, in the long mode, in every way. */
const stride = long ? 1 : modes.length

/** Cuts the power at the changes in turn, until the work gets by without reaching the cut. @returns changes it took */
async function cutEverywhere(scenario: Scenario, mode: CutMode): Promise<number> {
  for (let at = long ? 1 : modes.indexOf(mode) + 1; ; at += stride) {
    const directory = makeQuickDirectory()
    cpSync(template, directory, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    const delivery = `delivery-${++deliveries}`
    const cut = await cutOnce(scenario, directory, delivery, at, mode)
    const what = `cut ${mode} change ${at}`
    const found = inUse(directory)
    expect(scenario.seen.map((seen) => ({ what, seen }))).toContainEqual({ what, seen: found })
    await finish(scenario, directory, delivery, what)
    removeDirectory(directory)
    if (!cut) return at
  }
}

async function cutOnce(
  scenario: Scenario,
  directory: string,
  delivery: string,
  at: number,
  mode: CutMode,
): Promise<boolean> {
  let files: PowerCutFiles | null = null
  const agent = keepRunning(() =>
    startAgent(hub, directory, {
      platform: (real) => ({ ...real, files: (files ??= new PowerCutFiles(real.files, directory, at, mode)) }),
    }),
  )
  const hellos = hub.received.length
  scenario.send(delivery)
  const done = (): boolean => hub.received.slice(hellos).some((m) => isOutcome(m, delivery))
  await hub.when(() => files?.cut === true || (done() && hub.quiet), 'the cut or the outcome')
  await agent.stop()
  files!.settle()
  return files!.cut
}

async function finish(scenario: Scenario, directory: string, delivery: string, what: string): Promise<void> {
  const agent = keepRunning(() => startAgent(hub, directory))
  const outcome = await hub.outcome(delivery)
  expect({ what, result: outcome.result }).toEqual({ what, result: scenario.result })
  await hub.when(() => hub.quiet, `${what}: all acknowledged`)
  expect({ what, files: inUse(directory) }).toEqual({ what, files: scenario.last })
  await hub.when(() => leftovers(directory, scenario.last).length === 0, `${what}: no residue`)
  await agent.stop()
}

/** A device: starts again as often as its agent asks for that. */
function keepRunning(boot: () => RunningAgent): Pick<RunningAgent, 'stop'> {
  let agent = boot()
  let stopped = false
  const again = (ended: string): void => {
    if (ended === 'restart' && !stopped) follow(boot())
  }
  const follow = (booted: RunningAgent): void => {
    agent = booted
    // A boot whose power was cut ends with an error.
    booted.ended.then(again, () => undefined)
  }
  follow(agent)
  return {
    stop: () => {
      stopped = true
      return agent.stop()
    },
  }
}

/** What lies in the agent's directory beyond its own files and the one version in use. */
function leftovers(directory: string, last: Scenario['last']): string[] {
  const versions = everything(directory).filter((path) => /versions\/[^/]+$/.test(path))
  const others = everything(directory).filter((path) => /^(?:staging|trash)\/.|current\.next/.test(path))
  return versions.length === (last === null ? 0 : 2) ? others : [...others, ...versions]
}

function isOutcome(message: UpMessage, delivery: string): boolean {
  return message.t === 'outcome' && message.delivery === delivery
}

describe.each(modes)('power cut %s each change of the disk', (mode) => {
  it('leaves the whole old or the whole new version, and the upgrade completes afterwards', async () => {
    const made = component(newFiles, { version: '2.0.0', health: health('true') })
    const seen = [oldFiles, newFiles]
    expect(
      await cutEverywhere({ send: install(made), seen, result: 'installed', last: newFiles }, mode),
    ).toBeGreaterThan(40)
    expect(hub.requests.filter(({ coding }) => coding === 'dcz').length).toBeGreaterThan(long ? 20 : 6)
  }, 300_000)

  it('cannot keep a failing version in use', async () => {
    const made = component(newFiles, { version: '2.0.0', health: health('false') })
    const seen = [oldFiles, newFiles]
    expect(
      await cutEverywhere({ send: install(made), seen, result: 'rolled-back', last: oldFiles }, mode),
    ).toBeGreaterThan(40)
  }, 300_000)

  it('around the restart of the device leaves a whole version, and the upgrade completes afterwards', async () => {
    const made = component(newFiles, { version: '2.0.0', restart: 'device', health: health('true') })
    const seen = [oldFiles, newFiles]
    expect(
      await cutEverywhere({ send: install(made), seen, result: 'installed', last: newFiles }, mode),
    ).toBeGreaterThan(40)
  }, 300_000)

  it('around both restarts cannot keep in use what fails after the first', async () => {
    const made = component(newFiles, { version: '2.0.0', restart: 'device', health: health('false') })
    const seen = [oldFiles, newFiles]
    expect(
      await cutEverywhere({ send: install(made), seen, result: 'rolled-back', last: oldFiles }, mode),
    ).toBeGreaterThan(40)
  }, 300_000)

  it('cannot bring back a removed service, nor half of it', async () => {
    const send = (delivery: string): void =>
      hub.send({ id: hub.outputId(), t: 'remove', delivery, epoch: 2, service: 'tv-guide' })
    expect(await cutEverywhere({ send, seen: [oldFiles, null], result: 'removed', last: null }, mode)).toBeGreaterThan(
      8,
    )
  }, 300_000)
})
