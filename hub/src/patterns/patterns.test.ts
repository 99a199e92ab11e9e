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

  tell(type: string, args = {}): Taken {
    const shared = { maxOffers: 5 }
    const taken = take(
      this.#model,
      this.instance,
      shared,
      { id: `s${this.#signals++}`, type, args, from: 'external' },
      now,
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
  const call = { order: 'o1', device: 'd1', household: 'h1', service: 's1' }
  const offered = (): Walk => {
    const walk = new Walk('delivery', call)
    expect(tasksOf(walk.tell('start'))).toEqual(['policy.decide'])
    expect(tasksOf(walk.tell('decided', { allowed: true, until: '', why: '' }))).toEqual([
      'deliveries.record',
      'device.offer',
    ])
    return walk
  }

  it('asks policy, offers, and is confirmed by a proof that holds', () => {
    const walk = offered()
    walk.tell('accepted')
    walk.tell('outcome', { proven: true, result: 'installed', detail: '' })
    expect(walk.instance).toMatchObject({ states: ['confirmed'], done: true })
  })
  it('is confirmed also when the acceptance was lost on the way', () => {
    const walk = offered()
    walk.tell('outcome', { proven: true, result: 'installed', detail: '' })
    expect(walk.instance.states).toEqual(['confirmed'])
  })
  it('is never confirmed by a proof that does not hold', () => {
    const walk = offered()
    walk.tell('accepted')
    walk.tell('outcome', { proven: false, result: 'rolled-back', detail: 'health check' })
    expect(walk.instance).toMatchObject({ states: ['failed'], data: { detail: 'health check' } })
  })
  it('waits out quiet hours and then asks policy again', () => {
    const walk = new Walk('delivery', call)
    walk.tell('start')
    const held = walk.tell('decided', { allowed: false, until: '2026-01-01T05:00:00Z', why: 'quiet hours' })
    expect(walk.instance.states).toEqual(['held'])
    expect(held.effects.find((effect) => effect.kind === 'timer-set')).toMatchObject({
      timer: { due: Date.parse('2026-01-01T05:00:00Z') },
    })
    expect(tasksOf(walk.tell('again'))).toEqual(['policy.decide'])
  })
  it('asks a busy device again a few times, then fails', () => {
    const walk = offered()
    for (let round = 1; round < 5; round++) {
      walk.tell('declined', { reason: 'busy', detail: '' })
      expect(walk.instance.states).toEqual(['held'])
      walk.tell('again')
      walk.tell('decided', { allowed: true, until: '', why: '' })
    }
    walk.tell('declined', { reason: 'busy', detail: '' })
    expect(walk.instance.states).toEqual(['failed'])
  })
  it('never stays in progress for ever: a device that falls silent is offered again, then given up', () => {
    const walk = offered()
    for (let round = 1; round < 5; round++) {
      walk.tell('accepted')
      walk.tell('late')
      walk.tell('decided', { allowed: true, until: '', why: '' })
    }
    walk.tell('accepted')
    expect(tasksOf(walk.tell('late'))).toContain('device.cancel')
    expect(walk.instance.states).toEqual(['failed'])
  })
  it('can be cancelled from every state before its end', () => {
    const walk = offered()
    walk.tell('accepted')
    expect(tasksOf(walk.tell('cancel', { reason: 'superseded' }))).toEqual(['device.cancel', 'deliveries.record'])
    expect(walk.instance).toMatchObject({ states: ['cancelled'], data: { detail: 'superseded' } })
  })
})

describe('the service-lifecycle pattern', () => {
  const deliveries = (...ids: string[]) => ids.map((id) => ({ id, device: `of-${id}`, service: 's1', household: 'h1' }))
  const args = (order: string, ...ids: string[]) => ({
    order,
    subscription: 'x',
    version: '1.0.0',
    deliveries: deliveries(...ids),
  })
  const done = (order: string, result: string) => ({ order, delivery: '', result, detail: '' })
  const calls = (taken: Taken): string[] =>
    taken.effects.flatMap((effect) => (effect.kind === 'call' ? [effect.id] : []))
  const cancelled = (taken: Taken): string[] =>
    taken.effects.flatMap((effect) => (effect.kind === 'signal' && effect.signal.type === 'cancel' ? [effect.to] : []))

  it('starts one delivery per device and is active when the last is confirmed', () => {
    const walk = new Walk('service-lifecycle')
    expect(calls(walk.tell('add', args('o1', 'a', 'b')))).toEqual(['a', 'b'])
    walk.tell('delivered', done('o1', 'confirmed'))
    expect(walk.instance.states).toEqual(['authorized', 'provisioning'])
    walk.tell('delivered', done('o1', 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
  })
  it('is degraded when a device failed, and can be mended by another order', () => {
    const walk = new Walk('service-lifecycle')
    walk.tell('add', args('o1', 'a'))
    walk.tell('delivered', done('o1', 'failed'))
    expect(walk.instance.states).toEqual(['authorized', 'degraded'])
    walk.tell('modify', args('o2', 'b'))
    walk.tell('delivered', done('o2', 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
  })
  it('drops what is open of an older order when a newer one comes, and does not count its end', () => {
    const walk = new Walk('service-lifecycle')
    walk.tell('add', args('o1', 'a', 'b'))
    const modified = walk.tell('modify', args('o2', 'c'))
    expect(cancelled(modified)).toEqual(['model:delivery@1/a', 'model:delivery@1/b'])
    expect(calls(modified)).toEqual(['c'])
    walk.tell('delivered', done('o1', 'cancelled'))
    expect(walk.instance.states).toEqual(['authorized', 'updating'])
    walk.tell('delivered', done('o2', 'confirmed'))
    expect(walk.instance.states).toEqual(['active', 'authorized'])
  })
  it('cancels the deliveries of an order that is cancelled, but not those of a newer one', () => {
    const walk = new Walk('service-lifecycle')
    walk.tell('add', args('o1', 'a'))
    expect(cancelled(walk.tell('cancel-order', { order: 'older', reason: 'no' }))).toEqual([])
    expect(cancelled(walk.tell('cancel-order', { order: 'o1', reason: 'no' }))).toEqual(['model:delivery@1/a'])
  })
  it('ends when the service was removed from every device', () => {
    const walk = new Walk('service-lifecycle')
    walk.tell('add', args('o1', 'a'))
    walk.tell('delivered', done('o1', 'confirmed'))
    walk.tell('remove', args('o2', 'b'))
    walk.tell('delivered', done('o2', 'confirmed'))
    expect(walk.instance).toMatchObject({ states: ['ended'], done: true })
  })
  it('carries 250 devices in one macrostep', () => {
    const walk = new Walk('service-lifecycle')
    const ids = Array.from({ length: 250 }, (_, index) => `dlv-${'0'.repeat(18)}${index}`)
    expect(calls(walk.tell('add', args('o1', ...ids)))).toHaveLength(250)
    expect(cancelled(walk.tell('modify', args('o2', ...ids.map((id) => `${id}x`))))).toHaveLength(250)
  })
})
