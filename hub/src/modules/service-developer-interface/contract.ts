import { z } from 'zod'
import {
  category,
  channel,
  compositionLimits,
  installRoles,
  namePattern,
  promoteBody,
  serviceAnswer,
  versionAnswer,
} from '../service-definitions/index.ts'

const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'This is not a SHA-256 as 64 lower-case hexadecimal digits.')
  .describe('SHA-256, 64 lower-case hexadecimal digits.')

const title = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine(
    (title) => title.isWellFormed() && !title.includes('\0'),
    'This has a NUL character or half of a surrogate pair.',
  )
const categories = z.array(category).max(8).describe('What it is about: at most 8.')
const parental = z.number().int().min(0).max(18).describe('The age from which it is meant to be used; 0 = any.')

export const createServiceBody = z.strictObject({
  id: z
    .string()
    .regex(namePattern, 'This is not an id: 2 to 63 of a–z, 0–9 and -, first a letter.')
    .describe('Unique on the hub; never changes.'),
  title,
  categories: categories.default([]),
  parental: parental.default(0),
})
export const describeServiceBody = z
  .strictObject({ title: title.optional(), categories: categories.optional(), parental: parental.optional() })
  .refine((details) => Object.keys(details).length > 0, 'Say what is to change.')
export { promoteBody, serviceAnswer, versionAnswer }

export const serviceParams = z.object({ service: z.string().max(64).describe('Id of the service.') })
export const versionParams = serviceParams.extend({ version: z.string().max(64).describe('Semantic version.') })

export const releaseQuery = z.object({
  channel: channel.optional().describe('To which channel it is released, where it never was; stable when absent.'),
})

const health = z.strictObject({
  run: z.array(z.string()).describe('Program and arguments, run in the component’s directory; status 0 = healthy.'),
  timeoutSeconds: z.number().describe(`1 to ${compositionLimits.healthSeconds}.`),
})

const file = z.strictObject({
  path: z.string().describe('Relative, separated by /, NFC, without . and .. segments.'),
  size: z.number().describe('Bytes.'),
  digest: z.string().describe('SHA-256, 64 lower-case hexadecimal digits.'),
  mode: z.number().default(0o644).describe('420 (0644) or 493 (0755).'),
})

const component = z.strictObject({
  name: z.string(),
  deviceClass: z.string().describe('set-top-box, phone or gateway.'),
  compatibility: z.string().default('true').describe('CEL over `report`, the capability report.'),
  restart: z.string().default('none').describe('none or device.'),
  role: z
    .string()
    .default('files')
    .describe(`What it is to the device: ${installRoles.join(', ')}.`),
  reports: z
    .strictObject({ name: z.string().optional(), version: z.string().optional() })
    .nullable()
    .default(null)
    .describe(
      'How a device without our agent names it once it runs it; null = as the service and its version are named.',
    ),
  health: health.nullable().default(null),
  after: z
    .array(z.string())
    .default([])
    .describe('Components of this version that must be confirmed in the household before this one is delivered.'),
  files: z.array(file).describe(`At most ${compositionLimits.files}.`),
})

const relation = z.strictObject({
  kind: z.string().describe('requires, conflicts, replaces, recommends or extends.'),
  service: z.string(),
  range: z.string().describe('Semver range, for example ^1.2.0.'),
})

/** Only the shape: every rule about the content is judged at once, so that a developer hears of all mistakes together. */
export const publishBody = z.strictObject({
  version: z.string().describe('Semantic version without build metadata.'),
  notes: z.string().default('').describe('What is new, for people.'),
  state: z.enum(['draft', 'candidate']).default('candidate'),
  components: z.array(component),
  relations: z.array(relation).default([]),
})

/** Digests in one question. */
const digestsAtOnce = 10_000

export const missingBody = z.strictObject({ digests: z.array(digest).max(digestsAtOnce) })
export const missingAnswer = z.object({ missing: z.array(digest).describe('Those to upload, each once.') })

export const blobParams = z.object({ digest })
export const blobAnswer = z.object({ digest, size: z.number().int().describe('Bytes.') }).meta({ id: 'Blob' })

export const uploadQuery = z.object({
  offset: z.coerce.number().int().min(0).describe('Bytes of the file before those that are sent.'),
  size: z.coerce.number().int().min(0).describe('Bytes of the whole file.'),
})
export const uploadAnswer = z
  .object({
    digest,
    offset: z.number().int().describe('Bytes that are there: the next piece begins here.'),
    complete: z.boolean(),
  })
  .meta({ id: 'Upload' })
