import type { Taken } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { now, tasksOf, Walk } from './walk.ts'

describe('the delivery pattern', () => {
  const call = { order: 'o1', turn: 1, device: 'd1', household: 'h1', service: 's1' }
  const goAhead = { verdict: 'now', until: '', why: '' }
  const asked = (): Walk => {
    const walk = new Walk('delivery', call)
    expect(tasksOf(walk.tell('start'))).toEqual(['policy.decide'])
    return walk
  }
  const offered = (): Walk => {
    const walk = asked()
    expect(tasksOf(walk.tell('decided', goAhead))).toEqual(['deliveries.record', 'device.offer'])
    return walk
  }
  const recordOf = ({ effects }: Taken) =>
    effects.find((effect) => effect.kind === 'task' && effect.use.task === 'deliveries.record')
  const proof = (proven: boolean, detail = '') => ({ proven, result: proven ? 'installed' : 'rolled-back', detail })

  it('asks policy, offers, and is confirmed by a proof that holds', () => {
    const walk = offered()
    walk.tell('accepted')
    walk.tell('outcome', proof(true))
    expect(walk.instance).toMatchObject({ states: ['confirmed'], done: true })
  })
  it('is confirmed also when the acceptance was lost on the way', () => {
    const walk = offered()
    walk.tell('outcome', proof(true))
    expect(walk.instance.states).toEqual(['confirmed'])
  })
  it('is confirmed also when the device is done while policy is asked again', () => {
    const walk = offered()
    walk.tell('accepted')
    walk.tell('late')
    walk.tell('decided', { verdict: 'later', until: '2026-01-02T05:00:00Z', why: 'quiet hours' })
    walk.tell('outcome', proof(true))
    expect(walk.instance.states).toEqual(['confirmed'])
  })
  it('is never confirmed by a proof that does not hold', () => {
    const walk = offered()
    walk.tell('accepted')
    walk.tell('outcome', proof(false, 'health check'))
    expect(walk.instance).toMatchObject({ states: ['failed'], data: { detail: 'health check' } })
  })
  it('waits out quiet hours and then asks policy again', () => {
    const walk = asked()
    const held = walk.tell('decided', { verdict: 'later', until: '2026-01-01T05:00:00Z', why: 'quiet hours' })
    expect(walk.instance.states).toEqual(['held'])
    expect(held.effects.find((effect) => effect.kind === 'timer-set')).toMatchObject({
      timer: { due: Date.parse('2026-01-01T05:00:00Z') },
    })
    expect(tasksOf(walk.tell('again'))).toEqual(['policy.decide'])
  })
  it('held back until something changes is asked about again after a day at the latest', () => {
    const walk = asked()
    const held = walk.tell('decided', { verdict: 'later', until: '', why: 'consent is asked for' })
    expect(walk.instance.states).toEqual(['held'])
    expect(held.effects.find((effect) => effect.kind === 'timer-set')).toMatchObject({
      timer: { due: now + 24 * 3_600_000 },
    })
  })
  it('is cancelled when policy says never, or holds it back for 90 days', () => {
    const refused = asked()
    refused.tell('decided', { verdict: 'never', until: '', why: 'consent was denied' })
    expect(refused.instance).toMatchObject({ states: ['cancelled'], data: { detail: 'consent was denied' } })
    const patient = asked()
    const later = { verdict: 'later', until: '', why: 'nobody answers' }
    patient.tell('decided', later)
    patient.tell('again', {}, 91 * 24 * 3_600_000)
    patient.tell('decided', later, 91 * 24 * 3_600_000)
    expect(patient.instance.states).toEqual(['cancelled'])
    expect(patient.instance.data['detail']).toBe('held back for 90 days: nobody answers')
  })
  it('asks a busy device again a few times, then fails', () => {
    const walk = offered()
    for (let round = 1; round < 5; round++) {
      walk.tell('declined', { reason: 'busy', detail: '' })
      expect(walk.instance.states).toEqual(['held'])
      walk.tell('again')
      walk.tell('decided', goAhead)
    }
    walk.tell('declined', { reason: 'busy', detail: '' })
    expect(walk.instance.states).toEqual(['failed'])
  })
  it('never stays in progress for ever: a device that falls silent is offered again, then given up', () => {
    const walk = offered()
    for (let round = 1; round < 5; round++) {
      walk.tell('accepted')
      walk.tell('late')
      walk.tell('decided', goAhead)
    }
    walk.tell('accepted')
    const gaveUp = walk.tell('late')
    expect(tasksOf(gaveUp)).toContain('device.cancel')
    expect(walk.instance.states).toEqual(['failed'])
    expect(recordOf(gaveUp)).toMatchObject({ args: { state: 'failed', silent: true } })
  })
  it('to a device that never answered is told apart from one that failed', () => {
    const walk = offered()
    const taken = walk.tell('unreached')
    expect(walk.instance).toMatchObject({ states: ['failed'], data: { result: 'unreached' } })
    expect(recordOf(taken)).toMatchObject({ args: { unreached: true } })
  })
  it('that no device has begun with is withdrawn at once', () => {
    const walk = offered()
    expect(tasksOf(walk.tell('withdraw', { reason: 'superseded' }))).toEqual(['device.cancel', 'deliveries.record'])
    expect(walk.instance).toMatchObject({ states: ['cancelled'], data: { detail: 'superseded' } })
  })
  it('that a device works on is withdrawn when the device says so, or confirmed when it was too late', () => {
    for (const [proven, states] of [
      [false, ['cancelled']],
      [true, ['confirmed']],
    ] as const) {
      const walk = offered()
      walk.tell('accepted')
      expect(tasksOf(walk.tell('withdraw', { reason: 'not wanted' }))).toEqual(['device.cancel', 'deliveries.record'])
      expect(walk.instance.states).toEqual(['withdrawing'])
      walk.tell('outcome', proof(proven))
      expect(walk.instance.states).toEqual(states)
    }
  })
  it('that a device works on is not waited for when it says nothing for a day, or is gone', () => {
    for (const [type, args] of [
      ['late', {}],
      ['withdraw', { reason: 'gone', gone: true }],
    ] as const) {
      const walk = offered()
      walk.tell('accepted')
      walk.tell('withdraw', { reason: 'not wanted' })
      walk.tell(type, args)
      expect(walk.instance.states).toEqual(['cancelled'])
    }
  })
})
