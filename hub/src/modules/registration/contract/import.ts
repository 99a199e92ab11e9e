import { z } from 'zod'
import { displayName, entityId, externalId, timeZone } from '../../entity-management/index.ts'
import { serial } from './devices.ts'

/** One line of an import of devices. In CSV every cell is a text. */
export const importedDevice = z
  .strictObject({
    externalId: externalId
      .optional()
      .describe('Your own key of the device: the line can come again and changes nothing.'),
    serial,
    household: entityId.optional().describe('Id of a household that there is.'),
    householdExternalId: externalId.optional().describe('Your own key of the household.'),
    householdName: displayName.optional().describe('Makes the household, where there is none with that key yet.'),
    timeZone: timeZone.default('UTC').describe('Of a household that is made; IANA name.'),
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
