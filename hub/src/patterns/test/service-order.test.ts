import type { Taken } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { now, tasksOf, Walk } from './walk.ts'

describe('the pattern of an order', () => {
  const day = 86_400_000
  const placed = (start = '') => ({ start, look: '2026-01-01T09:00:00Z' })
  const underway = (): Walk => {
    const walk = new Walk('service-order')
    walk.tell('placed', placed())
    return walk
  }
  /** Signals that come by themselves, and in how many milliseconds. */
  const waits = (taken: Taken): Record<string, number> =>
    Object.fromEntries(
      taken.effects.flatMap((effect) =>
        effect.kind === 'timer-set' ? [[effect.timer.signal.type, effect.timer.due - now]] : [],
      ),
    )

  it('begins at once, is looked at, and does not stay under way for ever', () => {
    const walk = new Walk('service-order')
    const begun = walk.tell('placed', placed())
    expect(walk.instance.states).toEqual(['open', 'underway'])
    expect(waits(begun)).toEqual({ look: 9 * 3_600_000, overdue: 90 * day })
  })
  it('waits for its start, is decided on again, and begins', () => {
    const walk = new Walk('service-order')
    expect(waits(walk.tell('placed', placed('2026-01-02T00:00:00Z')))).toEqual({ begin: day })
    expect(walk.instance.states).toEqual(['open', 'scheduled'])
    expect(tasksOf(walk.tell('begin'))).toEqual(['orders.plan'])
    expect(waits(walk.tell('unplanned', { error: 'no database' }))).toEqual({ begin: 15 * 60_000 })
    walk.tell('begin')
    walk.tell('planned', { possible: true, detail: '', look: '2026-01-02T09:00:00Z' })
    expect(walk.instance.states).toEqual(['open', 'underway'])
  })
  it('is rejected when it cannot be any more at its start', () => {
    const walk = new Walk('service-order')
    walk.tell('placed', placed('2026-01-02T00:00:00Z'))
    walk.tell('begin')
    walk.tell('planned', { possible: false, detail: 'already has it', look: '' })
    expect(walk.instance).toMatchObject({ states: ['rejected'], done: true, data: { detail: 'already has it' } })
  })
  it('counts the items that were answered for, and is over when it is told so', () => {
    for (const [state, end] of [
      ['completed', 'completed'],
      ['cancelled', 'cancelled'],
    ]) {
      const walk = underway()
      walk.tell('carried-out', { item: 'i1', result: state, detail: '' })
      walk.tell('over', { state, detail: '' })
      expect(walk.instance).toMatchObject({ states: [end], done: true, data: { answered: 1 } })
    }
  })
  it('is looked at again for as long as it is under way', () => {
    const walk = underway()
    expect(tasksOf(walk.tell('look'))).toEqual(['orders.watch'])
    expect(waits(walk.tell('watched', { next: '2026-01-01T12:00:00Z' }))).toEqual({ look: 12 * 3_600_000 })
    expect(waits(walk.tell('unwatched', {}))).toEqual({ look: 3_600_000 })
    expect(waits(walk.tell('watched', { next: '' }))).toEqual({})
  })
  it('can be tried again for 30 days when an item failed', () => {
    for (const state of ['failed', 'partial']) {
      const walk = underway()
      expect(waits(walk.tell('over', { state, detail: 'no picture' }))).toEqual({ close: 30 * day })
      expect(walk.instance).toMatchObject({ states: ['incomplete'], done: false })
      walk.tell('tried-again', { item: 'i1', look: '2026-01-01T09:00:00Z' })
      expect(walk.instance).toMatchObject({ states: ['open', 'underway'], data: { detail: '' } })
      walk.tell('over', { state, detail: 'no picture' })
      walk.tell('close')
      expect(walk.instance).toMatchObject({ states: ['closed'], done: true })
    }
  })
  it('is cancelled when that can still prevent something, and goes on when it cannot', () => {
    for (const possible of [true, false]) {
      const walk = underway()
      expect(tasksOf(walk.tell('cancel-asked', { reason: 'not wanted' }))).toEqual(['orders.assess'])
      expect(walk.instance.states).toEqual(['assessing', 'open'])
      walk.tell('assessed', { possible, detail: 'too late' })
      expect(walk.instance.states).toEqual(possible ? ['cancelling', 'open'] : ['open', 'underway'])
    }
  })
  it('can be cancelled before its start', () => {
    const walk = new Walk('service-order')
    walk.tell('placed', placed('2026-01-02T00:00:00Z'))
    expect(tasksOf(walk.tell('cancel-asked', { reason: 'not wanted' }))).toEqual(['orders.assess'])
    walk.tell('over', { state: 'cancelled', detail: 'not wanted' })
    expect(walk.instance).toMatchObject({ states: ['cancelled'], done: true })
  })
  it('puts back what it had changed, whatever it was doing', () => {
    const walk = underway()
    walk.tell('cancel-asked', { reason: 'not wanted' })
    expect(waits(walk.tell('taking-back', { detail: 'no picture' }))).toEqual({ overdue: 40 * day })
    expect(walk.instance.states).toEqual(['open', 'restoring'])
    walk.tell('over', { state: 'cancelled', detail: 'not wanted' })
    expect(walk.instance.states).toEqual(['cancelled'])
  })
  it('stops what takes longer than 90 days, and gives up what is not answered 40 days later', () => {
    const walk = underway()
    expect(tasksOf(walk.tell('overdue', {}, 90 * day))).toEqual(['orders.stop'])
    expect(walk.instance.states).toEqual(['cancelling', 'open'])
    const given = walk.tell('overdue', {}, 130 * day)
    expect(tasksOf(given)).toEqual(['orders.giveUp'])
    expect(waits(given)).toEqual({ overdue: 170 * day })
    const back = underway()
    back.tell('taking-back', { detail: 'no picture' })
    expect(tasksOf(back.tell('overdue', {}, 40 * day))).toEqual(['orders.giveUp'])
  })
})
