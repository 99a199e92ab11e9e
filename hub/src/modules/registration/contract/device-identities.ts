import { z } from 'zod'
import { deviceClasses, deviceProtocols, displayName, entityId } from '../../entity-management/index.ts'
import { credentialKinds, foreignProtocols } from '../domain/device-identity.ts'
import { mostPublicKeyText } from '../domain/public-key.ts'
import { serial } from './devices.ts'
import { instant } from './parts.ts'

const printable = (most: number, what: string) =>
  z.string().regex(new RegExp(`^\\P{C}{1,${most}}$`, 'u'), `${what} has 1 to ${most} printable characters.`)

/** A name that a device shows with its secret. A colon would end it in HTTP Basic (RFC 7617, 2). */
export const username = printable(256, 'A user name').refine((name) => !name.includes(':'), 'A user name has no colon.')
export const devicePassword = z
  .string()
  .regex(/^[\x20-\x7e]{8,256}$/, 'A password has 8 to 256 printable ASCII characters.')
export const deviceToken = z
  .string()
  .regex(/^[\x21-\x7e]{16,4096}$/, 'A token has 16 to 4096 printable ASCII characters, no spaces.')
export const preSharedKey = z
  .string()
  .regex(/^(?:[0-9a-fA-F]{2}){16,64}$/, 'A pre-shared key has 16 to 64 bytes, in hexadecimal.')
  .transform((key) => key.toLowerCase())

export const protocol = z.enum(foreignProtocols)
export const identity = printable(512, 'An identity').describe(
  'What the device calls itself in its protocol: controller id (ddi), identity data (mender), OUI-class-serial (cwmp), endpoint id (usp), endpoint name (lwm2m).',
)

export const wantedCredential = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('token'), token: deviceToken.optional() }),
    z.object({ kind: z.literal('password'), username: username.optional(), password: devicePassword.optional() }),
    z.object({ kind: z.literal('psk'), username: username.optional(), key: preSharedKey.optional() }),
    z.object({
      kind: z.literal('certificate'),
      certificate: z.string().max(16_384).optional().describe('PEM.'),
      sha256: z
        .string()
        .regex(/^[0-9a-fA-F]{64}$/, 'SHA-256 of the certificate (DER), hexadecimal.')
        .optional(),
      subject: printable(512, 'A subject')
        .optional()
        .describe('As whoever verifies the certificates in front of the hub says it.'),
    }),
    z.object({ kind: z.literal('public-key'), publicKey: z.string().max(mostPublicKeyText).describe('PEM.') }),
    z.object({
      kind: z.literal('connection-request'),
      username: username.optional(),
      password: devicePassword.optional(),
    }),
  ])
  .describe('What the device proves itself by; a secret that is left out the hub makes and shows once.')

export const newDevice = z.object({
  household: entityId,
  class: z.enum(deviceClasses),
  protocol,
  identity,
  serial: serial.optional().describe('Absent = as far as it is one, the identity.'),
  name: displayName.optional(),
  credential: wantedCredential.optional().describe('Absent = the protocol’s usual one, made by the hub.'),
})

export const credentialView = z
  .object({
    id: z.string(),
    kind: z.enum([...credentialKinds, 'gateway']).describe('`gateway`: the one of its batch, by which it came in.'),
    username: z.string().nullable().describe('Null = the identity.'),
    subject: z.string().nullable(),
    thumbprint: z.string().nullable().describe('SHA-256 of a certificate or public key, hexadecimal.'),
    gateway: z.string().nullable(),
    createdBy: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'DeviceCredential' })
const identityFields = {
  id: z.string(),
  device: z.string(),
  protocol,
  identity: z.string(),
  inForce: z
    .boolean()
    .describe('It is the protocol that the device is to speak; with any other identity it is refused.'),
  createdBy: z.string(),
  createdAt: instant,
}
export const identityView = z
  .object({ ...identityFields, credentials: z.array(credentialView) })
  .meta({ id: 'DeviceIdentity' })
export const newIdentity = z.object({
  protocol,
  identity,
  credential: wantedCredential.optional().describe('Absent = the protocol’s usual one, made by the hub.'),
})
export const newCredential = z.object({
  credential: wantedCredential.optional().describe('Absent = the protocol’s usual one, made by the hub.'),
  replace: z
    .boolean()
    .default(true)
    .describe('Takes out what the identity has of that kind, and what it came in with; false = both are good.'),
})
export const identityParams = z.object({ id: entityId, identity: entityId })
export const credentialParams = identityParams.extend({ credential: entityId })
export const protocolChange = z.object({ protocol: z.enum(deviceProtocols) })
export const protocolView = z.object({ device: z.string(), protocol: z.enum(deviceProtocols) })
export const madeCredentialView = z
  .object({
    id: z.string(),
    kind: z.string(),
    username: z.string().nullable().describe('Null = the identity.'),
    secret: z.string().nullable().describe('Shown this once; null = you gave it.'),
  })
  .meta({ id: 'NewDeviceCredential' })
export const newIdentityView = z
  .object({ device: z.string(), identity: z.object(identityFields), credential: madeCredentialView })
  .meta({ id: 'NewDeviceIdentity' })
