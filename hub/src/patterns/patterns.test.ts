import { check, compileModel, start, take, type CompiledModel, type Instance, type Taken } from '@sutler/engine'
import { checkPattern, formatPattern } from '@sutler/patterns'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { patternFiles, shippedPatterns } from './index.ts'

const now = Date.UTC(2026, 0, 1)
const compiled = new Map(shippedPatterns.map((model) => [model.model, compileModel(model)]))

/** An instance that is told one thing after the other. */
class Walk {
  instance: Instance
  readonly #model: CompiledModel
  #signals = 0

  constructor(model: string, call = {}) {
    this.#model = compiled.get(model)!
    this.instance = start(this.#model, { id: 'x', call })
  }

  /** @param later milliseconds after `now` */
  tell(type: string, args = {}, later = 0): Taken {
    const shared = { maxOffers: 5 }
    const taken = take(
      this.#model,
      this.instance,
      shared,
      { id: `s${this.#signals++}`, type, args, from: 'external' },
      now + later,
    )
    this.instance = taken.instance
    return taken
  }
}

const tasksOf = (taken: Taken): string[] =>
  taken.effects.flatMap((effect) => (effect.kind === 'task' ? [effect.use.task] : []))

describe('the shipped patterns', () => {
  it.each(shippedPatterns.map((model) => [model.model, model] as const))('%s is proved sound', (_, model) => {
    expect(check(model)).toEqual([])
  })
})

describe('the text of the shipped patterns', () => {
  it.each(patternFiles)('%s is formatted, and nothing is to be said of it', (file) => {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8')
    expect(formatPattern(text)).toBe(text)
    expect(checkPattern(text, { models: shippedPatterns }).diagnostics).toEqual([])
  })
})

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

describe('the service-lifecycle pattern', () => {
  const deliveries = (ids: readonly string[], stage = 0) =>
    ids.map((id) => ({ id, device: `of-${id}`, service: 's1', household: 'h1', stage }))
  const args = (order: string, ids: readonly string[] = [], version = '1.0.0') => ({
    order,
    item: `item-of-${order}`,
    subscription: 'x',
    version,
    deliveries: deliveries(ids),
  })
  const done = (turn: number, result: string, detail = '') => ({ turn, delivery: '', result, detail })
  const calls = (taken: Taken): string[] =>
    taken.effects.flatMap((effect) => (effect.kind === 'call' ? [effect.id] : []))
  const withdrawn = (taken: Taken): string[] =>
    taken.effects.flatMap((effect) =>
      effect.kind === 'signal' && effect.signal.type === 'withdraw' ? [effect.to] : [],
    )
  const given = (taken: Taken, task: string) =>
    taken.effects.flatMap((effect) => (effect.kind === 'task' && effect.use.task === task ? [effect.args] : []))
  const carriedOut = (taken: Taken) => given(taken, 'orders.carriedOut')
  const left = (taken: Taken) => given(taken, 'deliveries.record')
  /** One that is active on version 1.0.0. */
  const active = (): Walk => {
    const walk = new Walk('service-lifecycle')
    walk.tell('add', args('o1', ['a']))
    walk.tell('delivered', done(1, 'confirmed'))
    return walk
  }

  it('starts one delivery per device, is active when the last is confirmed, and tells the order', () => {
    const walk = new Walk('service-lifecycle')
    expect(calls(walk.tell('add', args('o1', ['a', 'b'])))).toEqual(['a', 'b'])
    walk.tell('delivered', done(1, 'confirmed'))
    expect(walk.instance.states).toEqual(['authorized', 'provisioning'])
    const end = walk.tell('delivered', done(1, 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
    expect(carriedOut(end)).toEqual([{ order: 'o1', item: 'item-of-o1', result: 'completed', detail: '' }])
  })
  it('begins a stage when the one before is confirmed', () => {
    const walk = new Walk('service-lifecycle')
    const staged = { ...args('o1'), deliveries: [...deliveries(['a', 'b']), ...deliveries(['c'], 2)] }
    expect(calls(walk.tell('add', staged))).toEqual(['a', 'b'])
    expect(calls(walk.tell('delivered', done(1, 'confirmed')))).toEqual([])
    expect(calls(walk.tell('delivered', done(1, 'confirmed')))).toEqual(['c'])
    walk.tell('delivered', done(1, 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
  })
  it('leaves later stages out when a device of an earlier one does not have what it should', () => {
    const walk = new Walk('service-lifecycle')
    const staged = { ...args('o1'), deliveries: [...deliveries(['a', 'b']), ...deliveries(['c', 'd'], 1)] }
    walk.tell('add', staged)
    walk.tell('delivered', done(1, 'confirmed'))
    const end = walk.tell('delivered', done(1, 'failed', 'no picture'))
    expect(left(end)).toMatchObject([
      { delivery: 'c', state: 'cancelled' },
      { delivery: 'd', state: 'cancelled' },
    ])
    expect(carriedOut(end)).toMatchObject([{ result: 'partial', detail: 'no picture' }])
    expect(walk.instance.states).toEqual(['authorized', 'degraded'])
  })
  it('is degraded when a device failed, and can be mended by another order', () => {
    const walk = new Walk('service-lifecycle')
    walk.tell('add', args('o1', ['a']))
    expect(carriedOut(walk.tell('delivered', done(1, 'failed')))).toMatchObject([{ result: 'failed' }])
    expect(walk.instance.states).toEqual(['authorized', 'degraded'])
    walk.tell('modify', args('o2', ['b']))
    walk.tell('delivered', done(2, 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
  })
  it('withdraws what is open of an older order when a newer one comes, and does not count its end', () => {
    const walk = new Walk('service-lifecycle')
    walk.tell('add', { ...args('o1'), deliveries: [...deliveries(['a', 'b']), ...deliveries(['z'], 1)] })
    const modified = walk.tell('modify', args('o2', ['c'], '2.0.0'))
    expect(withdrawn(modified)).toEqual(['model:delivery/a', 'model:delivery/b'])
    expect(left(modified)).toMatchObject([{ delivery: 'z', state: 'cancelled', detail: 'superseded by order o2' }])
    expect(carriedOut(modified)).toEqual([
      { order: 'o1', item: 'item-of-o1', result: 'cancelled', detail: 'superseded by order o2' },
    ])
    expect(calls(modified)).toEqual(['c'])
    walk.tell('delivered', done(1, 'cancelled'))
    expect(walk.instance.states).toEqual(['authorized', 'updating'])
    walk.tell('delivered', done(2, 'confirmed'))
    expect(walk.instance).toMatchObject({ states: ['active', 'authorized'], data: { stoodVersion: '2.0.0' } })
  })
  it('withdraws nothing of an order that is over', () => {
    const modified = active().tell('modify', args('o2', ['b']))
    expect(withdrawn(modified)).toEqual([])
    expect(carriedOut(modified)).toEqual([])
  })
  it('cancels the deliveries of an order that is cancelled, but not those of a newer one', () => {
    const walk = new Walk('service-lifecycle')
    walk.tell('add', args('o1', ['a']))
    expect(withdrawn(walk.tell('cancel-order', { order: 'older', reason: 'no' }))).toEqual([])
    expect(withdrawn(walk.tell('cancel-order', { order: 'o1', reason: 'no' }))).toEqual(['model:delivery/a'])
    const end = walk.tell('delivered', done(1, 'cancelled', 'no'))
    expect(carriedOut(end)).toMatchObject([{ result: 'cancelled', detail: 'no' }])
    expect(walk.instance).toMatchObject({ states: ['ended'], done: true })
  })
  it('is as it was before an order that was cancelled before any device had changed', () => {
    const walk = active()
    walk.tell('modify', args('o2', ['b'], '2.0.0'))
    walk.tell('cancel-order', { order: 'o2', reason: 'no' })
    const end = walk.tell('delivered', done(2, 'cancelled'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
    expect(given(end, 'subscriptions.record')).toMatchObject([{ state: 'active', version: '1.0.0' }])
    walk.tell('suspend', args('o3', ['c']))
    walk.tell('cancel-order', { order: 'o3', reason: 'no' })
    walk.tell('delivered', done(3, 'cancelled'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
  })
  it('ends when the service was removed from every device', () => {
    const walk = active()
    walk.tell('remove', args('o2', ['b']))
    walk.tell('delivered', done(2, 'confirmed'))
    expect(walk.instance).toMatchObject({ states: ['ended'], done: true })
  })
  it('is barred from the moment it is suspended, suspended when the devices have stopped it, and comes back', () => {
    const walk = active()
    walk.tell('suspend', args('o2', ['b']))
    expect(walk.instance.states).toEqual(['barred', 'suspending'])
    walk.tell('delivered', done(2, 'confirmed'))
    expect(walk.instance.states).toEqual(['barred', 'suspended'])
    const refused = walk.tell('modify', args('o3', ['c']))
    expect(carriedOut(refused)).toMatchObject([
      { order: 'o3', result: 'failed', detail: 'the subscription is suspended' },
    ])
    expect(left(refused)).toMatchObject([{ delivery: 'c', state: 'cancelled' }])
    expect(walk.instance.states).toEqual(['barred', 'suspended'])
    walk.tell('resume', args('o4', ['d']))
    expect(walk.instance.states).toEqual(['authorized', 'resuming'])
    walk.tell('delivered', done(3, 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
  })
  it('that was removed while it was suspended is put back as suspended', () => {
    const walk = new Walk('service-lifecycle')
    const back = { ...args('o1'), deliveries: [...deliveries(['install']), ...deliveries(['stop'], 1)] }
    const begun = walk.tell('suspend', back)
    expect(calls(begun)).toEqual(['install'])
    expect(given(begun, 'subscriptions.record')).toMatchObject([{ state: 'suspending', commercial: 'barred' }])
    expect(calls(walk.tell('delivered', done(1, 'confirmed')))).toEqual(['stop'])
    const end = walk.tell('delivered', done(1, 'confirmed'))
    expect(walk.instance.states).toEqual(['barred', 'suspended'])
    expect(carriedOut(end)).toMatchObject([{ order: 'o1', result: 'completed' }])
    walk.tell('resume', args('o2', ['again']))
    walk.tell('delivered', done(2, 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
  })
  it('moves to other devices', () => {
    const walk = active()
    const moved = { ...args('o2'), deliveries: [...deliveries(['in']), ...deliveries(['out'], 1)] }
    expect(calls(walk.tell('move', moved))).toEqual(['in'])
    expect(walk.instance.states).toEqual(['authorized', 'moving'])
    walk.tell('delivered', done(2, 'confirmed'))
    walk.tell('delivered', done(2, 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
  })

  it('is put back to the state and the version before an order that failed', () => {
    const walk = active()
    walk.tell('modify', args('o2', ['b', 'c'], '2.0.0'))
    walk.tell('delivered', done(2, 'confirmed'))
    walk.tell('delivered', done(2, 'failed', 'health check'))
    const back = walk.tell('restore', args('o2', ['b2']))
    expect(walk.instance.states).toEqual(['authorized', 'restoring'])
    expect(calls(back)).toEqual(['b2'])
    const end = walk.tell('delivered', done(3, 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
    expect(given(end, 'subscriptions.record')).toMatchObject([{ state: 'active', version: '1.0.0' }])
    expect(carriedOut(end)).toMatchObject([{ item: 'item-of-o2', result: 'completed' }])
  })
  it('ends when the order that began it is undone', () => {
    const walk = new Walk('service-lifecycle')
    walk.tell('add', args('o1', ['a', 'b']))
    walk.tell('delivered', done(1, 'confirmed'))
    expect(withdrawn(walk.tell('restore', args('o1', ['a2'], '')))).toEqual(['model:delivery/a', 'model:delivery/b'])
    walk.tell('delivered', done(1, 'cancelled'))
    expect(walk.instance.states).toEqual(['authorized', 'restoring'])
    walk.tell('delivered', done(2, 'confirmed'))
    expect(walk.instance).toMatchObject({ states: ['ended'], done: true })
  })
  it('is put back to suspended, and from it', () => {
    const walk = active()
    walk.tell('suspend', args('o2', ['b']))
    walk.tell('delivered', done(2, 'failed'))
    expect(walk.instance.states).toEqual(['barred', 'degraded'])
    walk.tell('restore', args('o2'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
    walk.tell('suspend', args('o3'))
    walk.tell('resume', args('o4', ['d']))
    walk.tell('delivered', done(5, 'failed'))
    walk.tell('restore', args('o4', ['e']))
    expect(walk.instance.states).toEqual(['barred', 'restoring'])
    walk.tell('delivered', done(6, 'confirmed'))
    expect(walk.instance.states).toEqual(['barred', 'suspended'])
  })
  it('is degraded when it cannot be put back, and says why', () => {
    const walk = active()
    walk.tell('modify', args('o2', ['b'], '2.0.0'))
    walk.tell('delivered', done(2, 'failed'))
    walk.tell('restore', args('o2', ['b2']))
    const end = walk.tell('delivered', done(3, 'failed', 'the disk is broken'))
    expect(walk.instance.states).toEqual(['authorized', 'degraded'])
    expect(carriedOut(end)).toMatchObject([{ result: 'failed', detail: 'the disk is broken' }])
    expect(given(end, 'subscriptions.record')).toMatchObject([{ state: 'degraded', detail: 'the disk is broken' }])
  })
  it('undoes nothing that a newer order has replaced', () => {
    const walk = active()
    walk.tell('modify', args('o2', ['b']))
    walk.tell('modify', args('o3', ['c']))
    const late = walk.tell('restore', args('o2', ['d']))
    expect(carriedOut(late)).toMatchObject([{ order: 'o2', result: 'cancelled' }])
    expect(left(late)).toMatchObject([{ delivery: 'd', state: 'cancelled' }])
    expect(walk.instance.states).toEqual(['authorized', 'updating'])
  })

  it('is degraded by drift and active again when the devices agree; a failed order is another matter', () => {
    const walk = active()
    const drift = walk.tell('drifted', { detail: 'stb: app is missing' })
    expect(walk.instance.states).toEqual(['authorized', 'degraded'])
    expect(given(drift, 'subscriptions.record')).toMatchObject([
      { state: 'degraded', cause: 'drift', detail: 'stb: app is missing' },
    ])
    walk.tell('agreed')
    expect(walk.instance.states).toEqual(['active', 'authorized'])
    walk.tell('modify', args('o2', ['b']))
    walk.tell('drifted', { detail: 'x' })
    expect(walk.instance.states).toEqual(['authorized', 'updating'])
    walk.tell('delivered', done(2, 'failed'))
    walk.tell('agreed')
    expect(walk.instance.states).toEqual(['authorized', 'degraded'])
  })

  it('carries 250 devices in one macrostep', () => {
    const walk = new Walk('service-lifecycle')
    const ids = (suffix: string) =>
      Array.from({ length: 250 }, (_, index) => `dlv-01kb0${'0'.repeat(18)}${1000 + index}${suffix}`)
    const whole = (order: string, suffix: string) => ({
      ...args(order),
      deliveries: deliveries(ids(suffix)).map((each) => ({
        ...each,
        service: 'tv-guide',
        household: `hh-${'0'.repeat(26)}`,
      })),
    })
    expect(calls(walk.tell('add', whole('o1', '')))).toHaveLength(250)
    expect(withdrawn(walk.tell('modify', whole('o2', 'x')))).toHaveLength(250)
  })
})

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
