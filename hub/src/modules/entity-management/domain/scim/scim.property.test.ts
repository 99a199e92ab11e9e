import { anything, array, assert, constantFrom, oneof, property, record, string, option } from 'fast-check'
import { expect, test } from 'vitest'
import { CallerError } from '../../../../platform/errors.ts'
import { parseFilter, parsePath } from './filter.ts'
import { applySteps, patchOp, readOperations, stepsOf } from './patch.ts'
import { readAttributes, readResource } from './resource.ts'
import { enterpriseSchema, homeSchema, userSchema, users } from './schemas.ts'

/** Whatever is sent is read, or refused with a code: never another error, never half. */

const words = constantFrom(
  'userName',
  'emails',
  'name.givenName',
  'active',
  'meta.created',
  'eq',
  'ne',
  'co',
  'gt',
  'pr',
  'and',
  'or',
  'not',
  '(',
  ')',
  '[',
  ']',
  '"',
  '"a"',
  '"\\"',
  '\\',
  'true',
  'null',
  '4',
  '.value',
  ' ',
  '\n',
  '__proto__',
  `${userSchema.id}:title`,
)
const nearly = oneof(
  array(words, { maxLength: 14 }).map((parts) => parts.join(' ')),
  array(words, { maxLength: 14 }).map((parts) => parts.join('')),
  string({ unit: 'binary', maxLength: 60 }),
)

/** @returns what came of it, or null where it was refused */
function read<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof CallerError) return null
    throw error
  }
}

test('any text is a filter and a path, or is refused as none', () => {
  assert(
    property(nearly, (text) => {
      read(() => parseFilter(users, text))
      read(() => parsePath(users, text, '/path'))
    }),
    { numRuns: 3000 },
  )
})

test('a text that is never ended, of backslashes and quotes, is refused as any other', () => {
  for (const text of ['\\'.repeat(4000), '\\"'.repeat(2000), '\n'.repeat(4000), '('.repeat(4000)])
    expect(read(() => parseFilter(users, `userName eq "${text}`))).toBe(null)
})

const names = constantFrom(
  'userName',
  'NAME',
  'emails',
  'Active',
  'title',
  'meta',
  'id',
  '__proto__',
  enterpriseSchema.id,
  homeSchema.id,
)
const paths = oneof(
  names,
  constantFrom('emails[type eq "work"].value', 'emails[primary eq true]', 'name.givenName'),
  nearly,
)
const values = oneof(
  anything({ maxDepth: 3 }),
  array(record({ value: string(), type: constantFrom('work', 'home') }), { maxLength: 3 }),
)
const operation = record({
  op: constantFrom('add', 'Replace', 'remove', 'move'),
  path: option(paths, { nil: undefined }),
  value: values,
})

test('any PATCH is applied whole or refused, and what comes out is as the schema has it', () => {
  const before = { userName: 'ada', emails: [{ value: 'a@example.org', type: 'work', primary: true }] }
  assert(
    property(array(operation, { minLength: 1, maxLength: 4 }), (operations) => {
      const after = read(() => {
        const read = readOperations({ schemas: [patchOp], Operations: operations })
        return applySteps(
          before,
          read.flatMap((each) => stepsOf(users, each)),
        )
      })
      // Read again it is the same: nothing unknown, nothing empty, nothing of another type got in.
      expect(after && readAttributes(users, after)).toEqual(after)
    }),
    { numRuns: 2000 },
  )
  expect(({} as Record<string, unknown>)['polluted']).toBe(undefined)
})

test('any body is a resource of known attributes only, or refused', () => {
  assert(
    property(anything({ maxDepth: 4, withNullPrototype: true }), (body) => {
      const resource = read(() => readResource(users, { schemas: [userSchema.id], ...(body as object) }))
      expect(resource && readAttributes(users, resource)).toEqual(resource)
    }),
  )
})
