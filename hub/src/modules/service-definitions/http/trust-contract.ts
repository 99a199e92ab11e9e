import { z } from 'zod'
import { onlineRoles } from '../../../signer/requests.ts'

const time = z.iso.datetime().describe('UTC.')
const metadata = z.string().min(2).max(900_000).describe('The signed file itself, as text.')

const keySummary = z.object({ keyId: z.string(), scheme: z.string() })
const roleStatus = z.object({
  role: z.string(),
  version: z.number().int().nullable().describe('Null: nothing was signed yet, or (director) each device has its own.'),
  expires: time.nullable(),
  threshold: z.number().int().describe('How many of the keys must sign.'),
  keys: z.array(keySummary),
  ending: z.boolean().describe('It has ended, or somebody has to sign the next one within 14 days.'),
})

const onlineKey = z.object({
  role: z.enum(onlineRoles),
  keyId: z.string(),
  scheme: z.string(),
  public: z.string().describe('64 hexadecimal digits.'),
})
export const onlineKeyAnswer = onlineKey.meta({ id: 'OnlineKey' })

export const trustAnswer = z
  .object({
    initialised: z.boolean(),
    signer: z.boolean().describe('Whether this hub’s signer answers.'),
    roles: z.array(roleStatus),
    developers: z.array(roleStatus.extend({ paths: z.array(z.string()).describe('Patterns of target paths.') })),
    onlineKeys: z.array(onlineKey.extend({ inForce: z.boolean().describe('Whether the root names it.') })),
  })
  .meta({ id: 'Trust' })

const roleName = z.string().regex(/^[a-z0-9-]{1,64}$/, 'This is not the name of a role.')

export const roleParams = z.object({
  role: roleName.describe('root, targets, snapshot, timestamp, or a developer.'),
})
export const developerParams = z.object({ developer: roleName.describe('Name of the developer’s role.') })

export const metadataAnswer = z
  .object({
    role: z.string(),
    version: z.number().int(),
    expires: time,
    content: z.string().describe('The signed file itself, as text.'),
  })
  .meta({ id: 'SignedMetadata' })

export const metadataBody = z
  .strictObject({ root: metadata.nullable().default(null), targets: metadata.nullable().default(null) })
  .refine(({ root, targets }) => root !== null || targets !== null, 'Send root, targets, or both.')
export const takenAnswer = z.object({ taken: z.array(z.object({ role: z.string(), version: z.number().int() })) })

export const developerBody = z.strictObject({ targets: metadata })
export const newKeyBody = z.strictObject({ role: z.enum(onlineRoles) })
