import type { Model } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { contractFindings } from '../engine/index.ts'
import { roleContracts } from './contracts.ts'
import { shippedPatterns } from './index.ts'

const contract = roleContracts.find(({ role }) => role === 'delivery')!
const delivery = shippedPatterns.find(({ model }) => model === 'delivery')!
const said = (model: Model) => contractFindings(contract, model).map(({ message }) => message)

describe('the contract of a role', () => {
  it.each(roleContracts.map((each) => [each.role, each] as const))('is kept by the shipped %s', (role, each) => {
    const shipped = shippedPatterns.find(({ model }) => model === role)!
    expect(contractFindings(each, shipped)).toEqual([])
  })
  it('is not kept by a model that lacks a signal, a state, a task or a returned value', () => {
    const { withdraw: _, ...signals } = delivery.signals!
    const { turn: __, ...returns } = delivery.returns!
    const states = delivery.states.filter((state) => state !== 'planned')
    const transitions = delivery.transitions.map((each) => ({
      ...each,
      tasks: (each.tasks ?? []).filter(({ task }) => task !== 'policy.decide'),
    }))
    expect(said({ ...delivery, signals, returns, states, transitions })).toEqual([
      'the signal withdraw is not declared',
      'there is no state planned',
      'there is no task policy.decide',
      'there is no returned value turn',
    ])
  })
  it('is not kept by a signal whose arguments are not those that are sent', () => {
    const args = { proven: 'string', result: 'string', by: 'string' } as const
    const signals = { ...delivery.signals, outcome: { args }, withdraw: { args: { reason: 'string', gone: 'bool' } } }
    expect(said({ ...delivery, signals } as Model)).toEqual([
      'proven of outcome is string, it is sent as bool',
      'the signal outcome does not take the argument detail',
      'nobody sends by with outcome: declare it with ?',
      'gone of withdraw is left out at times: declare it with ?',
    ])
  })
  it('leaves room for states, signals, tasks and arguments of one’s own', () => {
    const signals = { ...delivery.signals, approve: { args: { by: 'string' } }, again: { args: { why: 'string?' } } }
    expect(said({ ...delivery, states: [...delivery.states, 'waiting'], signals } as Model)).toEqual([])
  })
})
