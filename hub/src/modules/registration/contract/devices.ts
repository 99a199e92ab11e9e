import { z } from 'zod'
import { pageQuery } from '../../../platform/http/page.ts'
import { deviceClasses, deviceProtocols, displayName, entityId } from '../../entity-management/index.ts'
import { ticketStates } from '../domain/ticket.ts'
import { mostRequestText } from '../domain/x509/csr.ts'
import { instant } from './parts.ts'

/** Printable ASCII without spaces: it is part of what the device signs, and of nobody's markup. */
export const serial = z
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
    household: z.string().nullable().describe('Null = whoever agrees says it.'),
    claim: z.string().nullable().describe('Null of a device that speaks a protocol of its own.'),
    serial: z.string(),
    class: z.enum(deviceClasses).nullable().describe('Null = whoever agrees says it.'),
    protocol: z.enum(deviceProtocols),
    identity: z.string().nullable().describe('What it calls itself in its protocol; null of a native device.'),
    gateway: z.string().nullable().describe('The credential of its batch that it has shown.'),
    device: z.string().nullable().describe('What it became, or the device that it says to be.'),
    says: z.record(z.string(), z.string()).describe('What it says of itself: nobody has checked it.'),
    state: z.enum(ticketStates).describe('`approved` until the device has come for its certificate.'),
    askedAt: instant,
    expiresAt: instant,
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'EnrolmentTicket' })
/** What a person says of a waiting device. */
export const acceptance = z.object({
  household: entityId.optional().describe('Absent = that of its batch.'),
  class: z.enum(deviceClasses).optional().describe('Absent = that of its batch.'),
  name: displayName.optional(),
})
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
