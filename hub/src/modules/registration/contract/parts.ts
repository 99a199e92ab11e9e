import { z } from 'zod'
import { entityId } from '../../entity-management/index.ts'
import { roles } from '../domain/account.ts'

export const instant = z.iso.datetime()
export const role = z.enum(roles)
export const roleSet = z
  .array(role)
  .min(1)
  .max(roles.length)
  .overwrite((given) => [...new Set(given)])
export const idParams = z.object({ id: entityId })
/** At most 256 characters, so that nobody has the hub hash a book. */
export const password = z.string().min(1).max(256)
export const newPassword = z
  .string()
  .min(12, 'A password has at least 12 characters.')
  .max(256)
  .describe('12 to 256 characters.')
export const accountName = z
  .string()
  .overwrite((name) => name.toLowerCase())
  .regex(
    /^[a-z0-9][a-z0-9._@-]{0,62}$/,
    'An account name has 1 to 63 of a–z, 0–9, dot, _, @ and -, and starts with a letter or digit.',
  )
