import { z } from 'zod'
import { count, each, instant, maybe, text, type Schemas } from '../parts.ts'

const consent = z.object({ kind: text, target: text, delivery: maybe.optional() })
const policy = z.object({ name: text, version: count })
const firing = policy.extend({ firing: text })
const approval = z.object({
  policy: text,
  name: text,
  firing: maybe,
  delivery: maybe,
  question: text,
  asked: text,
  until: instant,
})
const answered = approval.extend({ by: maybe, reason: text })
const instance = z.object({ model: text, version: text, entry: count, by: text, reason: text })
const migration = z.object({ migration: text, by: text, reason: text })

export const rules: Schemas = {
  'preferences.changed': z.object({ kind: text, version: count, matters: z.array(text) }),
  'consent.asked': consent,
  ...each(['consent.granted', 'consent.denied', 'consent.revoked'], consent.extend({ by: text })),
  'policy.written': policy,
  'policy.tried': policy.extend({ trial: text, seen: count, held: count, orders: count, households: count }),
  'policy.activated': policy.extend({ by: text, trial: maybe.optional(), group: maybe.optional() }),
  'policy.deactivated': policy.extend({ by: text, reason: text }),
  'policy.stopped': policy.extend({ cause: z.enum(['loop', 'total']), detail: text }),
  'policy.fired': firing.extend({ cause: text, state: text, detail: text }),
  'policy.notified': firing.extend({ message: text }),
  'policy.holding': firing.extend({ hold: text, until: instant, why: text }),
  'approval.requested': approval,
  ...each(['approval.approved', 'approval.denied', 'approval.expired'], answered),
  'role.assigned': z.object({ version: maybe, before: maybe, by: text }),
  'model.published': z.object({ version: text, by: text }),
  ...each(['instance.retried', 'instance.skipped', 'instance.repaired', 'instance.cancelled'], instance),
  'migration.started': migration.extend({ from: text, to: text }),
  'migration.cancelled': migration,
}
