import { expect } from 'vitest'
import type { Output } from '../../src/index.ts'
import type { Case, Cases } from './lifecycle.ts'

const asked = {
  restart: { kind: 'restart', reason: 'asked by the operator' },
  configure: { kind: 'configure', settings: { interval: 300 } },
  message: { kind: 'message', text: 'Your guide is new.' },
  'collect-log': { kind: 'collect-log', request: 'log-1', bytes: 10_000 },
} as const satisfies Record<string, Output>

export const otherOutputs: Cases = {
  'a restart reaches the device, or planning is told why it cannot': reaches(asked.restart),
  'settings reach the device, or planning is told why they cannot': reaches(asked.configure),
  'a text reaches the device, or planning is told why it cannot': reaches(asked.message),
  'a log comes when it is asked for, or planning is told why it cannot': reaches(asked['collect-log']),

  'a device that is asked what it can says it again': async (trial) => {
    const device = await trial.greeted()
    const before = trial.host.of(device.id, 'capabilities').length
    trial.host.queue(device.id, { kind: 'query-capabilities' })
    await trial.until('another report came', () => trial.host.of(device.id, 'capabilities').length > before)
    await trial.until('the question left the queue', () => trial.host.waiting(device.id) === 0)
    expect(trial.host.taken.at(-1)).toMatchObject({ device: device.id, error: null })
  },
}

function reaches(output: (typeof asked)[keyof typeof asked]): Case {
  return async (trial) => {
    const device = await trial.greeted()
    const id = trial.host.queue(device.id, output)
    const taken = () => trial.host.taken.find((each) => each.output === id)
    await trial.until('it left the queue', () => taken() !== undefined)
    const refused = taken()?.error ?? null
    // A sentence for people, and then the device is left alone.
    expect(refused).toSatisfy((reason: string | null) => reason === null || reason.includes(' '))
    if (refused !== null) return
    await trial.until(`the device was asked to ${output.kind}`, () => device.asked().includes(output.kind))
    if (output.kind === 'collect-log')
      await trial.until('it came', () => trial.host.of(device.id, 'log').some(({ request }) => request === 'log-1'))
  }
}
