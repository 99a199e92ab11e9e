import { expect } from 'vitest'
import type { ProgressStage } from '../../src/index.ts'
import { installed, runsAll, type Case, type Cases } from './lifecycle.ts'

const stages: readonly ProgressStage[] = ['downloading', 'verifying', 'installing', 'restarting', 'checking']
const large = 400_000

/** Cases that exist once for each stage of an install. */
const perStage: Readonly<Record<string, (stage: ProgressStage) => Case>> = {
  'an install that fails while STAGE says so, and leaves the old version in place': (stage) => async (trial) => {
    const device = await trial.greeted()
    const before = trial.install(device, '1.0.0')
    await installed(trial, device, before)
    device.failAt(stage)
    const { delivery } = trial.install(device, '1.1.0', { size: large })
    const outcome = await trial.outcome(device, delivery)
    expect(['failed', 'rolled-back']).toContain(outcome.result)
    expect(outcome.error).not.toBe('')
    expect(runsAll(device, [before.output.reports])).toBe(true)
    device.failAt(null)
    await installed(trial, device, trial.install(device, '1.2.0'))
  },

  'a cancellation while STAGE ends in one outcome, which is true': (stage) => async (trial) => {
    const device = await trial.greeted()
    device.holdAt(stage)
    const { delivery, output } = trial.install(device, '1.0.0', { size: large })
    await trial.until(`it waits while ${stage}`, () => device.held())
    trial.cancel(device, delivery)
    await trial.rounds(3)
    device.holdAt(null)
    const outcome = await trial.outcome(device, delivery)
    await trial.rounds(3)
    expect(trial.outcomes(device, delivery)).toHaveLength(1)
    expect(outcome.result === 'installed').toBe(runsAll(device, [output.reports]))
    if (outcome.result !== 'installed') expect(outcome.error).not.toBe('')
    await installed(trial, device, trial.install(device, '1.1.0'))
  },

  'a hub that restarts while the device is STAGE goes on from there': (stage) => async (trial) => {
    const device = await trial.greeted()
    device.holdAt(stage)
    const ordered = trial.install(device, '1.0.0', { size: large })
    await trial.until(`it waits while ${stage}`, () => device.held())
    await trial.restartHub()
    device.holdAt(null)
    await installed(trial, device, ordered)
    expect(device.installs()).toBe(1)
    expect(trial.outcomes(device, ordered.delivery)).toHaveLength(1)
  },
}

export interface StageCase {
  readonly title: string
  readonly run: Case
  /** Why the device has none of it; '' when it has. */
  readonly lacks: string
}

/** @param held stages at which the simulated device can stop and fail */
export function casesPerStage(held: readonly ProgressStage[]): StageCase[] {
  return Object.entries(perStage).flatMap(([title, make]) =>
    stages.map((stage) => ({
      title: title.replace('STAGE', stage),
      run: make(stage),
      lacks: held.includes(stage) ? '' : 'the protocol tells no such stage',
    })),
  )
}

export const trouble: Cases = {
  'a device that says everything twice has done everything once': async (trial) => {
    const device = await trial.greeted()
    device.stutter(true)
    const first = trial.install(device, '1.0.0')
    await installed(trial, device, first)
    await installed(trial, device, trial.install(device, '1.1.0'))
    await trial.rounds(3)
    expect(device.installs()).toBe(2)
    expect(trial.outcomes(device, first.delivery)).toHaveLength(1)
  },

  'outputs that come again, and in another order, end in the newest intention': async (trial) => {
    const device = await trial.greeted()
    await device.off()
    trial.host.disorderly = true
    trial.install(device, '1.0.0', { epoch: 11 })
    const newest = trial.install(device, '1.1.0', { epoch: 12 })
    await device.on()
    await trial.outcome(device, newest.delivery)
    await trial.rounds(10)
    expect(runsAll(device, [newest.output.reports])).toBe(true)
    expect(trial.outcomes(device, newest.delivery)).toHaveLength(1)
  },

  'a refused install is declined or fails with a reason, and the next one is taken': async (trial) => {
    const device = await trial.greeted()
    device.failAt('accept')
    const { delivery } = trial.install(device, '1.0.0')
    const declined = () => trial.host.of(device.id, 'declined').filter((input) => input.delivery === delivery)
    await trial.until('it says no', () => declined().length + trial.outcomes(device, delivery).length > 0)
    for (const { detail } of declined()) expect(detail).not.toBe('')
    for (const { result, error } of trial.outcomes(device, delivery)) {
      expect(result).toBe('failed')
      expect(error).not.toBe('')
    }
    device.failAt(null)
    await installed(trial, device, trial.install(device, '1.1.0'))
  },

  'work that is superseded while the device is off is never done': async (trial) => {
    const device = await trial.greeted()
    await device.off()
    const old = trial.install(device, '1.0.0')
    trial.cancel(device, old.delivery)
    const newest = trial.install(device, '1.1.0')
    await device.on()
    await installed(trial, device, newest)
    expect(device.installs()).toBe(1)
    expect(trial.host.of(device.id, 'accepted').map(({ delivery }) => delivery)).toEqual([newest.delivery])
  },

  'work that is superseded while it is done ends, and the newest is in place': async (trial) => {
    const device = await trial.greeted()
    device.holdAt('downloading')
    const old = trial.install(device, '1.0.0', { size: large })
    await trial.until('it waits while downloading', () => device.held())
    trial.cancel(device, old.delivery)
    const newest = trial.install(device, '1.1.0')
    await trial.rounds(3)
    device.holdAt(null)
    await trial.outcome(device, old.delivery)
    await installed(trial, device, newest)
  },

  'a device that loses power in the middle of an install ends up with it': async (trial) => {
    const device = await trial.greeted()
    device.holdAt('downloading')
    const ordered = trial.install(device, '1.0.0', { size: large })
    await trial.until('it waits while downloading', () => device.held())
    await device.off()
    device.holdAt(null)
    await device.on()
    await installed(trial, device, ordered)
  },
}
