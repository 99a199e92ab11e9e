import { z } from 'zod'
import {
  attributeTypes,
  boundsOf,
  entityKinds,
  isDate,
  isPlainNumber,
  longestString,
  type AttributeBounds,
} from './domain/attributes.ts'
import { attributeOwners } from './domain/history.ts'
import { longestNote } from './domain/notes.ts'
import { nameFault, textFault, tidyName } from './domain/text.ts'

/** A short printable text. */
const short = (most: number) =>
  z
    .string()
    .max(4 * most)
    .superRefine((text, context) => {
      const fault = [...text].length > most ? `This has at most ${most} characters.` : nameFault(text)
      if (fault !== null) context.addIssue({ code: 'custom', message: fault })
    })
    .overwrite(tidyName)

export const tag = short(64)
export const tags = z.array(tag).max(50)

export const attributeName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]{0,63}$/, 'A name has 1 to 64 letters, digits and _, and begins with a lower-case letter.')
const value = z.union([z.string().max(longestString * 4), z.number(), z.boolean()])
export const attributeValues = z.record(z.string(), value)

/** What a change may say of tags and attributes. */
export const labelsChange = {
  tags: tags.optional().describe('All tags that it is to have.'),
  attributes: z
    .record(attributeName, value.nullable())
    .refine((given) => Object.keys(given).length <= 100, 'At most 100 at a time.')
    .optional()
    .describe('Attributes by name, as they are defined (GET /api/v1/attributes); null takes one away, others stay.'),
}

export const labelsView = {
  tags: z.array(z.string()),
  attributes: attributeValues.describe('Of the tenant’s own (GET /api/v1/attributes), by name.'),
}

export const attributeParams = z.object({ kind: z.enum(entityKinds), name: attributeName })
export const attributeQuery = z.object({ kind: z.enum(entityKinds).optional() })

const bound = z.union([z.number(), z.string().max(10)])
const bounds = {
  minimum: bound.optional().describe('Of a number; of a date, such as `2026-01-31`.'),
  maximum: bound.optional(),
  integer: z.boolean().optional().describe('Of a number: whole ones only.'),
  minLength: z.number().int().min(0).max(longestString).optional().describe('Of a string, characters.'),
  maxLength: z.number().int().min(0).max(longestString).optional(),
  values: z.array(short(64)).min(1).max(200).optional().describe('Of an enum: all that it can be.'),
}
export const attributeDefinition = z
  .object({
    type: z.enum(attributeTypes),
    required: z.boolean().default(false).describe('Whoever changes attributes of an entity must leave it with one.'),
    description: z.string().max(500).default(''),
    ...bounds,
  })
  .superRefine(({ type, required: _required, description: _description, ...given }, context) => {
    for (const { path, message } of boundFaults(type, given))
      context.addIssue({ code: 'custom', path: [path], message })
  })

function* boundFaults(type: (typeof attributeTypes)[number], given: AttributeBounds) {
  const allowed = boundsOf[type]
  for (const name of Object.keys(given) as (keyof AttributeBounds)[])
    if (given[name] !== undefined && !allowed.includes(name)) yield { path: name, message: `A ${type} has no ${name}.` }
  if (type === 'enum' && given.values === undefined) yield { path: 'values', message: 'An enum says what it can be.' }
  for (const name of ['minimum', 'maximum'] as const) {
    const limit = given[name]
    if (limit === undefined) continue
    if (type === 'number' && !(typeof limit === 'number' && isPlainNumber(limit)))
      yield { path: name, message: 'This is a number, of at most 6 decimals.' }
    if (type === 'date' && !(typeof limit === 'string' && isDate(limit)))
      yield { path: name, message: 'This is a date such as 2026-01-31.' }
  }
  const { minimum, maximum, minLength = 0, maxLength = longestString } = given
  if (minimum !== undefined && maximum !== undefined && minimum > maximum)
    yield { path: 'maximum', message: 'This is less than the minimum: nothing would fit.' }
  if (minLength > maxLength) yield { path: 'maxLength', message: 'This is less than minLength: nothing would fit.' }
}

export const attributeView = z
  .object({
    kind: z.enum(entityKinds),
    name: z.string(),
    type: z.enum(attributeTypes),
    required: z.boolean(),
    description: z.string(),
    ...bounds,
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'AttributeDefinition' })
export const attributesView = z.object({ items: z.array(attributeView) })
export const attributeWithMisfits = attributeView
  .extend({
    misfits: z.number().int().describe('How many have a value that does not fit, or lack one that is required.'),
  })
  .meta({ id: 'AttributeWithMisfits' })
export const attributeRemoved = z.object({
  holders: z.number().int().describe('How many still have a value: it stays until somebody sets it to null.'),
})

export const newNote = z.object({
  text: z
    .string()
    .max(longestNote)
    .superRefine((text, context) => {
      const long = Buffer.byteLength(text) > longestNote
      const fault = long ? `A note has at most ${longestNote} bytes.` : textFault(text)
      if (fault !== null) context.addIssue({ code: 'custom', message: fault })
    })
    .describe('At most 4,096 bytes of UTF-8; may have several lines.'),
})
const someone = z.object({ id: z.string(), name: z.string().nullable() })
export const noteView = z
  .object({ id: z.string(), text: z.string(), author: someone, createdAt: z.iso.datetime() })
  .meta({ id: 'Note' })
export const historyView = z
  .object({
    at: z.iso.datetime(),
    owner: z
      .enum(attributeOwners)
      .describe(
        'Whose word it is: `device`, what it says of itself; `operator`, what people say; what systems outside say.',
      ),
    by: someone.extend({ kind: z.string() }).nullable().describe('Null: the device, or the hub by itself.'),
    changes: z.array(z.object({ name: z.string(), before: z.unknown(), after: z.unknown() })),
  })
  .meta({ id: 'EntityHistoryEntry' })
