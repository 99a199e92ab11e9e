import type { Model } from '@sutler/engine'
import { expect, it } from 'vitest'
import { agree } from './comparison.ts'
import type { Draft } from './random-scripts.ts'

/** Disagreements that random models have found: each stays mended. */

const signal = (n: unknown): Draft => ({ kind: 'signal', aim: 'enabled', which: 0, args: { n } as never, id: null })

it('semantics 2, errors: of a call whose url and as are both wrong, both name the url', () => {
  const model: Model = {
    model: 'trial',
    version: '1.0.0',
    data: { n: 0 },
    states: ['d', 'e'],
    initial: ['d'],
    final: ['e'],
    transitions: [
      {
        name: 'one',
        on: 's',
        from: [],
        to: [],
        set: { n: 'args.n' },
        call: [{ url: 'model:sub/{""}', as: 'k{data.n}' }],
      },
    ],
  }
  expect(() => agree(model, {}, [signal({}), signal(0), signal(1.5)])).not.toThrow()
})
