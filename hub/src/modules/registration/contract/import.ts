import { z } from 'zod'
import { deviceClasses, displayName, entityId, externalId, timeZone } from '../../entity-management/index.ts'
import { devicePassword, deviceToken, identity, preSharedKey, protocol, username } from './device-identities.ts'
import { serial } from './devices.ts'
import { mostPublicKeyText } from '../domain/public-key.ts'

/** One line of an import of devices. In CSV every cell is a text. */
export const importedDevice = z
  .strictObject({
    externalId: externalId
      .optional()
      .describe('Your own key of the device: the line can come again and changes nothing.'),
    serial: serial.optional().describe('Of a device of our agent; of others absent = the identity.'),
    household: entityId.optional().describe('Id of a household that there is.'),
    householdExternalId: externalId.optional().describe('Your own key of the household.'),
    householdName: displayName.optional().describe('Makes the household, where there is none with that key yet.'),
    timeZone: timeZone.default('UTC').describe('Of a household that is made; IANA name.'),
    protocol: protocol.optional().describe('Of a device that speaks a protocol of its own: it is added at once.'),
    identity: identity.optional(),
    class: z.enum(deviceClasses).optional(),
    name: displayName.optional(),
    username: username.optional().describe('What it shows with a password or a pre-shared key; absent = the identity.'),
    credential: z
      .string()
      .max(mostPublicKeyText)
      .optional()
      .describe(
        'Its token (ddi), password (cwmp, usp), pre-shared key in hexadecimal (lwm2m) or public key in PEM (mender); absent = the hub makes one.',
      ),
    expiresInSeconds: z.coerce
      .number()
      .int()
      .min(60)
      .max(366 * 86_400)
      .default(30 * 86_400)
      .describe('How long the device may take to come.'),
  })
  .refine(
    ({ household, householdExternalId, householdName }) =>
      household === undefined
        ? householdExternalId !== undefined || householdName !== undefined
        : householdExternalId === undefined && householdName === undefined,
    'Say the household by `household`, or by `householdExternalId` and `householdName`.',
  )
  .refine(
    ({ protocol: spoken, identity: named, class: kind, serial: number }) =>
      spoken === undefined ? number !== undefined : named !== undefined && kind !== undefined,
    'A device of our agent has a `serial`; one of another protocol `protocol`, `identity` and `class`.',
  )
  .superRefine(({ protocol: spoken, credential }, context) => {
    if (spoken === undefined || credential === undefined) return
    const fault = credentialsOf[spoken].safeParse(credential).error?.issues[0]?.message
    if (fault !== undefined) context.addIssue({ code: 'custom', path: ['credential'], message: fault })
  })

const credentialsOf = {
  ddi: deviceToken,
  mender: z.string(),
  cwmp: devicePassword,
  usp: devicePassword,
  lwm2m: preSharedKey,
} as const
