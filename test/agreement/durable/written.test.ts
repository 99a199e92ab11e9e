import type { Model, Transition } from '@sutler/engine'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Command } from '../naive/simulation.ts'
import { playTogether } from './comparison.ts'
import { puppet } from './puppet.ts'
import { Stage } from './stage.ts'
import { writtenTrial } from './trial.ts'

const signal = (type: string, args = {}): Command => ({ signal: type, args })
const wait = (minutes: number): Command => ({ advance: minutes * 60_000 })

function modelOf(transitions: readonly Transition[], more: Partial<Model> = {}): Model {
  const states = ['a', 'b', 'c', 'd', 'e']
  return { model: 'trial', version: '1.0.0', states, initial: ['a'], final: ['e'], transitions, ...more }
}

/** The lines, in short, that the script comes to in both. */
async function playBoth(model: Model, script: readonly Command[], others: readonly Model[] = []): Promise<string[]> {
  const trial = writtenTrial(model, script)
  await playTogether(await Stage.set([model, ...others]), [trial])
  return trial.lines.map(({ signal, outcome, reason }) => `${signal} ${reason ?? outcome}`)
}

it('semantics 10.1: durable execution too: the example of the documentation is late twice and installed at last', async () => {
  const page = readFileSync(new URL('../../../docs/engine.md', import.meta.url), 'utf8')
  const deliver = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as Model
  const script = [signal('start'), wait(15), wait(20), signal('installed', { digest: 1 }), signal('cancel'), wait(60)]
  expect(await playBoth(deliver, script)).toEqual([
    'start fired',
    'late fired',
    'start fired',
    'late fired',
    'start fired',
    'installed bad-arguments',
    'cancel fired',
  ])
})

it('semantics 5.7: durable execution too: ends of subinstances come in their order, then what was held; urgent signals do not wait', async () => {
  const called = (as: string) => ({
    url: `model:sub/{id}-${as}`,
    as,
    args: { n: '1' },
    wait: true,
    done: 'ok',
    failed: 'bad',
  })
  const model = modelOf(
    [
      { name: 'call', on: 'call', from: ['a'], to: ['b'], call: [called('x'), called('y'), called('z')] },
      { name: 'note', on: 'note', from: ['b'], to: ['b'], set: { heard: 'data.heard + [args.n]' } },
      { name: 'hurry', on: 'hurry', from: ['b'], to: ['b', 'c'] },
      { name: 'late', on: 'late', from: ['c'], to: ['d'] },
      { name: 'ok', on: 'ok', from: ['b'], to: ['b'], set: { heard: 'data.heard + [args.n]' } },
      { name: 'bad', on: 'bad', from: ['b'], to: ['b'], set: { heard: 'data.heard + [args.error]' } },
    ],
    { data: { heard: [] }, signals: { call: {}, hurry: { urgent: true }, late: { deferrable: true } } },
  )
  const script: Command[] = [
    signal('late'),
    signal('call'),
    signal('note', { n: 1 }),
    signal('hurry'),
    { child: 'y', end: { done: { n: 2 } } },
    { child: 'z', end: { failed: 'cancelled' } },
    signal('note', { n: 3 }),
    { child: 'x', end: { done: { n: 4 } } },
  ]
  expect(await playBoth(model, script, [puppet('sub')])).toEqual([
    'late deferred',
    'call fired',
    'note held',
    'hurry fired',
    'note held',
    'late fired',
    'ok fired',
    'bad fired',
    'ok fired',
    'note fired',
    'note fired',
  ])
})

it('semantics 2, macrostep: durable execution too: a macrostep that runs away is undone whole, and what comes next finds it so', async () => {
  const model = modelOf(
    [
      { name: 'go', on: 'go', from: ['a'], to: ['b'], set: { n: '1' }, emit: [{ signal: 'on' }] },
      { name: 'on', on: 'on', from: ['b'], to: ['b'], share: { m: 'shared.m + 1' }, emit: [{ signal: 'on' }] },
      { name: 'end', on: 'end', from: ['a'], to: ['e'] },
    ],
    { data: { n: 0 }, shared: { m: 0 } },
  )
  expect(await playBoth(model, [signal('go'), signal('end'), signal('go')])).toEqual([
    'go runaway',
    'end fired',
    'go instance-done',
  ])
})

it('semantics 3.8: durable execution too: what falls due while it is waited for is held, and comes in order of due time', async () => {
  const model = modelOf(
    [
      {
        name: 'go',
        on: 'go',
        from: ['a'],
        to: ['b'],
        emit: [
          { signal: 'ring', after: '3m', args: { n: '3' } },
          { signal: 'ring', after: '1m', args: { n: '1' } },
          { signal: 'ring', at: 'now - duration("1h")', args: { n: '0' } },
          { signal: 'ring', after: '2m', args: { n: '2' }, while: ['c'] },
        ],
      },
      { name: 'call', on: 'call', from: ['b'], to: ['b'], call: [{ url: 'model:sub/1', as: 'x', wait: true }] },
      { name: 'ring', on: 'ring', from: ['b'], to: ['b'], set: { rung: 'data.rung + [[args.n, string(now)]]' } },
    ],
    { data: { rung: [] }, signals: { go: {}, call: {}, ring: { args: { n: 'int' } } } },
  )
  const script: Command[] = [signal('go'), signal('call'), wait(5), { child: 'x', end: { done: { n: 0 } } }]
  expect(await playBoth(model, script, [puppet('sub')])).toEqual([
    'go fired',
    'ring fired',
    'call fired',
    'ring held',
    'ring held',
    'ring fired',
    'ring fired',
  ])
})
