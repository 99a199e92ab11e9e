import { expect, it } from 'vitest'
import { modelOf, transition } from '../testing/scenario.ts'
import type { Model, Transition } from '../types.ts'
import { check } from './check.ts'

/** Sound but for what its one transition says in addition. */
const saying = (more: Partial<Transition>, also: Partial<Model> = {}): Model =>
  modelOf([transition('go', ['a'], ['e'], more)], { states: ['a', 'e'], ...also })
const of = (states: readonly string[], ...transitions: readonly Transition[]): Model => modelOf(transitions, { states })
const other = saying({}, { model: 'other', version: '1.2.0', signals: { go: { args: { n: 'int' } } } })
/** 2 to the power of `regions` reachable sets. */
function wide(regions: number): Model {
  const numbers = Array.from({ length: regions }, (_, region) => region)
  const [off, on] = [numbers.map((region) => `p${region}`), numbers.map((region) => `q${region}`)]
  const transitions = numbers.map((region) => transition(`t${region}`, [`p${region}`], [`q${region}`]))
  return modelOf(transitions, { states: [...off, ...on], initial: off, final: on })
}

const first = '/transitions/0'
const cases: readonly (readonly [string, 'error' | 'warning', string, Model])[] = [
  ['invalid-document', 'error', '/colour', { ...saying({}), colour: 'red' } as never],
  ['duplicate-state', 'error', '/states/2', saying({}, { states: ['a', 'e', 'a'] })],
  ['bad-address', 'error', `${first}/emit/0/to`, saying({ emit: [{ signal: 'go', to: 'everybody' }] })],
  ['bad-url', 'error', `${first}/call/0/url`, saying({ call: [{ url: 'http://x/1', as: 'x' }] })],
  ['bad-template', 'error', `${first}/call/0/as`, saying({ call: [{ url: 'model:other/1', as: '{id' }] })],
  ['syntax-error', 'error', `${first}/when`, saying({ when: 'data +' })],
  ['expression-too-large', 'error', `${first}/set/n`, saying({ set: { n: `${'['.repeat(200)}${']'.repeat(200)}` } })],
  ['unknown-state', 'error', `${first}/clear/0`, saying({ clear: ['b'] })],
  ['unknown-signal', 'error', `${first}/cancel/0`, saying({ cancel: ['goo'] })],
  ['unknown-task', 'error', `${first}/tasks/0/task`, saying({ tasks: [{ task: 'device.ofer' }] })],
  ['unknown-model', 'error', `${first}/call/0/url`, saying({ call: [{ url: 'model:othr/1', as: 'x' }] })],
  ['bad-version', 'error', `${first}/call/0/url`, saying({ call: [{ url: 'model:other@latest/1', as: 'x' }] })],
  ['unknown-child', 'error', `${first}/emit/0/to`, saying({ emit: [{ signal: 'go', to: 'child:x' }] })],
  ['unknown-name', 'error', `${first}/set/n`, saying({ set: { n: 'dta.n' } })],
  [
    'unknown-argument',
    'error',
    `${first}/emit/0/args/m`,
    saying({ emit: [{ signal: 'go', to: 'model:other/1', args: { n: '1', m: '1' } }] }),
  ],
  ['missing-argument', 'error', `${first}/emit/0/args`, saying({ emit: [{ signal: 'go', to: 'model:other/1' }] })],
  ['initially-done', 'error', '/initial', { ...saying({}), initial: ['e'] }],
  ['unreachable-state', 'error', '/states/1', of(['a', 'b', 'e'], transition('go', ['a'], ['e']))],
  [
    'transition-never-fires',
    'error',
    '/transitions/1',
    of(['a', 'b', 'e'], transition('go', ['a'], ['e']), transition('go', ['b'], ['e'])),
  ],
  [
    'cannot-complete',
    'error',
    '/states/1',
    of(
      ['a', 'b', 'e'],
      transition('go', ['a'], ['e']),
      transition('off', ['a'], ['b']),
      transition('on', ['b'], ['b']),
    ),
  ],
  [
    'deadlock',
    'error',
    '/states/1',
    of(['a', 'b', 'e'], transition('go', ['a'], ['e']), transition('off', ['a'], ['b'])),
  ],
  [
    'endless-calls',
    'error',
    `${first}/call`,
    saying({ call: [{ url: 'model:trial/{id}x', as: 'x' }] }, { signals: { go: {} } }),
  ],
  [
    'competing-transitions',
    'warning',
    '/transitions/1',
    of(['a', 'b', 'e'], transition('go', ['a'], ['e']), transition('go', ['a'], ['b']), transition('go', ['b'], ['e'])),
  ],
  [
    'already-current',
    'warning',
    `${first}/to/0`,
    saying({ to: ['b', 'e'] }, { states: ['a', 'b', 'e'], initial: ['a', 'b'], final: ['b', 'e'] }),
  ],
  ['undeclared-signal', 'warning', `${first}/on`, saying({}, { signals: {} })],
  ['unused-signal', 'warning', '/signals/stop', saying({}, { signals: { go: {}, stop: {} } })],
  ['undeclared-data', 'warning', `${first}/when`, saying({ when: 'data.n > 1' })],
  [
    'unproved-child',
    'warning',
    `${first}/emit/0/to`,
    saying({ emit: [{ signal: 'go', to: 'child:{id}' }], call: [{ url: 'model:other/1', as: 'x' }] }),
  ],
  ['bound-reached', 'warning', '', wide(14)],
]

it.each(cases)('semantics 9, %s: is a finding of that severity at that place', (code, severity, pointer, model) => {
  const found = check(model, { tasks: ['device.offer'], models: [other, model] }).filter(
    (finding) => finding.code === code,
  )
  expect(found).toMatchObject([{ code, severity, pointer }])
})
