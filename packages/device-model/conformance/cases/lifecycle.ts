import { expect } from 'vitest'
import type { Unit } from '../../src/index.ts'
import type { SimulatedDevice } from '../harness.ts'
import type { Ordered, Trial } from '../trial.ts'

/** A case by its title; a protocol that cannot do it names the title among its skips. */
export type Cases = Readonly<Record<string, Case>>
export type Case = (trial: Trial) => Promise<void>

export const lifecycle: Cases = {
  'a device says who it is and what it can when it is switched on': async (trial) => {
    const device = await trial.greeted()
    expect(trial.host.of(device.id, 'hello').length).toBeGreaterThan(0)
    expect(trial.host.of(device.id, 'capabilities')[0]!.report.hardware.model).not.toBe('')
    await trial.until('it counts as present', () => trial.host.present.has(device.id))
  },

  'installs, updates and removes, each with a proof': async (trial) => {
    const device = await trial.greeted()
    for (const version of ['1.0.0', '1.1.0']) await installed(trial, device, trial.install(device, version))
    const { delivery } = trial.remove(device)
    expect(await trial.outcome(device, delivery)).toMatchObject({ result: 'removed', error: '' })
    expect(device.runs().filter(({ name }) => name === 'guide')).toEqual([])
    expect(trial.host.waiting(device.id)).toBe(0)
  },

  'two services stand beside each other': async (trial) => {
    const device = await trial.greeted()
    const guide = trial.install(device, '1.0.0')
    const radio = trial.install(device, '3.0.0', { service: 'radio' })
    await installed(trial, device, guide)
    await installed(trial, device, radio)
    expect(runsAll(device, [guide.output.reports, radio.output.reports])).toBe(true)
  },

  'a device that was off gets its work when it is back': async (trial) => {
    const device = await trial.greeted()
    await device.off()
    const ordered = trial.install(device, '1.0.0')
    await trial.rounds(3)
    expect(trial.outcomes(device, ordered.delivery)).toEqual([])
    await device.on()
    await installed(trial, device, ordered)
  },

  'a success is proved by what the device says it runs, not by its word': async (trial) => {
    const device = await trial.greeted()
    await installed(trial, device, trial.install(device, '1.0.0'))
    device.pretend(true)
    const { delivery, output } = trial.install(device, '1.1.0')
    const outcome = await trial.outcome(device, delivery)
    expect(trial.host.proves(outcome, output)).toBe(false)
  },

  'what is changed behind the hub’s back is in the next report': async (trial) => {
    const device = await trial.greeted()
    await installed(trial, device, trial.install(device, '1.0.0'))
    device.alter([])
    const before = trial.host.said.length
    trial.host.queue(device.id, { kind: 'query-capabilities' })
    await trial.until('the device reports that it is gone', () => {
      const said = trial.host.said
        .slice(before)
        .findLast(
          (each) =>
            each.device === device.id && (each.input.kind === 'inventory' || each.input.kind === 'capabilities'),
        )?.input
      if (said?.kind === 'inventory') return !said.units.some(({ name }) => name.startsWith('guide'))
      return (
        said?.kind === 'capabilities' &&
        said.report.installed.every(({ service }) => service !== 'guide') &&
        // Our own agent names no units: what it has in place is all there is.
        !(said.report.units ?? (said.report.protocol === undefined ? [] : [{ name: 'guide' }])).some(({ name }) =>
          name.startsWith('guide'),
        )
      )
    })
  },
}

/** Waits for the outcome of an install and expects it to be proved, and to be true. */
export async function installed(trial: Trial, device: SimulatedDevice, { delivery, output }: Ordered): Promise<void> {
  const outcome = await trial.outcome(device, delivery)
  expect(outcome).toMatchObject({ result: 'installed', error: '', health: { ok: true } })
  expect(trial.host.proves(outcome, output), 'the outcome proves what was ordered').toBe(true)
  expect(runsAll(device, [output.reports]), `${device.id} runs it`).toBe(true)
  expect(trial.host.of(device.id, 'accepted').filter((input) => input.delivery === delivery)).toHaveLength(1)
}

export function runsAll(device: SimulatedDevice, units: readonly Unit[]): boolean {
  return units.every((unit) => device.runs().some(({ name, version }) => same(unit, { name, version })))
}

function same(one: Unit, other: Unit): boolean {
  return [one.name, one.version].filter(Boolean).join('-') === [other.name, other.version].filter(Boolean).join('-')
}
