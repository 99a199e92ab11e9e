import { compileModel, type CompileOptions } from '../compile.ts'
import type { CompiledModel } from '../compiled.ts'
import { type SimulateOptions, type SimulationLine, simulate } from '../simulate/simulate.ts'
import type { JsonObject, Model, Signal, Transition } from '../types.ts'

/** A transition from what a test cares about. */
export function transition(
  on: string,
  from: readonly string[],
  to: readonly string[],
  more: Partial<Transition> = {},
): Transition {
  return { name: `${on}: ${from.join('+')} -> ${to.join('+')}`, on, from, to, ...more }
}

/** A model from what a test cares about: states a to e, initially a, finally e. */
export function modelOf(transitions: readonly Transition[], more: Partial<Model> = {}): Model {
  return {
    model: 'trial',
    version: '1.0.0',
    states: ['a', 'b', 'c', 'd', 'e'],
    initial: ['a'],
    final: ['e'],
    transitions,
    ...more,
  }
}

export function compiledOf(
  transitions: readonly Transition[],
  more: Partial<Model> = {},
  options: CompileOptions = {},
): CompiledModel {
  return compileModel(modelOf(transitions, more), options)
}

export function signalOf(type: string, args: JsonObject = {}, more: Partial<Signal> = {}): Signal {
  return { id: `test-${type}`, type, args, from: 'external', ...more }
}

/** Runs script lines, given as objects or, for a signal without arguments, by its type. */
export function play(
  model: Model | CompiledModel,
  script: readonly (string | JsonObject)[],
  options: SimulateOptions = {},
): SimulationLine[] {
  const compiled = 'markings' in model ? model : compileModel(model)
  const lines = script.map((line) => JSON.stringify(typeof line === 'string' ? { signal: line } : line))
  return [...simulate(compiled, lines, options)]
}

/** `signal outcome`, for tests of order. */
export function inShort(lines: readonly SimulationLine[]): string[] {
  return lines.map(({ signal, outcome }) => `${signal} ${outcome}`)
}

/** The document of section 7, with the device that its task names. */
export const deliver: Model = {
  model: 'deliver',
  version: '1.0.0',
  title: 'Deliver one service version to one device',
  shared: { maxAttempts: 3 },
  data: { attempts: 0, device: 'stb1' },
  states: ['queued', 'offered', 'installing', 'confirmed', 'failed'],
  initial: ['queued'],
  final: ['confirmed', 'failed'],
  signals: {
    start: {},
    accepted: {},
    late: {},
    installed: { args: { digest: 'string' } },
    cancel: { urgent: true, args: { reason: 'string?' } },
  },
  transitions: [
    {
      name: 'offer',
      on: 'start',
      from: ['queued'],
      to: ['offered'],
      set: { attempts: 'data.attempts + 1' },
      tasks: [{ task: 'device.offer', args: { device: 'data.device' } }],
      emit: [{ signal: 'late', after: '15m', while: ['offered'] }],
    },
    {
      name: 'try again',
      on: 'late',
      from: ['offered'],
      to: ['queued'],
      when: 'data.attempts < shared.maxAttempts',
      emit: [{ signal: 'start' }],
    },
    { name: 'give up', on: 'late', from: ['offered'], to: ['failed'], when: 'data.attempts >= shared.maxAttempts' },
    { name: 'stop', on: 'cancel', from: [], clear: ['*'], to: ['failed'] },
  ],
  returns: { attempts: 'data.attempts' },
}
