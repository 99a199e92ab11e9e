import { z } from 'zod'
import { deviceClasses, displayName, entityId } from '../../entity-management/index.ts'
import { devicePassword, deviceToken, preSharedKey, protocol, username } from './device-identities.ts'
import { instant } from './parts.ts'

export const newGatewayCredential = z.object({
  protocol,
  name: displayName,
  credential: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('token'), token: deviceToken.optional() }),
      z.object({ kind: z.literal('password'), username: username.optional(), password: devicePassword.optional() }),
      z.object({ kind: z.literal('psk'), username: username.optional(), key: preSharedKey.optional() }),
    ])
    .optional()
    .describe('Absent = the protocol’s usual one, made by the hub; a secret that is left out likewise.'),
  household: entityId.nullable().default(null).describe('Whose its devices are; null = a person says it of each.'),
  class: z.enum(deviceClasses).nullable().default(null).describe('Of which class; null = a person says it of each.'),
  approval: z
    .string()
    .min(1)
    .max(1000)
    .default('person')
    .describe(
      '`person`; with household and class also `none`, or a CEL expression over `serial` (the identity) and `class`: where it holds, a device comes in without a person.',
    ),
})
export const gatewayCredentialView = z
  .object({
    id: z.string(),
    protocol,
    kind: z.enum(['token', 'password', 'psk']),
    name: z.string(),
    username: z.string().nullable(),
    household: z.string().nullable(),
    class: z.enum(deviceClasses).nullable(),
    approval: z.string(),
    createdBy: z.string(),
    createdAt: instant,
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'GatewayCredential' })
export const newGatewayCredentialView = gatewayCredentialView
  .extend({ secret: z.string().nullable().describe('Shown this once; null = you gave it.') })
  .meta({ id: 'NewGatewayCredential' })
