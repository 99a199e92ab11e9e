import { z } from 'zod'
import { hasCredentials } from '../../../platform/http/url-credentials.ts'
import { displayName } from '../../entity-management/index.ts'
import { instant, role } from './parts.ts'

const roleMapping = z
  .object({
    claim: z.string().min(1).max(128).describe('Of the ID token, for example `groups`.'),
    roles: z
      .record(z.string().min(1).max(256), role)
      .refine((given) => Object.keys(given).length <= 100, 'At most 100 values.')
      .describe('Role by value of the claim.'),
  })
  .describe('Whoever has such a value gets the role without an invitation, and loses it with the value.')
const scope = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/)
const scopes = z
  .array(scope)
  .max(20)
  .refine((given) => given.includes('openid'), 'OpenID Connect needs the scope `openid`.')
const clientSecret = z.string().min(1).max(1024)
export const newIdentityProvider = z.object({
  name: displayName.describe('On the log-in page.'),
  issuer: z
    .string()
    .max(512)
    .refine((text) => URL.canParse(text) && /^https?:/.test(text), 'An issuer is a URL.')
    .refine((text) => !hasCredentials(text), 'An issuer has no name or password in it.'),
  clientId: z.string().min(1).max(256),
  clientSecret: clientSecret.nullable().default(null).describe('Null = a public client.'),
  scopes: scopes.default(['openid', 'email', 'profile']),
  roleMapping: roleMapping.nullable().default(null),
})
export const identityProviderChange = z.object({
  name: displayName.optional(),
  clientSecret: clientSecret.nullable().optional(),
  scopes: scopes.optional(),
  roleMapping: roleMapping.nullable().optional(),
  disabled: z.boolean().optional(),
})
export const roleMappingTrial = z
  .strictObject({
    roleMapping,
    claims: z
      .record(z.string().min(1).max(256), z.unknown())
      .describe('Of an ID token, as the provider would write them: `{"groups": ["hub-ops"]}`.'),
  })
  .meta({ id: 'RoleMappingTrial' })
export const triedRoleMapping = z
  .object({ roles: z.array(role).describe('Empty: whoever has these claims only gets in by an invitation.') })
  .meta({ id: 'TriedRoleMapping' })
export const identityProviderView = z
  .object({
    id: z.string(),
    name: z.string(),
    issuer: z.string(),
    clientId: z.string(),
    scopes: z.array(z.string()),
    roleMapping: roleMapping.nullable(),
    disabled: z.boolean(),
    createdAt: instant,
    callback: z.string().describe('The redirect URI to register with the provider.'),
  })
  .meta({ id: 'IdentityProvider' })
