import { describe, expect, it } from 'vitest'
import { start } from './instance.ts'
import { repair } from './repair.ts'
import { take } from './take.ts'
import { compiledOf, signalOf, transition } from './testing/scenario.ts'

const compiled = compiledOf(
  [
    transition('go', ['a'], ['b'], {
      emit: [
        { signal: 'late', after: '15m', while: ['b'] },
        { signal: 'late', after: '1h' },
      ],
    }),
    transition('late', ['b'], ['e']),
    transition('proceed', ['c'], ['e']),
  ],
  { data: { n: 1 } },
)
const flagged = { ...take(compiled, start(compiled, { id: 'i' }), {}, signalOf('go'), 0).instance, attention: 'look' }

describe('repair', () => {
  it('sets states and data, takes the flag off, and cancels delayed signals whose while states are gone', () => {
    const repaired = repair(flagged, compiled, { states: ['c', 'd', 'c'], data: { n: 7 } })
    expect(repaired).toEqual({
      instance: { ...flagged, states: ['c', 'd'], data: { n: 7 }, timers: flagged.timers.slice(1), attention: null },
    })
  })

  it('leaves what is not given as it is', () => {
    expect(repair(flagged, compiled, {})).toEqual({ instance: { ...flagged, attention: null } })
  })

  it('says everything that speaks against it', () => {
    const done = { ...flagged, done: true }
    const large = { n: 'x'.repeat(70_000) }
    expect(repair(done, compiled, { states: ['z', 'a'], data: large })).toEqual({
      reasons: ['trial@1.0.0 has no state z', 'the instance is done', 'the data takes more than 65536 bytes'],
    })
    for (const states of [['e'], []]) {
      expect(repair(flagged, compiled, { states })).toEqual({
        reasons: [`states ${states.join() || 'none'} would end the instance without a step`],
      })
    }
  })
})
