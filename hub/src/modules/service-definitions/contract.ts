import { z } from 'zod'
import { pageQuery, pageSchema } from '../../platform/http/page.ts'
import { channels } from './domain/channels.ts'
import { installRoles } from '@sutler/composition'
import { deviceClasses, relationKinds } from './domain/definition.ts'
import { lifecycleStates } from './domain/lifecycle.ts'

const state = z.enum(lifecycleStates).describe('draft → candidate → released → deprecated → retired.')
export const channel = z
  .enum(channels)
  .describe('How steady it is said to be; alpha also gets what is on beta, beta what is on stable.')
const time = z.iso.datetime().describe('UTC.')
const digest = z.string().describe('SHA-256, 64 lower-case hexadecimal digits.')

export const serviceParams = z.object({ service: z.string().max(64).describe('Id of the service.') })
export const versionParams = serviceParams.extend({ version: z.string().max(64).describe('Semantic version.') })
export const componentParams = versionParams.extend({
  component: z.string().max(64).describe('Name of the component.'),
})

export const serviceAnswer = z
  .object({
    id: z.string(),
    title: z.string(),
    developer: z.string().describe('Principal id of the owner.'),
    categories: z.array(z.string()).describe('What it is about, sorted.'),
    parental: z.number().int().describe('The age from which it is meant to be used; 0 = any.'),
    state: state.describe('Follows from the states of its versions.'),
    createdAt: time,
  })
  .meta({ id: 'Service' })

export const servicesPage = pageSchema(serviceAnswer)
export const category = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/, 'This is not a category: 2 to 32 of a–z, 0–9 and -, first a letter.')
export const servicesQuery = pageQuery.extend({ category: category.optional().describe('Only services of this one.') })

const versionSummary = z.object({
  service: z.string(),
  version: z.string(),
  state,
  channel: channel.nullable().describe('To which it was released; null before.'),
  notes: z.string(),
  createdAt: time,
  releasedAt: time.nullable(),
})

export const versionsPage = pageSchema(versionSummary.meta({ id: 'VersionSummary' }))
export const versionsQuery = pageQuery

const relation = z.object({
  kind: z.enum(relationKinds),
  service: z.string(),
  range: z.string().describe('Semver range, for example ^1.2.0.'),
})

const namedRelation = relation.extend({
  by: z.object({ service: z.string(), version: z.string() }).describe('Whose newest version says so.'),
})
export const relationsAnswer = z
  .object({ names: z.array(namedRelation), namedBy: z.array(namedRelation) })
  .meta({ id: 'ServiceRelations' })

const component = z.object({
  name: z.string(),
  deviceClass: z.enum(deviceClasses),
  compatibility: z.string().describe('CEL over `report`, the capability report; true = fits.'),
  restart: z.enum(['none', 'device']),
  role: z.enum(installRoles).describe('What it is to the device: a foreign protocol carries each in its own way.'),
  reports: z
    .object({ name: z.string().optional(), version: z.string().optional() })
    .nullable()
    .describe(
      'How a device without our agent names it once it runs it; null = as the service and its version are named.',
    ),
  health: z.object({ run: z.array(z.string()), timeoutSeconds: z.number() }).nullable(),
  after: z
    .array(z.string())
    .describe('Components that must be confirmed in the household before this one is delivered.'),
  manifest: z.object({ digest, size: z.number().int().describe('Bytes.') }),
  files: z.number().int().describe('How many files it has.'),
  bytes: z.number().int().describe('Their sizes summed.'),
})

export const versionAnswer = versionSummary
  .extend({ relations: z.array(relation), components: z.array(component) })
  .meta({ id: 'Version' })

export const filesPage = pageSchema(
  z
    .object({
      path: z.string(),
      size: z.number().int().describe('Bytes.'),
      digest,
      mode: z.number().int().describe('420 (0644) or 493 (0755).'),
    })
    .meta({ id: 'ComponentFile' }),
)
export const filesQuery = pageQuery

export const stateBody = z.object({
  state,
  channel: channel.optional().describe('To which channel it is released, where it never was; stable when absent.'),
})
export const promoteBody = z.strictObject({ channel })
