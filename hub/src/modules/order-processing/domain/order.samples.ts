import type { Order, OrderItem } from './order.ts'

/** Orders and items for tests: whole, with what a test cares about put over it. */

const at = new Date('2026-01-01T00:00:00Z')

export function orderOf(more: Partial<Order> = {}): Order {
  return {
    id: 'ord-1',
    tenant: 'main',
    household: 'hh-1',
    requestedBy: 'usr-1',
    decision: 'dec-1',
    reference: null,
    origin: { kind: 'person', id: 'usr-1', name: 'Ann', cause: null },
    priority: 4,
    requestedStart: null,
    requestedCompletion: null,
    expectedCompletion: null,
    allOrNothing: true,
    conducted: true,
    phase: 'carrying-out',
    undoing: null,
    state: 'acknowledged',
    detail: '',
    milestones: [],
    jeopardy: null,
    createdAt: at,
    updatedAt: at,
    settledAt: null,
    ...more,
  }
}

export function itemOf(position: number, more: Partial<OrderItem> = {}): OrderItem {
  return {
    id: `itm-${position}`,
    order: 'ord-1',
    position,
    action: 'add',
    service: `s${position}`,
    version: '1.0.0',
    subscription: `sub-${position}`,
    state: 'acknowledged',
    detail: '',
    phase: 'waiting',
    undoes: false,
    origin: 'wished',
    because: '',
    channel: null,
    to: null,
    after: [],
    before: null,
    reasons: [],
    attempts: 0,
    ...more,
  }
}
