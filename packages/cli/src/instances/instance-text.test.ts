import { describe, expect, it } from 'vitest'
import { instanceText, returnedText } from './instance-text.ts'

const nothing = { children: [], timers: [], tasks: [], held: [], deferred: [], parent: null, attention: null, call: {} }
const times = { createdAt: '2026-01-01T00:00:00.000Z', changedAt: '2026-01-01T00:00:01.000Z' }

describe('an instance for people', () => {
  it('shows what it has, and nothing else', () => {
    const plain = { ...nothing, ...times, url: 'model:a@1.0.0/1', states: ['x', 'y'], data: {}, steps: 0, done: false }
    expect(instanceText(plain)).toBe(
      [
        'model:a@1.0.0/1',
        '  states     x y',
        '  steps      0, started 2026-01-01T00:00:00.000Z, changed 2026-01-01T00:00:01.000Z',
      ].join('\n'),
    )
    const full = {
      ...plain,
      done: true,
      data: { n: 1, text: 'a\u001b' },
      timers: [{ signal: 'late', due: times.createdAt }],
      children: [{ as: 'disk', url: 'model:disk@1.0.0/1', wait: true }],
      attention: 'step 3 failed',
    }
    expect(instanceText(full).split('\n').slice(1, 6)).toEqual([
      '  states     x y (done)',
      '  attention  step 3 failed',
      '  data       n=1 text="a\\u001b"',
      '  child      disk: model:disk@1.0.0/1, waited for',
      '  timer      late at 2026-01-01T00:00:00.000Z',
    ])
  })
})

describe('a returned signal for people', () => {
  it('says what became of it', () => {
    expect(returnedText({ outcome: 'fired', fired: ['offer', 'bill'], states: ['a', 'b'], args: { n: 1 } })).toBe(
      ['outcome    fired', 'fired      offer, bill', 'states     a b', 'args       n=1'].join('\n'),
    )
    const refused = {
      outcome: 'rejected',
      reason: 'bad-arguments',
      detail: 'n: missing',
      fired: [],
      states: [],
      args: {},
    }
    expect(returnedText(refused)).toBe('outcome    rejected\nreason     bad-arguments: n: missing')
  })
})
