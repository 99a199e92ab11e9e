import * as fc from 'fast-check'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { wanted } from '../../../test/support/thoroughness.ts'
import { check } from './check/check.ts'
import { compileModel } from './compile.ts'
import { ModelError } from './errors.ts'
import { ScriptError, simulate } from './simulate/simulate.ts'
import { deliver } from './testing/scenario.ts'
import type { Json, JsonObject, Model } from './types.ts'

/** Where every kind of thing that a document can say is said. */
const whole: Model = {
  ...deliver,
  transitions: [
    ...deliver.transitions,
    {
      name: 'everything',
      on: 'accepted',
      from: ['offered'],
      to: ['installing'],
      clear: ['queued'],
      when: 'data.attempts > 0 && "offered" in states',
      args: { digest: '"x"' },
      set: { device: 'id' },
      share: { maxAttempts: '4' },
      cancel: ['late'],
      tasks: [
        {
          task: 'device.install',
          args: { at: 'now' },
          as: 'install',
          done: 'installed',
          failed: 'cancel',
          retry: { attempts: 3, first: '1s', factor: 2, max: '1m' },
          timeout: 'PT5M',
        },
      ],
      emit: [
        { signal: 'late', at: 'now + duration("1m")', while: ['installing'], reply: 'late' },
        { signal: 'start', to: 'child:{data.device}', args: { n: '1' } },
        { signal: 'start', to: 'model:deliver@1/{id}', after: '{"1m"}' },
      ],
      call: [
        {
          url: 'model:deliver/{id}-{data.attempts}',
          as: '{data.device}',
          args: { n: '1' },
          wait: true,
          done: 'installed',
        },
      ],
    },
  ],
}

/** What is put in place of something else. */
const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    -1,
    0,
    1.5,
    1e300,
    '',
    ' ',
    '*',
    '{',
    '}{',
    '{}',
    '__proto__',
    'constructor',
    [],
    {},
  ),
  fc.constantFrom<Json>(
    'model:x/{id}',
    'child:',
    'self',
    'PT',
    '99999w',
    '1.0.0-',
    '((((',
    'a.b.c',
    '1/0',
    '\ud800',
    '\0',
  ),
  fc.constantFrom<Json>(
    '[1,2].map(x, x)',
    '"a".matches("(a*)*b")',
    'data',
    'args.x',
    'x'.repeat(5000),
    '!'.repeat(4096),
  ),
  fc.constantFrom<Json>(deliver.transitions as unknown as Json, deliver.states, deliver.signals as unknown as Json),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
)
interface Change {
  readonly which: number
  readonly kind: 'replace' | 'remove' | 'double' | 'rename'
  readonly by: Json
}
const change: fc.Arbitrary<Change> = fc.record({
  which: fc.nat(10_000),
  kind: fc.constantFrom(
    'replace' as const,
    'replace' as const,
    'remove' as const,
    'double' as const,
    'rename' as const,
  ),
  by: strange,
})

type Parent = Json[] | { [key: string]: Json }

/** Every place of a document: its parent and its key. */
function placesOf(value: Json, found: { parent: Parent; key: string }[] = []) {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inner] of Object.entries(value)) {
    found.push({ parent: value as Parent, key })
    placesOf(inner, found)
  }
  return found
}

function make({ which, kind, by: drawn }: Change, document: JsonObject): void {
  const by = structuredClone(drawn)
  const places = placesOf(document)
  const place = places[which % Math.max(1, places.length)]
  if (place === undefined) return
  const { parent, key } = place
  if (Array.isArray(parent)) {
    const at = Number(key)
    if (kind === 'remove') parent.splice(at, 1)
    else parent.splice(at, kind === 'double' ? 0 : 1, kind === 'double' ? structuredClone(parent[at] ?? null) : by)
  } else if (kind === 'remove') Reflect.deleteProperty(parent, key)
  else if (kind === 'replace') parent[key] = by
  else {
    const name = kind === 'double' ? `${key}2` : typeof by === 'string' ? by : 'x'
    Object.defineProperty(parent, name, { value: parent[key], enumerable: true, configurable: true, writable: true })
    if (kind === 'rename') Reflect.deleteProperty(parent, key)
  }
}

const script = ['start', 'accepted', 'late', 'constructor', 'cancel'].flatMap((signal) => [
  JSON.stringify({ signal }),
  '{"advance":"20m"}',
])

/** What became of the document: the code of the first finding, or how many steps it took. */
function outcomeOf(document: JsonObject): string {
  try {
    const compiled = compileModel(document as unknown as Model)
    check(compiled.model, { tasks: ['device.offer'], models: [deliver], bound: 200 })
    return `${[...simulate(compiled, script)].length} steps`
  } catch (error) {
    if (error instanceof ModelError) {
      const found = check(document as unknown as Model)
      if (!isDeepStrictEqual(found, error.findings)) throw new Error('`check` finds something else', { cause: error })
      return error.code
    }
    if (error instanceof ScriptError) return 'endless'
    throw error
  }
}

describe('a document that something is wrong with', () => {
  it('semantics 9.1: is a model or a ModelError, whatever it says: 10,000 random mutations', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const document = structuredClone(whole) as unknown as JsonObject
        for (const each of changes) make(each, document)
        seen.add(outcomeOf(document))
      }),
      { numRuns: wanted('SUTLER_MUTATIONS', { quick: 10_000, long: 100_000 }) },
    )
    for (const code of ['invalid-document', 'unknown-state', 'syntax-error']) {
      expect([...seen]).toContain(code)
    }
    expect([...seen].some((outcome) => outcome.endsWith(' steps'))).toBe(true)
  }, 120_000)
})
