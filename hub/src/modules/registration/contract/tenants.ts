import { z } from 'zod'
import { storableText } from '../../../platform/storable-text.ts'
import { displayName } from '../../entity-management/index.ts'
import { instant } from './parts.ts'

const tenantId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/, 'A tenant’s id has 3 to 32 of a–z, 0–9 and -, and starts with a letter.')
export const tenantParams = z.object({ id: storableText(32).min(1) })
export const newTenant = z.object({ id: tenantId, name: displayName })
export const tenantChange = z.object({ name: displayName.optional(), disabled: z.boolean().optional() })
export const tenantView = z
  .object({
    id: z.string(),
    name: z.string(),
    disabled: z.boolean(),
    loginPage: z.string().describe('URL; it offers the tenant’s own identity providers, too.'),
    createdAt: instant,
  })
  .meta({ id: 'Tenant' })
export const newTenantView = tenantView
  .extend({ link: z.string().describe('For its first operator, good for 24 h and one account. Shown this once.') })
  .meta({ id: 'NewTenant' })
