import { z } from 'zod'
import { pageQuery } from '../../../platform/http/page.ts'
import { displayName, entityId } from '../../entity-management/index.ts'
import { instant, role, roleSet, password, newPassword, accountName } from './parts.ts'

export const login = z.object({ name: z.string().min(1).max(128).toLowerCase(), password })
export const principalView = z
  .object({
    id: z.string(),
    kind: z.enum(['person', 'system']),
    name: z.string(),
    tenant: z.string().describe('Whose people it is of; it sees nothing of others.'),
    roles: z.array(role),
    households: z.array(z.string()),
    actions: z.array(z.string()).optional().describe('Only these; absent = all that the roles allow.'),
  })
  .meta({ id: 'Principal' })
export const sessionView = z
  .object({
    token: z.string().describe('Send as `Authorization: Bearer <token>`. Shown this once.'),
    expiresAt: instant,
    principal: principalView,
  })
  .meta({ id: 'Session' })
export const browserSessionView = sessionView.omit({ token: true }).meta({ id: 'BrowserSession' })
export const openSessionView = z
  .object({
    id: z.string(),
    kind: z.enum(['token', 'browser']),
    current: z.boolean().describe('The one that this request was sent with.'),
    createdAt: instant,
    lastUsedAt: instant.describe('Some seconds late.'),
    expiresAt: instant,
  })
  .meta({ id: 'OpenSession' })
export const passwordChange = z.object({ current: password, next: newPassword })
export const newAccount = z
  .object({
    name: accountName,
    password: newPassword,
    roles: roleSet,
    user: entityId.optional().describe('The person it is for; absent = a new one of the same name.'),
    households: z.array(entityId).max(100).optional().describe('Of the new person.'),
  })
  .refine((account) => account.user === undefined || account.households === undefined, {
    path: ['households'],
    message: 'Households are set at the user when there is one: PATCH /api/v1/users/{id}.',
  })
export const accountChange = z.object({
  roles: roleSet.optional(),
  disabled: z.boolean().optional(),
  password: newPassword.optional(),
})
export const accountView = z
  .object({
    id: z.string().describe('Also the id of the user.'),
    name: z.string(),
    roles: z.array(role),
    disabled: z.boolean(),
    createdAt: instant,
  })
  .meta({ id: 'Account' })
export const newInvitation = z
  .object({
    roles: roleSet,
    user: entityId.optional().describe('The person it is for; absent = a new one of the name that they choose.'),
    households: z.array(entityId).max(100).optional().describe('Of the new person.'),
    email: z
      .email()
      .max(254)
      .overwrite((address) => address.toLowerCase())
      .nullable()
      .default(null)
      .describe('Who logs in through an identity provider with this verified address may use it, too.'),
    send: z.boolean().optional().describe('Whether the link is to be sent to that address by e-mail.'),
    expiresInSeconds: z
      .number()
      .int()
      .min(60)
      .max(7 * 86_400)
      .default(86_400),
  })
  .refine(({ send, email }) => send !== true || email !== null, {
    path: ['email'],
    message: 'Say to which address the link is to be sent.',
  })
  .refine((invitation) => invitation.user === undefined || invitation.households === undefined, {
    path: ['households'],
    message: 'Households are set at the user when there is one: PATCH /api/v1/users/{id}.',
  })
export const invitationView = z
  .object({
    id: z.string(),
    roles: z.array(role),
    user: z.string().nullable(),
    households: z.array(z.string()),
    email: z.string().nullable(),
    createdBy: z.string().nullable().describe('Account id; null = the hub, for its first operator.'),
    createdAt: instant,
    expiresAt: instant,
    usedAt: instant.nullable(),
  })
  .meta({ id: 'Invitation' })
export const newInvitationView = invitationView
  .extend({
    link: z.string().describe('For the person only. Good once. Shown this once.'),
    mailed: z
      .enum(['no', 'taken', 'refused', 'failed'])
      .describe('What became of the e-mail with the link: `taken` by the mail server, or hand on the link yourself.'),
  })
  .meta({ id: 'NewInvitation' })
export const acceptance = z.object({
  token: z.string().min(1).max(128),
  name: accountName,
  password: newPassword,
})
const action = z.templateLiteral([z.string().regex(/^[a-z-]{1,40}$/), '.', z.string().regex(/^[a-z-]{1,40}$/)])
export const newApiKey = z.object({
  name: displayName,
  roles: roleSet,
  actions: z.array(action).min(1).max(100).nullable().default(null).describe('Only these, such as `order.write`.'),
  expiresInSeconds: z
    .number()
    .int()
    .min(60)
    .max(366 * 86_400)
    .default(90 * 86_400),
})
export const apiKeyQuery = pageQuery.extend({
  action: action.optional().describe('Only keys that are limited to some actions, this one among them.'),
})
export const apiKeyView = z
  .object({
    id: z.string(),
    account: z.string(),
    name: z.string(),
    roles: z.array(role),
    actions: z.array(z.string()).nullable(),
    createdAt: instant,
    expiresAt: instant,
    revokedAt: instant.nullable(),
    lastUsedAt: instant.nullable().describe('Some seconds late; null = never.'),
  })
  .meta({ id: 'ApiKey' })
export const newApiKeyView = apiKeyView
  .extend({ key: z.string().describe('Send as `Authorization: Bearer <key>`. Shown this once.') })
  .meta({ id: 'NewApiKey' })
