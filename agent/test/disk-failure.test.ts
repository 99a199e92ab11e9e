import { cpSync } from 'node:fs'
import type { Outcome } from '@sutler/wire'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { component } from './components.ts'
import { FailingFiles, type DiskFailure } from './failing-files.ts'
import { long } from '../../test/support/thoroughness.ts'
import { deviceWithVersion } from './device-with-version.ts'
import { HubDouble } from './hub-double.ts'
import { everything, inUse, makeQuickDirectory, removeDirectory, startAgent } from './running-agent.ts'
import type { RunningAgent } from './running-agent.ts'

const oldFiles = { a: 'same', b: 'old', 'c/d': 'gone' }
const newFiles = { a: 'same', b: 'new', 'e/f/g': 'added', h: 'added' }
const laterFiles = { a: 'later' }

let hub: HubDouble
/** A device with the old version installed: every run of an upgrade begins with a copy of it. */
let template: string
let deliveries = 0
/** Devices that a failed test left running. */
const running = new Set<Pick<RunningAgent, 'stop'>>()

beforeAll(async () => {
  hub = await HubDouble.start()
  template = await deviceWithVersion(hub, component(oldFiles))
})

afterEach(async () => {
  for (const device of running) await device.stop()
})

afterAll(async () => {
  await hub.stop()
  removeDirectory(template)
})

interface Run {
  readonly operations: number
  /** How the upgrades ended, each result and code once. */
  readonly results: Set<string>
}

/** Lets every operation of an upgrade fail in turn (every third one, but in the long mode), until one gets by without. */
async function failEverywhere(failure: DiskFailure, restart: 'none' | 'device' = 'none'): Promise<Run> {
  const results = new Set<string>()
  for (let at = 1; ; at += long ? 1 : 3) {
    const directory = makeQuickDirectory()
    cpSync(template, directory, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
    const what = `${failure} at operation ${at}`
    const { result, failed } = await upgradeOnce(directory, at, failure, restart, what)
    results.add(result)
    await checkHealed(directory, what)
    removeDirectory(directory)
    if (!failed) return { operations: at, results }
  }
}

async function upgradeOnce(
  directory: string,
  at: number,
  failure: DiskFailure,
  restart: 'none' | 'device',
  what: string,
): Promise<{ readonly result: string; readonly failed: boolean }> {
  const delivery = `upgrade-${++deliveries}`
  let files: FailingFiles | null = null
  const device = keepRunning(() =>
    startAgent(hub, directory, {
      platform: (real) => ({ ...real, files: (files ??= new FailingFiles(real.files, at, failure)) }),
    }),
  )
  const offer = hub.offer(component(newFiles, { version: '2.0.0', restart }), delivery, 2)
  let repeated = 0
  const outcome = await hub.when(() => {
    if (files !== null && files.failures > repeated) {
      // What was not acknowledged a hub sends again, if only after half a minute.
      repeated = files.failures
      hub.transmit(hub.device, offer)
      // A disk that stays full and of which the agent can free nothing is helped from outside; till then the hub waits.
      if (repeated >= 20) files.relieve()
    }
    return hub.received.find((message) => message.t === 'outcome' && message.delivery === delivery)
  }, `${what}: the outcome`)
  await hub.when(() => hub.quiet, `${what}: all acknowledged`)
  await device.stop()
  const { result, error } = outcome as Outcome
  expect({ what, result, files: inUse(directory) }).toEqual({
    what,
    result: result === 'installed' ? result : expect.stringMatching(/^(failed|rolled-back)$/),
    files: result === 'installed' ? newFiles : oldFiles,
  })
  return { result: error ? `${result}: ${error}` : result, failed: files!.failures > 0 }
}

/** With a disk that works again the device takes the next version, and nothing of what failed is left. */
async function checkHealed(directory: string, what: string): Promise<void> {
  const device = keepRunning(() => startAgent(hub, directory))
  const delivery = `later-${deliveries}`
  hub.offer(component(laterFiles, { version: '3.0.0' }), delivery, 3)
  expect({ what, ...(await hub.outcome(delivery)) }).toMatchObject({ what, result: 'installed' })
  await hub.when(() => hub.quiet, `${what}: all acknowledged`)
  expect({ what, files: inUse(directory) }).toEqual({ what, files: laterFiles })
  await hub.when(() => leftovers(directory).length === 0, `${what}: no residue`)
  await device.stop()
}

/** A device whose agent is started again whenever it ends, as a service manager does. */
function keepRunning(boot: () => RunningAgent): Pick<RunningAgent, 'stop'> {
  let agent: RunningAgent
  let stopped = false
  const follow = (booted: RunningAgent): void => {
    agent = booted
    // Not at once, as no service manager would.
    const again = (): void => void setTimeout(() => stopped || follow(boot()), 5)
    booted.ended.then(again, again)
  }
  follow(boot())
  const device = {
    stop: () => {
      stopped = true
      running.delete(device)
      return agent.stop()
    },
  }
  running.add(device)
  return device
}

/** What lies in the agent's directory beyond its own files and the one version in use. */
function leftovers(directory: string): string[] {
  const versions = everything(directory).filter((path) => /versions\/[^/]+$/.test(path))
  const others = everything(directory).filter((path) => /^(?:staging|trash)\/.|current\.next/.test(path))
  return versions.length === 2 ? others : [...others, ...versions]
}

describe('at every operation of an upgrade', () => {
  it('an I/O error leaves the whole old or the whole new version, and the hub is told which', async () => {
    const { operations, results } = await failEverywhere('io-error')
    expect(operations).toBeGreaterThan(100)
    expect(results).toContain('installed')
  }, 240_000)

  it('an I/O error around the restart of the device does so too', async () => {
    expect((await failEverywhere('io-error', 'device')).operations).toBeGreaterThan(100)
  }, 240_000)

  it('a disk on which the files of services fail from there on does so too, and the hub is told why', async () => {
    const { operations, results } = await failEverywhere('bad-sectors')
    expect(operations).toBeGreaterThan(50)
    expect(results).toContain('failed: disk')
  }, 240_000)

  it('a disk that is full from there on does so too, and the hub is told why', async () => {
    const { operations, results } = await failEverywhere('disk-full')
    expect(operations).toBeGreaterThan(40)
    expect(results).toContain('failed: no-space')
  }, 240_000)
})
