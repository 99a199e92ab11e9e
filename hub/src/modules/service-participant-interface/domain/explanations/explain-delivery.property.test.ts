import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Delivery } from '../../../order-processing/index.ts'
import { explainDelivery } from './explain-delivery.ts'
import type { CourseStep, Facts } from './facts.ts'

const at = new Date(Date.UTC(2026, 0, 15, 12))
const states = ['planned', 'held', 'pending', 'accepted', 'confirmed', 'failed', 'cancelled'] as const

const steps = fc.array(
  fc.record({
    at: fc.constant(at),
    type: fc.constantFrom(
      'start',
      'decided',
      'accepted',
      'declined',
      'outcome',
      'late',
      'unreached',
      'withdraw',
      'cancel',
      'again',
      'operator.retry',
    ),
    outcome: fc.constantFrom('fired', 'ignored', 'operated'),
    args: fc.record({
      verdict: fc.constantFrom('now', 'later', 'never', ''),
      until: fc.constantFrom('', at.toISOString()),
      why: fc.oneof(fc.string(), fc.constantFrom(' ', '.')),
      reason: fc.constantFrom('', 'busy', 'superseded', 'superseded by order ord-2', 'no-space'),
      detail: fc.string(),
      proven: fc.boolean(),
    }),
  }) as fc.Arbitrary<CourseStep>,
  { maxLength: 20 },
)

const deliveries = fc.record({
  state: fc.constantFrom(...states),
  kind: fc.constantFrom('install', 'suspend', 'remove'),
  purpose: fc.constantFrom('carry-out', 'restore'),
  detail: fc.oneof(fc.string(), fc.constantFrom('superseded by order ord-2', ' ', '.', ' .\n')),
  stage: fc.constantFrom('', 'downloading'),
  done: fc.nat(100),
  total: fc.constantFrom(0, 100),
})

it('a delivery in any state has a chain whose causes come before, and whose last link says its state', () => {
  fc.assert(
    fc.property(deliveries, steps, fc.boolean(), (given, course, reachable) => {
      const settledAt = ['confirmed', 'failed', 'cancelled'].includes(given.state) ? at : null
      const fixed = {
        id: 'dlv-1',
        order: 'ord-1',
        item: 'itm-1',
        device: 'dev-1',
        service: 'guide',
        version: '1.0.0',
        component: 'app',
      }
      const counts = { files: 1, bytes: 1, turn: 0, proof: null, createdAt: at, updatedAt: at, settledAt }
      const delivery = { ...fixed, ...counts, ...given } as unknown as Delivery
      const device = {
        id: 'dev-1',
        household: 'hh-1',
        class: 'phone',
        state: 'active',
        name: null,
        reachable,
        reachableChangedAt: null,
        capabilities: null,
      } as const
      const nothing = new Map<string, never>()
      const facts: Facts = {
        now: at,
        zone: 'UTC',
        devices: new Map([['dev-1', device]]),
        households: nothing,
        orders: nothing,
        askers: nothing,
        firings: nothing,
        campaigns: nothing,
        seesCampaigns: true,
        answers: nothing,
        courses: new Map([['dlv-1', course]]),
        offers: nothing,
      }
      const { answer, chain, now, next } = explainDelivery(facts, delivery)
      expect(answer.length).toBeGreaterThan(5)
      const last = chain.at(-1)!
      expect(last.kind).toBe('state')
      expect(last.sentence).toMatch(given.state === 'confirmed' ? /guide/ : new RegExp(`is ${given.state}: \\S`))
      for (const [place, { cause }] of chain.entries()) expect(cause ?? -1).toBeLessThan(place)
      expect(now === null).toBe(settledAt !== null)
      expect(next === null).toBe(settledAt !== null)
    }),
  )
})
