import { z } from 'zod'
import { each, instant, maybe, text, type Schemas } from '../parts.ts'

const texts = z.array(text)

export const people: Schemas = {
  ...each(
    ['account.created', 'account.changed', 'account.removed'],
    z.object({ name: text, roles: texts, disabled: z.boolean() }),
  ),
  ...each(
    ['api-key.created', 'api-key.revoked'],
    z.object({ account: text, name: text, roles: texts, actions: texts.nullable() }),
  ),
  'user-group.created': z.object({ name: text, roles: texts, added: texts.optional() }),
  'user-group.changed': z.object({ name: text, roles: texts, added: texts.optional(), removed: texts.optional() }),
  'user-group.removed': z.object({ name: text, roles: texts }),
  'api-key.expiring': z.object({ account: text, name: text, expiresAt: instant }),
  ...each(
    ['identity-provider.created', 'identity-provider.changed', 'identity-provider.removed'],
    z.object({ name: text, issuer: text, roleMapping: z.unknown(), disabled: z.boolean() }),
  ),
  ...each(
    ['directory.created', 'directory.changed', 'directory.removed'],
    z.object({ name: text, kind: z.enum(['ldap', 'http']), url: text, disabled: z.boolean() }),
  ),
  ...each(
    ['invitation.created', 'invitation.accepted', 'invitation.revoked'],
    z.object({ tenant: text, roles: texts, email: maybe, createdBy: maybe }),
  ),
  'backup.restored': z.object({ backup: text, madeAt: instant, restoredAt: instant, by: text }),
  ...each(['tenant.created', 'tenant.changed'], z.object({ name: text, disabled: z.boolean() })),
}
