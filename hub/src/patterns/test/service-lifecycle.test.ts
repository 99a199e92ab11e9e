import type { Taken } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { Walk } from './walk.ts'

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
