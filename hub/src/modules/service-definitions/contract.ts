import { z } from 'zod'
import { pageQuery, pageSchema } from '../../platform/http/page.ts'
import { deviceClasses, relationKinds } from './domain/definition.ts'
import { lifecycleStates } from './domain/lifecycle.ts'

const state = z.enum(lifecycleStates).describe('draft → candidate → released → deprecated → retired.')
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
    state: state.describe('Follows from the states of its versions.'),
    createdAt: time,
  })
  .meta({ id: 'Service' })

export const servicesPage = pageSchema(serviceAnswer)
export const servicesQuery = pageQuery

const versionSummary = z.object({
  service: z.string(),
  version: z.string(),
  state,
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

const component = z.object({
  name: z.string(),
  deviceClass: z.enum(deviceClasses),
  compatibility: z.string().describe('CEL over `report`, the capability report; true = fits.'),
  restart: z.enum(['none', 'device']),
  health: z.object({ run: z.array(z.string()), timeoutSeconds: z.number() }).nullable(),
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

export const stateBody = z.object({ state })
