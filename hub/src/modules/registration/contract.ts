import { z } from 'zod'
import { hasCredentials } from '../../platform/http/url-credentials.ts'
import { pageQuery } from '../../platform/http/page.ts'
import { storableText } from '../../platform/storable-text.ts'
import { deviceClasses, displayName, entityId } from '../entity-management/index.ts'
import { roles } from './domain/account.ts'
import { ticketStates } from './domain/ticket.ts'
import { mostRequestText } from './domain/x509/csr.ts'

const instant = z.iso.datetime()
const role = z.enum(roles)
const roleSet = z
  .array(role)
  .min(1)
  .max(roles.length)
  .overwrite((given) => [...new Set(given)])

export const idParams = z.object({ id: entityId })

/** At most 256 characters, so that nobody has the hub hash a book. */
const password = z.string().min(1).max(256)
const newPassword = z
  .string()
  .min(12, 'A password has at least 12 characters.')
  .max(256)
  .describe('12 to 256 characters.')
const accountName = z
  .string()
  .overwrite((name) => name.toLowerCase())
  .regex(
    /^[a-z0-9][a-z0-9._@-]{0,62}$/,
    'An account name has 1 to 63 of a–z, 0–9, dot, _, @ and -, and starts with a letter or digit.',
  )

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
    expiresInSeconds: z
      .number()
      .int()
      .min(60)
      .max(7 * 86_400)
      .default(86_400),
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
  .extend({ link: z.string().describe('For the person only. Good once. Shown this once.') })
  .meta({ id: 'NewInvitation' })
export const acceptance = z.object({
  token: z.string().min(1).max(128),
  name: accountName,
  password: newPassword,
})

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

/** Printable ASCII without spaces: it is part of what the device signs, and of nobody's markup. */
const serial = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, 'A serial number has 1 to 64 printable ASCII characters, no spaces.')

const claimFields = z.object({
  household: entityId.nullable().default(null).describe('Whose devices they will be; null = that of the order.'),
  order: entityId.nullable().default(null).describe('The claim ends when this order does.'),
  uses: z.number().int().min(1).max(10_000).default(1),
  serial: serial.nullable().default(null).describe('Only the device with this serial number may use it.'),
  serialPrefix: serial.nullable().default(null).describe('Only devices whose serial number begins so may use it.'),
  approval: z
    .string()
    .min(1)
    .max(1000)
    .default('none')
    .describe(
      '`none`, `person`, or a CEL expression over `serial` and `class`: where it does not hold, a person decides (GET /api/v1/enrolments?state=waiting).',
    ),
  csr: z
    .string()
    .min(1)
    .max(mostRequestText)
    .nullable()
    .default(null)
    .describe(
      'Certification request (PKCS #10), PEM, with an empty subject: makes a claim certificate in place of a secret, for factories. A device shows it (TLS) when it enrols.',
    ),
  device: entityId
    .nullable()
    .default(null)
    .describe(
      'Gives this device of the household its identity back: one whose certificate has run out, or whose key is lost.',
    ),
  expiresInSeconds: z
    .number()
    .int()
    .min(1)
    .max(366 * 86_400)
    .default(3_600)
    .describe('At most 30 days; of a claim certificate 366.'),
})
export const newClaim = claimFields
  .refine(({ household, order }) => household !== null || order !== null, {
    path: ['household'],
    message: 'A claim is for a household, or for an order and so for its household.',
  })
  .refine(({ csr, expiresInSeconds }) => csr !== null || expiresInSeconds <= 30 * 86_400, {
    path: ['expiresInSeconds'],
    message: 'A claim that is a secret is good for at most 30 days.',
  })
export const claimView = z
  .object({
    id: z.string(),
    household: z.string(),
    kind: z.enum(['token', 'certificate']).describe('What proves it: a secret, or a claim certificate.'),
    serial: z.string().nullable(),
    serialPrefix: z.string().nullable(),
    approval: z.string(),
    order: z.string().nullable(),
    device: z.string().nullable(),
    uses: z.number(),
    used: z.number(),
    createdBy: z.string(),
    createdAt: instant,
    expiresAt: instant,
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'Claim' })
export const newClaimView = claimView
  .extend({
    claim: z
      .string()
      .describe(
        'Give it to the device or its installer. Shown this once. Of a claim certificate its name, which is no secret. After the dot: by what the device recognises the hub (SHA-256 of its root certificate); no dot where the hub shows a certificate of another authority.',
      ),
    certificate: z.string().optional().describe('The claim certificate and its issuer’s, PEM.'),
    authority: z
      .string()
      .optional()
      .describe('With it: the root’s certificate, PEM, where the hub is recognised by it.'),
  })
  .meta({ id: 'NewClaim' })
export const claimQuery = pageQuery.extend({ household: entityId.optional() })

const keyRequest = z
  .string()
  .min(1)
  .max(mostRequestText)
  .describe(
    'Certification request (PKCS #10), PEM: Ed25519 or P-256, no attributes; the subject empty, or one common name.',
  )

