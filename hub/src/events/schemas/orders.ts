import { z } from 'zod'
import { count, each, instant, maybe, text, type Schemas } from '../parts.ts'

const origin = z
  .looseObject({ kind: text, id: text.optional(), name: text.optional() })
  .describe('Who asked for it: a person, a system, a policy, a campaign, or TM Forum’s interface.')

const order = z.object({
  reference: maybe,
  origin,
  detail: text.optional().describe('Why it was rejected, failed or cancelled.'),
  items: z.array(z.object({ id: text, action: text, service: text, version: text, state: text })),
})

const delivery = z.object({
  order: text,
  device: text,
  service: text,
  version: text,
  state: text,
  detail: text,
  stage: maybe,
  done: count.nullable().describe('Bytes or files of the stage that are done.'),
  total: count.nullable(),
  files: count,
  bytes: count,
})

const subscription = z.object({
  service: text,
  version: text,
  commercial: text,
  cause: text.optional(),
  detail: text.optional(),
})

const drift = z.object({
  subscription: text,
  service: text,
  version: text,
  component: text,
  wanted: z.enum(['installed', 'suspended', 'absent']),
  detail: text,
})

const campaign = z.object({ name: text, state: text, why: text })

export const orders: Schemas = {
  ...each(
    ['acknowledged', 'rejected', 'pending', 'held', 'inProgress', 'completed', 'failed', 'partial', 'cancelled'].map(
      (state) => `order.${state}`,
    ),
    order,
  ),
  ...each(['order.assessingCancellation', 'order.pendingCancellation'], order),
  'order.milestone': z.object({ reference: maybe, origin, name: text, at: instant }),
  'order.jeopardy': z.object({
    reference: maybe,
    origin,
    level: z.enum(['none', 'amber', 'red']),
    message: text,
    cause: text,
  }),
  ...each(
    ['pending', 'held', 'accepted', 'progress', 'confirmed', 'failed', 'cancelled'].map((state) => `delivery.${state}`),
    delivery,
  ),
  'delivery.dropped': z.object({ device: text, reason: text }),
  ...each(
    ['provisioning', 'updating', 'suspending', 'resuming', 'moving', 'removing', 'restoring'].map(
      (state) => `subscription.${state}`,
    ),
    subscription,
  ),
  ...each(
    ['active', 'suspended', 'ended', 'degraded'].map((state) => `subscription.${state}`),
    subscription,
  ),
  ...each(['device.drifted', 'device.agreed'], drift),
  ...each(
    ['planning', 'planned', 'running', 'waiting', 'paused', 'aborting', 'rollingBack'].map(
      (name) => `campaign.${name}`,
    ),
    campaign,
  ),
  ...each(
    ['completed', 'aborted', 'rolledBack', 'failed'].map((name) => `campaign.${name}`),
    campaign,
  ),
}
