import type { Database } from '../../../platform/database.ts'
import type { NewDelivery, NewOrder, OrderStorage } from '../app/storage.ts'

/** When all orders here are made. */
export const now = new Date('2026-01-01T00:00:00Z')

const plain = {
  phase: 'begun',
  undoes: false,
  origin: 'wished',
  because: '',
  channel: null,
  to: null,
  after: [],
  before: null,
  reasons: [],
  attempts: 1,
} as const

/** An order of one item for these devices of household `hh-<name>`: deliveries `dlv-<name>-<device>`. */
export function orderOf(name: string, devices: readonly string[]): NewOrder {
  const [id, item, subscription, household] = [`ord-${name}`, `itm-${name}`, `sub-${name}`, `hh-${name}`]
  const common = { tenant: 'main', service: 'guide', version: '1.0.0', subscription }
  return {
    order: {
      id,
      tenant: 'main',
      household,
      requestedBy: `usr-${name}`,
      decision: 'dec-1',
      reference: null,
      origin: { kind: 'person', id: `usr-${name}`, name: null, cause: null },
      priority: 4,
      requestedStart: null,
      requestedCompletion: null,
      expectedCompletion: null,
      allOrNothing: false,
      conducted: false,
      phase: 'carrying-out',
      undoing: null,
      state: 'acknowledged',
      detail: '',
      milestones: [],
      jeopardy: null,
      settledAt: null,
      createdAt: now,
      updatedAt: now,
    },
    items: [
      { ...common, ...plain, id: item, order: id, position: 0, action: 'add', state: 'acknowledged', detail: '' },
    ],
    deliveries: devices.map((device): NewDelivery => {
      const file = { component: 'app', manifest: 'aa', manifestSize: 10, files: 1, bytes: 5 }
      const what = { ...file, kind: 'install', turn: 0, purpose: 'carry-out' } as const
      return { ...common, ...what, id: `dlv-${name}-${device}`, order: id, item, household, device }
    }),
  }
}

/** Writes them with their subscriptions. */
export function writeOrders(database: Database, store: OrderStorage, orders: readonly NewOrder[]): Promise<void> {
  return database.transaction(async (tx) => {
    const subscriptions = orders.map(({ order, items: [item] }) => {
      const { subscription, service, version } = item!
      const id = subscription!
      const { tenant, household } = order
      return {
        id,
        tenant,
        household,
        service,
        version,
        state: 'requested',
        pinned: null,
        channel: null,
        wishedBy: null,
        commercial: 'requested' as const,
        createdAt: now,
        updatedAt: now,
      }
    })
    await store.addSubscriptions(tx, subscriptions)
    await store.addOrders(tx, orders)
  })
}
