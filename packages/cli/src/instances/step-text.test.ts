import { describe, expect, it } from 'vitest'
import { historyText, type ShownEntry } from './history-text.ts'
import { stepText } from './step-text.ts'

const fired: ShownEntry = {
  model: 'trial',
  id: 'first',
  entry: 2,
  at: '2026-01-01T00:00:03.000Z',
  type: 'remind',
  from: 'model:trial@1.0.0/first',
  outcome: 'fired',
  reason: null,
  detail: null,
  fired: ['remind'],
  states: ['reminded'],
  data: { reminders: 1 },
  done: false,
}
const rejected: ShownEntry = {
  ...fired,
  entry: 3,
  from: 'model:house@1.0.0/h%2F1',
  outcome: 'rejected',
  reason: 'bad-arguments',
  detail: 'x: not declared',
  fired: [],
  data: null,
}
const operated: ShownEntry = {
  ...rejected,
  entry: 4,
  type: 'operator.cancel',
  from: 'usr-1',
  outcome: 'operated',
  reason: 'mistake\nentry 5',
  detail: null,
  states: [],
  done: true,
}

describe('a step, as it is watched', () => {
  it('is one line, whatever its reason says', () => {
    expect(stepText(fired, false)).toBe('00:00:03.000  remind            fired: remind             reminded')
    expect(stepText(rejected, true)).toBe(
      '00:00:03.000  first             remind            rejected: bad-arguments   reminded          from model:house@1.0.0/h%2F1: x: not declared',
    )
    expect(stepText(operated, false)).toBe(
      '00:00:03.000  operator.cancel   operated                  (done)            by usr-1: mistake�entry 5',
    )
  })
})

describe('history', () => {
  it('is a line each, and below it who and why', () => {
    expect(historyText([fired, rejected, operated], true).split('\n')).toEqual([
      'INSTANCE     ENTRY  AT                        SIGNAL           OUTCOME                  STATES    DATA',
      'trial/first  2      2026-01-01T00:00:03.000Z  remind           fired: remind            reminded  reminders=1',
      'trial/first  3      2026-01-01T00:00:03.000Z  remind           rejected: bad-arguments  reminded',
      '       from model:house@1.0.0/h%2F1: x: not declared',
      'trial/first  4      2026-01-01T00:00:03.000Z  operator.cancel  operated                 (done)',
      '       by usr-1: mistake�entry 5',
    ])
    expect(historyText([], false)).toBe('nothing yet')
  })
})
