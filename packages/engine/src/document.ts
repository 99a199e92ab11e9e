import semver from 'semver'
import { z } from 'zod'
import { readDuration } from './durations.ts'
import { type Finding, ModelError, pointer } from './errors.ts'
import { deepest, excessOf } from './excess.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { parameterTypes } from './parameters.ts'
import type { Json, JsonObject, Model } from './types.ts'

const name = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/)
const taskName = z
  .string()
  .max(128)
  .regex(/^[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z][A-Za-z0-9_-]*)*$/)
const expression = z.string().min(1).max(4096).describe('CEL')
/** Entries of one `args`, `set`, `share` or `returns`. */
const mostEntries = 256
const mostSignals = 1024
const entriesUpTo = (most: number) => (entries: object) => Object.keys(entries).length <= most
const expressions = z
  .record(name, expression)
  .refine(entriesUpTo(mostEntries), { message: `more than ${mostEntries} entries` })
  .meta({ maxProperties: mostEntries })
const duration = z
  .string()
  .refine((text) => readDuration(text) !== null, { message: 'expected a duration such as 15m or PT15M' })
  .describe('Duration: 15m, 1h30m, PT15M')
const names = z.array(name).max(256)

const signal = z.strictObject({
  args: z
    .record(name, z.string().regex(new RegExp(`^(?:${parameterTypes.join('|')})\\??$`)))
    .refine(entriesUpTo(mostEntries), { message: `more than ${mostEntries} entries` })
    .meta({ maxProperties: mostEntries })
    .optional(),
  urgent: z.boolean().optional(),
  deferrable: z.boolean().optional(),
})

const task = z.strictObject({
  task: taskName,
  args: expressions.optional(),
  as: name.optional(),
  done: name.optional(),
  failed: name.optional(),
  retry: z
    .strictObject({
      attempts: z.int().min(1).max(1000),
      first: duration.optional(),
      factor: z.number().min(1).max(100).optional(),
      max: duration.optional(),
    })
    .optional(),
  timeout: duration.optional(),
})

const emit = z
  .strictObject({
    signal: name,
    args: expressions.optional(),
    to: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe('self, parent, sender, child:<as> or an instance URL; {…} holds CEL'),
    after: z.string().min(1).max(4096).optional().describe('Duration, or CEL giving one'),
    at: expression.optional(),
    while: names.optional(),
    reply: name.optional(),
  })
  .refine((value) => value.after === undefined || value.at === undefined, {
    message: 'either after or at, not both',
    path: ['at'],
  })

const call = z.strictObject({
  url: z.string().min(1).max(4096).describe('model:<name>[@<version>]/<id>; {…} holds CEL'),
  args: expressions.optional(),
  as: z.string().min(1).max(1024).describe('Name of the subinstance; {…} holds CEL'),
  wait: z.boolean().optional(),
  done: name.optional(),
  failed: name.optional(),
})

const transition = z.strictObject({
  name: z.string().min(1).max(200),
  on: name,
  from: names,
  to: names,
  clear: z
    .array(z.union([name, z.literal('*')]))
    .max(256)
    .optional(),
  when: expression.optional(),
  args: expressions.optional(),
  set: expressions.optional(),
  share: expressions.optional(),
  cancel: names.optional(),
  tasks: z.array(task).max(256).optional(),
  emit: z.array(emit).max(256).optional(),
  call: z.array(call).max(256).optional(),
})

const schema = z
  .strictObject({
    model: name,
    version: z
      .string()
      .max(64)
      .refine((text) => semver.valid(text) === text || semver.parse(text)?.raw === text, {
        message: 'expected a semantic version',
      })
      .meta({ pattern: '^\\d+\\.\\d+\\.\\d+(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?$' }),
    title: z.string().max(1000).optional(),
    shared: z.record(name, z.json()).optional(),
    data: z.record(name, z.json()).optional(),
    states: z.array(name),
    initial: z.array(name),
    final: z.array(name),
    signals: z
      .record(name, signal)
      .refine(entriesUpTo(mostSignals), { message: `more than ${mostSignals} signals` })
      .meta({ maxProperties: mostSignals })
      .optional(),
    transitions: z.array(transition),
    returns: expressions.optional(),
  })
  .describe('A provisioning model: states, signals and transitions of one process')

/** Places of one document that are named, at most; and letters of what is said of each. */
const listed = 100
const lettersEach = 500

/**
 * Reads a document's shape; it comes back as it is, not copied, so that the order of its keys (in which `set` is
 * evaluated) is the author's. Throws ModelError, one `invalid-document` finding per place.
 */
export function parseModel(document: unknown, limits: Pick<Limits, 'documentBytes'> = defaultLimits): Model {
  const excess = sizeFinding(document, limits.documentBytes)
  if (excess !== null) throw new ModelError([excess])
  const result = schema.safeParse(document)
  if (result.success) return document as Model
  throw new ModelError(
    result.error.issues.slice(0, listed).map((issue): Finding => {
      const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
      return {
        code: 'invalid-document',
        pointer: pointer(path),
        severity: 'error',
        message: issue.message.slice(0, lettersEach),
      }
    }),
  )
}

/** What is too deep or too large is not even looked at: the schema descends by recursion, and lists all that is wrong. */
function sizeFinding(document: unknown, bytes: number): Finding | null {
  const excess = excessOf(document, bytes)
  if (excess === null) return null
  const finding = { pointer: '', severity: 'error' as const }
  if (excess === 'deep') return { ...finding, code: 'invalid-document', message: `nested more than ${deepest} deep` }
  return { ...finding, code: 'document-too-large', message: `the document: more than ${bytes} bytes` }
}

/** The document's JSON Schema (draft 2020-12), published as `model.schema.json`. */
export function modelJsonSchema(): JsonObject {
  const generated = z.toJSONSchema(schema) as { readonly [key: string]: Json }
  return { $id: 'urn:sutler:schema:model', title: 'Sutler provisioning model', ...generated }
}
