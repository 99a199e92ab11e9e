import { z } from 'zod'
import { pageQuery } from '../../platform/http/page.ts'
import { deviceClasses, deviceOrders, deviceProtocols, deviceStates, householdKinds } from './domain/entities.ts'
import { fleetFilter } from './fleet-filter.ts'
import { labelsChange, labelsView, tag } from './labels-contract.ts'
import { nameFault, tidyName, timeZoneNamed } from './domain/text.ts'

/** A name that people read: 1 to 128 printable characters. */
export const displayName = z
  .string()
  .max(512)
  .superRefine((name, context) => {
    const fault = nameFault(name)
    if (fault !== null) context.addIssue({ code: 'custom', message: fault })
  })
  .overwrite(tidyName)

/** An id as a caller may give one: form only, whether it exists is another question. */
export const entityId = z.string().regex(/^[a-z0-9-]{8,64}$/, 'An id has 8 to 64 of a–z, 0–9 and -.')

const instant = z.iso.datetime()

export const timeZone = z
  .string()
  .max(64)
  .refine((name) => timeZoneNamed(name) !== null, 'This is no time zone; use an IANA name such as Europe/Berlin.')
  .overwrite((name) => timeZoneNamed(name) ?? name)
  .describe('IANA name, for example `Europe/Berlin`.')

export const idParams = z.object({ id: entityId })

const householdKind = z
  .enum(householdKinds)
  .describe(
    'Who lives together, or an organisation: a hotel, a school. Services are ordered for either in the same way.',
  )
export const newHousehold = z.object({
  name: displayName,
  kind: householdKind.default('household'),
  timeZone,
  ...labelsChange,
})
export const householdChange = z.object({
  name: displayName.optional(),
  kind: householdKind.optional(),
  timeZone: timeZone.optional(),
  ...labelsChange,
})
export const householdQuery = pageQuery.extend({ kind: householdKind.optional(), tag: tag.optional() })
export const householdView = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: householdKind,
    timeZone: z.string(),
    ...labelsView,
    createdAt: instant,
  })
  .meta({ id: 'Household' })

const personOutside = z.object({
  directory: entityId,
  entry: z.string().min(1).max(1024).describe('As the search outside names it.'),
})
export const newUser = z
  .object({
    name: displayName.optional(),
    email: z.email().max(254).nullable().optional(),
    households: z.array(entityId).max(100).default([]),
    from: personOutside
      .optional()
      .describe('Takes a person over from a directory: name and address are its, and follow it from then on.'),
    ...labelsChange,
  })
  .refine(({ name, from }) => name !== undefined || from !== undefined, {
    path: ['name'],
    message: 'A person has a name, or comes from a directory.',
  })
  .refine(({ name, email, from }) => from === undefined || (name ?? email ?? null) === null, {
    path: ['from'],
    message: 'Name and address are the directory’s: leave them out.',
  })
export const userChange = z.object({
  name: displayName.optional(),
  email: z.email().max(254).nullable().optional(),
  households: z.array(entityId).max(100).optional(),
  ...labelsChange,
})
export const userView = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    households: z.array(z.string()),
    ...labelsView,
    createdAt: instant,
  })
  .meta({ id: 'User' })
export const userQuery = pageQuery.extend({ household: entityId.optional(), tag: tag.optional() })

const capabilityReport = z
  .object({
    class: z.enum(deviceClasses),
    protocol: z.string().optional().describe('Over which it was said; absent = native.'),
    hardware: z.object({ model: z.string(), arch: z.string(), cpus: z.number().optional() }),
    os: z.object({ name: z.string(), version: z.string() }),
    memory: z.object({ total: z.number().describe('Bytes.') }).optional(),
    storage: z.object({ total: z.number().describe('Bytes.'), free: z.number().describe('Bytes.') }).optional(),
    runtimes: z.record(z.string(), z.string()),
    features: z.array(z.string()),
    timeZone: z.string().optional(),
    network: z
      .object({ metered: z.boolean(), type: z.string() })
      .optional()
      .describe('Its way to the hub; absent = it does not say.'),
    settings: z
      .record(
        z.string(),
        z.object({
          value: z.union([z.string(), z.number(), z.boolean()]),
          least: z.number().optional().describe('Of a number.'),
          most: z.number().optional().describe('Of a number.'),
          choices: z.array(z.string()).optional().describe('Of a text; absent = any.'),
        }),
      )
      .optional()
      .describe('What can be set on it (`configure`), by name, and how it is set now.'),
    installed: z.array(
      z.object({
        service: z.string(),
        version: z.string(),
        component: z.string(),
        manifest: z.string(),
        epoch: z.number(),
      }),
    ),
    limits: z
      .record(z.string(), z.string())
      .optional()
      .describe('What its protocol cannot carry to it, and why: by install role, `several-files`.'),
    units: z
      .array(z.object({ name: z.string(), version: z.string() }))
      .optional()
      .describe('What a device without our agent says it runs, in its own words.'),
  })
  .meta({ id: 'CapabilityReport' })

export const deviceView = z
  .object({
    id: z.string(),
    household: z.string(),
    class: z.enum(deviceClasses),
    serial: z.string(),
    name: z.string(),
    protocol: z.enum(deviceProtocols).describe('How it speaks with the hub; `native`: our agent.'),
    state: z.enum(deviceStates),
    reachable: z.boolean(),
    reachableChangedAt: instant.nullable().describe('When it was last connected or lost; null before the first time.'),
    capabilities: capabilityReport.nullable(),
    reportedAt: instant.nullable(),
    ...labelsView,
    createdAt: instant,
  })
  .meta({ id: 'Device' })
export const deviceChange = z.object({ name: displayName.optional(), ...labelsChange })
export const deviceQuery = pageQuery
  .extend({
    household: entityId.optional(),
    class: z.enum(deviceClasses).optional(),
    filter: fleetFilter.optional(),
    reachable: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional(),
    sort: z
      .enum(deviceOrders)
      .default('id')
      .describe(
        'By what, `-`: backwards. `presence`: when they were last connected or lost; those that never were are left out.',
      ),
  })
  .superRefine(({ filter, household, class: kind, reachable }, context) => {
    if (filter === undefined || (household ?? kind ?? reachable) === undefined) return
    const message =
      'With a filter, say it there: device.household, device.class and device.reachable are in the language.'
    context.addIssue({ code: 'custom', path: ['filter'], message })
  })
export const historicReport = z
  .object({ reportedAt: instant, report: capabilityReport })
  .meta({ id: 'HistoricCapabilityReport' })
