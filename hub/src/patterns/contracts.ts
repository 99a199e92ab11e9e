import type { RoleContract } from '../engine/index.ts'

/** What modules, and the shipped patterns among themselves, rely on in whoever fills a role. */

/** Of an order to a subscription. */
const order = {
  order: 'string',
  item: 'string',
  subscription: 'string',
  version: 'string',
  deliveries: 'list',
} as const

const serviceLifecycle: RoleContract = {
  role: 'service-lifecycle',
  title: 'The life of a subscription',
  signals: {
    add: order,
    modify: order,
    suspend: order,
    resume: order,
    move: order,
    remove: order,
    restore: order,
    'cancel-order': { order: 'string', reason: 'string' },
    drifted: { detail: 'string' },
    agreed: {},
  },
  states: ['authorized', 'active', 'suspended', 'degraded', 'ended'],
  tasks: ['subscriptions.record', 'orders.carriedOut', 'deliveries.record'],
  calls: ['delivery'],
  sends: { delivery: ['start', 'withdraw'] },
}

const delivery: RoleContract = {
  role: 'delivery',
  title: 'One component version to one device',
  signals: {
    start: {},
    accepted: {},
    declined: { reason: 'string', detail: 'string' },
    outcome: { proven: 'bool', result: 'string', detail: 'string' },
    again: {},
    late: {},
    withdraw: { reason: 'string', gone: 'bool?' },
  },
  called: ['order', 'turn', 'device', 'household', 'service'],
  returns: ['turn', 'delivery', 'result', 'detail'],
  states: ['planned', 'confirmed', 'failed', 'cancelled'],
  tasks: ['policy.decide', 'device.offer', 'device.cancel', 'deliveries.record'],
}

const why = { why: 'string' } as const

const campaign: RoleContract = {
  role: 'campaign',
  title: 'One order for many households',
  signals: {
    plan: {},
    'plan-again': why,
    start: why,
    pause: why,
    resume: why,
    approved: why,
    abort: why,
    'roll-back': why,
  },
  states: ['planning', 'planned', 'running', 'waiting', 'paused', 'aborting', 'rolling-back', 'completed', 'aborted'],
  tasks: ['campaigns.plan', 'campaigns.look', 'campaigns.record'],
}

const serviceOrder: RoleContract = {
  role: 'service-order',
  title: 'One order, from its acknowledgement to its outcome',
  signals: {
    placed: { start: 'string', look: 'string' },
    'carried-out': { item: 'string', result: 'string', detail: 'string' },
    'taking-back': { detail: 'string' },
    over: { state: 'string', detail: 'string' },
    'cancel-asked': { reason: 'string' },
    'tried-again': { item: 'string', look: 'string' },
  },
  states: ['acknowledged'],
  tasks: ['orders.plan', 'orders.watch', 'orders.assess', 'orders.stop', 'orders.giveUp'],
}

export const roleContracts: readonly RoleContract[] = [serviceLifecycle, delivery, serviceOrder, campaign]
