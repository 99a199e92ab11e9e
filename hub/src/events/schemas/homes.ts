import { z } from 'zod'
import { count, each, instant, maybe, text, type Schemas } from '../parts.ts'

const claim = z.object({
  kind: z.enum(['token', 'certificate']),
  serial: maybe,
  approval: text,
  order: maybe,
  uses: count,
  expiresAt: instant,
  createdBy: text,
})

const enrolment = z.object({
  claim: maybe.optional(),
  serial: text,
  class: maybe,
  protocol: maybe.optional(),
  identity: maybe.optional(),
  gateway: maybe.optional(),
})
const decided = enrolment.extend({ decidedBy: text })

const enrolled = z.object({
  class: text.optional(),
  serial: text.optional(),
  claim: text.optional(),
  protocol: text.optional(),
  identity: text.optional(),
})

const group = z.object({ name: text, kind: z.enum(['static', 'live']), filter: maybe, devices: count.optional() })
const operation = z.object({ kind: text, planned: count, done: count, skipped: count, failed: count, why: text })
const nothing = z.object({})
const device = z.object({
  name: maybe.optional(),
  state: text.optional(),
  protocol: text.optional(),
  why: text.optional(),
})

export const homes: Schemas = {
  ...each(['household.created', 'household.changed'], z.object({ name: text, kind: text, timeZone: text })),
  ...each(['user.created', 'user.changed'], z.object({ name: text, households: z.array(text).optional() })),
  ...each(['user.exported', 'user.erased'], nothing),
  ...each(['user.merged', 'household.merged'], z.object({ into: text })),
  ...each(
    ['attribute.defined', 'attribute.changed', 'attribute.removed'],
    z.object({ kind: text, name: text, type: text, required: z.boolean() }),
  ),
  ...each(['note.added', 'note.removed'], z.object({ kind: text, note: text })),
  ...each(['claim.created', 'claim.revoked'], claim),
  'enrolment.waiting': enrolment,
  ...each(['enrolment.approved', 'enrolment.refused'], decided),
  ...each(
    ['gateway-credential.created', 'gateway-credential.revoked'],
    z.object({ protocol: text, kind: text, name: text, approval: text }),
  ),
  ...each(['device.enrolled', 'device.re-enrolled'], enrolled),
  ...each(['group.created', 'group.changed', 'group.deleted'], group),
  'group.members-changed': group.extend({ added: count, removed: count }),
  ...each(
    ['started', 'completed', 'failed', 'cancelled'].map((state) => `device-operation.${state}`),
    operation,
  ),
  ...each(['device.connected', 'device.disconnected'], nothing),
  'device.capabilities-changed': z.looseObject({}).describe('The parts of its capability report that are others now.'),
  'device.log': z.object({ request: text, characters: count }),
  'device.fault': z.object({ code: text, detail: text }),
  ...each(['device.changed', 'device.decommissioned', 'device.quarantined', 'device.released'], device),
  ...each(['device.identity-added', 'device.identity-removed'], z.object({ protocol: text, identity: text })),
  ...each(['device.credential-added', 'device.credential-removed'], z.object({ protocol: text, kind: text })),
}
