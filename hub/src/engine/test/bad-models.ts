import type { Model, Transition } from '@sutler/engine'

/** A small sound model whose first transition can be spoilt. */
export function modelWith(first: Partial<Transition>, more: Partial<Model> = {}): Model {
  return {
    model: 'trial',
    version: '1.0.0',
    states: ['new', 'on', 'over'],
    initial: ['new'],
    final: ['over'],
    signals: { go: {}, end: {} },
    transitions: [
      { name: 'go', on: 'go', from: ['new'], to: ['on'], ...first },
      { name: 'end', on: 'end', from: ['on'], to: ['over'] },
    ],
    ...more,
  }
}

const regions = Array.from({ length: 28 }, (_, n) => n)

/** Twenty-eight independent regions, each with guards: far more sets of states than are looked at, and slow to look at. */
export const vast: Model = {
  model: 'vast',
  version: '1.0.0',
  data: { n: 0 },
  states: [...regions.flatMap((n) => [`a${n}`, `b${n}`]), 'over'],
  initial: regions.map((n) => `a${n}`),
  final: ['over'],
  signals: { end: {}, go: {} },
  transitions: [
    ...regions.flatMap((n) => [
      { name: `go ${n}`, on: 'go', from: [`a${n}`], to: [`b${n}`], when: `data.n > ${n}` },
      { name: `back ${n}`, on: 'go', from: [`b${n}`], to: [`a${n}`], when: `data.n < ${n}` },
    ]),
    { name: 'end', on: 'end', from: [], clear: ['*'], to: ['over'] },
  ],
}

export const sound = modelWith({})

export interface BadModel {
  readonly what: string
  readonly document: unknown
  readonly code: string
  readonly pointer: string
}

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)])

/** Each with the code that engine.md names for it, and the place. */
export const badModels: readonly BadModel[] = [
  {
    what: 'an unknown state',
    document: modelWith({ to: ['onn', 'on'] }),
    code: 'unknown-state',
    pointer: '/transitions/0/to/0',
  },
  {
    what: 'an unknown emitted signal',
    document: modelWith({ emit: [{ signal: 'goo' }] }),
    code: 'unknown-signal',
    pointer: '/transitions/0/emit/0/signal',
  },
  {
    what: 'an unknown task',
    document: modelWith({ tasks: [{ task: 'device.ofer' }] }),
    code: 'unknown-task',
    pointer: '/transitions/0/tasks/0/task',
  },
  {
    what: 'an unknown model',
    document: modelWith({ call: [{ url: 'model:nobody/x', as: 'x' }] }),
    code: 'unknown-model',
    pointer: '/transitions/0/call/0/url',
  },
  {
    what: 'an unknown variable',
    document: modelWith({ when: 'dta.n > 1' }),
    code: 'unknown-name',
    pointer: '/transitions/0/when',
  },
  {
    what: 'an unknown subinstance',
    document: modelWith({ emit: [{ signal: 'go', to: 'child:nobody' }] }),
    code: 'unknown-child',
    pointer: '/transitions/0/emit/0/to',
  },
  {
    what: 'an unreachable state',
    document: modelWith({}, { states: ['new', 'on', 'over', 'lost'] }),
    code: 'unreachable-state',
    pointer: '/states/3',
  },
  {
    what: 'a transition that never fires',
    document: modelWith(
      {},
      {
        states: ['new', 'on', 'over', 'lost'],
        transitions: [...sound.transitions, { name: 'find', on: 'go', from: ['lost'], to: ['over'] }],
      },
    ),
    code: 'transition-never-fires',
    pointer: '/transitions/2',
  },
  { what: 'a deadlock', document: modelWith({ from: ['on'] }), code: 'deadlock', pointer: '' },
  { what: 'no state at first', document: modelWith({}, { initial: [] }), code: 'initially-done', pointer: '/initial' },
  {
    what: 'an endless call',
    document: modelWith({ call: [{ url: 'model:trial/{id}-x', as: 'x', wait: true }] }),
    code: 'endless-calls',
    pointer: '/transitions/0/call',
  },
  {
    what: 'an expression that is none',
    document: modelWith({ when: 'data.n >' }),
    code: 'syntax-error',
    pointer: '/transitions/0/when',
  },
  {
    what: 'an expression that is too large',
    document: modelWith({ when: `${'(1 + '.repeat(600)}1${')'.repeat(600)} > 0` }),
    code: 'expression-too-large',
    pointer: '/transitions/0/when',
  },
  {
    what: 'too many states',
    document: modelWith({}, { states: Array.from({ length: 257 }, (_, n) => `s${n}`) }),
    code: 'too-many-states',
    pointer: '/states',
  },
  {
    what: 'initial data that is too large',
    document: modelWith({}, { data: { text: 'x'.repeat(70_000) } }),
    code: 'data-too-large',
    pointer: '/data',
  },
  {
    what: 'model data that is too large',
    document: modelWith({}, { shared: { text: 'x'.repeat(270_000) } }),
    code: 'shared-too-large',
    pointer: '/shared',
  },
  { what: 'a thing that is no model', document: { model: 'trial' }, code: 'invalid-document', pointer: '/version' },
  {
    what: 'data that is nested without end',
    document: modelWith({}, { data: { deep: nested(1_000) as never } }),
    code: 'invalid-document',
    pointer: '',
  },
  {
    what: 'text that cannot be kept',
    document: modelWith({}, { data: { text: 'a\0b' } }),
    code: 'invalid-document',
    pointer: '',
  },
]