export const enrolmentRequest = z.object({
  claim: z.string().min(1).max(128),
  serial,
  class: z.enum(deviceClasses),
  csr: keyRequest,
  signature: z
    .string()
    .max(128)
    .describe(
      'With the same key over `sutler-enrol/1\\n<claim>\\n<serial>\\n<key>`, base64url; the key is the request’s.',
    ),
})
const certified = {
  certificate: z.string().describe('The device’s certificate and its issuer’s, PEM.'),
  issuedAt: instant,
  expiresAt: instant.describe('When the certificate ends; the agent renews it before.'),
  authority: z.string().describe('The root’s certificate, PEM: by it the hub is recognised.'),
}
export const enrolmentView = z
  .object({
    device: z.string().describe('The device’s id; its MQTT client id and user name.'),
    hub: z.string().describe('The hub’s id, part of what the device signs to connect.'),
    mqtt: z.string().describe('`mqtts://host:port` of the broker.'),
    household: z.string(),
    ...certified,
    trustRoot: z
      .string()
      .describe('Signed root metadata (TUF), JSON: what the device verifies services by from now on.'),
  })
  .meta({ id: 'Enrolment' })

export const waitingView = z
  .object({
    ticket: z.string().describe('A person is to agree; ask again with the same claim and key, as Retry-After says.'),
    expiresAt: instant,
  })
  .meta({ id: 'WaitingEnrolment' })
export const ticketQuery = pageQuery.extend({ state: z.enum(ticketStates).optional() })
export const ticketView = z
  .object({
    id: z.string(),
    household: z.string(),
    claim: z.string(),
    serial: z.string(),
    class: z.enum(deviceClasses),
    state: z.enum(ticketStates).describe('`approved` until the device has come for its certificate.'),
    askedAt: instant,
    expiresAt: instant,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'EnrolmentTicket' })

export const auditQuery = pageQuery.extend({
  since: instant.optional().describe('Not before then.'),
  principal: storableText(128).min(1).optional().describe('Id of who did it.'),
  action: storableText(80).min(1).optional().describe('Such as `order.write`.'),
  about: storableText(128).min(1).optional().describe('An id that it is about.'),
})
export const headQuery = pageQuery
export const auditEntryView = z
  .object({
    chain: z.number().int(),
    position: z.number().int(),
    at: instant,
    tenant: z.string(),
    decision: z.string().nullable().describe('Null for the hub’s own work, which follows from earlier decisions.'),
    principal: z.object({ id: z.string(), kind: z.string(), name: z.string().optional() }),
    action: z.string(),
    object: z.record(z.string(), z.string()),
    verdict: z.string().describe('allowed, forbidden, hidden, refused'),
    reason: z.string(),
    request: z.string().nullable(),
    count: z.number().int().describe('How often within a minute, where that is not once.'),
    changes: z.array(
      z.object({
        type: z.string(),
        subject: z.string(),
        household: z.string().nullable(),
        data: z.record(z.string(), z.unknown()),
      }),
    ),
    about: z.array(z.string()),
  })
  .meta({ id: 'AuditEntry' })
export const auditHeadView = z
  .object({
    number: z.number().int(),
    head: z.string().describe('The text that is signed: number, time, digest of the head before, ends of all chains.'),
    signature: z.string().describe('Ed25519 over `sutler-audit-head/1\\n<head>`, base64url.'),
    cut: z.string().nullable().describe('Signed, when older rows were removed up to here.'),
    key: z.string().describe('Public key, base64url.'),
  })
  .meta({ id: 'AuditHead' })
export const renewalRequest = z.object({
  csr: keyRequest.describe('As for an enrolment, for the same key or a new one; a name in it is the device’s id.'),
  proof: z
    .object({
      device: entityId,
      time: z.number().int().describe('Milliseconds since the Unix epoch.'),
      signature: z.string().max(128).describe('Over `sutler-renew/1\\n<hub>\\n<device>\\n<time>\\n<key>`, base64url.'),
    })
    .optional()
    .describe('Where the device cannot show its certificate to the web server.'),
})
export const renewalView = z.object({ device: z.string(), ...certified }).meta({ id: 'Renewal' })

export const authorityView = z
  .object({
    fingerprint: z.string().describe('SHA-256 of the root’s certificate, base64url.'),
    root: z.string().describe('PEM'),
    rootKey: z.enum(['hub', 'offline']),
    issuer: z.string(),
    issuerExpiresAt: instant,
  })
  .meta({ id: 'Authority' })
export const intermediateRequestView = z
  .object({
    id: z.string(),
    name: z.string().describe('The common name that its certificate must have.'),
    csr: z.string().describe('PEM'),
  })
  .meta({ id: 'IntermediateRequest' })
export const intermediateCertificate = z.object({ certificate: z.string().min(1).max(8192).describe('PEM') })
export const rootExport = z.object({
  passphrase: newPassword.describe('Encrypts the key. 12 to 256 characters.'),
})
export const exportedRootView = z
  .object({
    certificate: z.string().describe('PEM'),
    key: z.string().describe('PKCS #8, encrypted, PEM. Shown this once.'),
  })
  .meta({ id: 'ExportedRoot' })
