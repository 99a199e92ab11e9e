import type { Json, Model, Transition } from '@sutler/engine'
import * as fc from 'fast-check'

/** Random documents of every shape that the engine's schema accepts; hardly any of them makes sense. */

const words = [
  ...`any none on in not cel true null model states signal signals initial final when as clear set share args task emit call cancel
      to after at while reply done failed retry first max timeout wait urgent deferrable returns data shared
      a b a- a_ constructor toString R r b1`.split(/\s+/),
  `x${'y'.repeat(63)}`,
]
export const someName = fc.oneof(fc.constantFrom(...words), fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,8}$/))
const names = fc.array(someName, { maxLength: 5 })

const taskName = fc.oneof(
  fc.array(someName, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.').slice(0, 128).replace(/\.+$/, '')),
  fc.constantFrom('none', 'device.offer', 'any', 'a-.b'),
)

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom('"', "'", '\\', '\n', '\r\n', '\t', '\uD800', '\u2028', '\uFEFF', '//', ' ', '{', '}', '`', '\u0000'),
)

/** Pieces that make expressions which almost read as something else. */
const piece = fc.oneof(
  fc.constantFrom(
    'data.a',
    'args.b',
    '1',
    '15m',
    "'x // y'",
    '"on a: b -> c"',
    "r'\\'",
    "b'\\''",
    '[1, 2]',
    '{"a": 1}',
  ),
  fc.constantFrom(
    '&&',
    '||',
    '+',
    '-',
    '?',
    ':',
    ' in ',
    '//',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    '!',
    '.',
    '`',
    "'",
    '"',
  ),
  fc.constantFrom(...words),
  fc.constantFrom(' ', '  ', '\n', '\t', '\r'),
)
export const someExpression = fc
  .oneof(
    fc.array(piece, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(' ')),
    fc.array(piece, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
    fc
      .array(fc.constantFrom('data.attempts < 5', 'args.reason', "'a' + b", 'x.y'), { minLength: 1, maxLength: 12 })
      .map((parts) => parts.join(' && ')),
    anyText,
  )
  .filter((text) => text.length > 0 && text.length <= 4096)

const template = fc
  .oneof(
    fc.constantFrom('self', 'parent', 'sender', 'child:a', 'child:{data.x}', 'model:a@1/{data.x}-{args["}"]}', 'none'),
    fc
      .array(
        fc.oneof(
          someExpression.map((text) => `{${text}}`),
          anyText,
          someName,
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((parts) => parts.join('')),
  )
  .filter((text) => text.length > 0 && text.length <= 1024)

const expressions = fc.dictionary(someName, someExpression, { maxKeys: 4 })
const duration = fc.constantFrom('15m', 'PT15M', '1h30m', '500ms', 'P1D', 'PT0.5S', '1.5h', '0s', 'P1DT2H')
const whole = fc.integer({ min: 1, max: 1000 })

const value = fc.jsonValue({
  maxDepth: 4,
  stringUnit: 'binary',
  noUnicodeString: false,
} as fc.JsonSharedConstraints) as fc.Arbitrary<Json>
const someValue = fc.oneof(
  value,
  fc.constantFrom<Json>(-0, 1e21, 5e-324, -1.5, [], {}, [[]], { '': '' }, '__proto__'),
  fc.constant(JSON.parse('{"__proto__": {"a": 1}}') as Json),
)

function partly<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, requiredKeys: (keyof T)[]): fc.Arbitrary<T> {
  return fc.record(model, { requiredKeys } as fc.RecordConstraints<keyof T>) as fc.Arbitrary<T>
}

const task = partly<Record<string, unknown>>(
  {
    task: taskName,
    args: expressions,
    as: someName,
    done: someName,
    failed: someName,
    retry: partly<Record<string, unknown>>(
      { attempts: whole, first: duration, factor: fc.double({ min: 1, max: 100, noNaN: true }), max: duration },
      ['attempts'],
    ),
    timeout: duration,
  },
  ['task'],
)

const emit = fc
  .tuple(
    partly<Record<string, unknown>>(
      { signal: someName, args: expressions, to: template, while: names, reply: someName },
      ['signal'],
    ),
    fc.option(fc.oneof(someExpression, duration), { nil: undefined }),
    fc.boolean(),
  )
  .map(([rest, delay, after]) => (delay === undefined ? rest : { ...rest, [after ? 'after' : 'at']: delay }))

const call = partly<Record<string, unknown>>(
  { url: template, args: expressions, as: template, wait: fc.boolean(), done: someName, failed: someName },
  ['url', 'as'],
)

const transition = partly<Record<string, unknown>>(
  {
    name: fc.oneof(anyText, someName).filter((text) => text.length > 0),
    on: someName,
    from: names,
    to: names,
    clear: fc.oneof(fc.array(fc.oneof(someName, fc.constant('*')), { maxLength: 4 }), fc.constant(['*'])),
    when: someExpression,
    args: expressions,
    set: expressions,
    share: expressions,
    cancel: names,
    tasks: fc.array(task, { maxLength: 2 }),
    emit: fc.array(emit, { maxLength: 2 }),
    call: fc.array(call, { maxLength: 2 }),
  },
  ['name', 'on', 'from', 'to'],
) as unknown as fc.Arbitrary<Transition>

const type = fc.constantFrom('string', 'int?', 'float', 'bool', 'bytes', 'timestamp?', 'duration', 'list', 'map', 'any')
const signal = partly<Record<string, unknown>>(
  { args: fc.dictionary(someName, type, { maxKeys: 4 }), urgent: fc.boolean(), deferrable: fc.boolean() },
  [],
)

const states = fc.uniqueArray(someName, { maxLength: 8 })

export const someDocument = fc
  .tuple(
    fc.oneof(states, names),
    partly<Record<string, unknown>>(
      {
        model: someName,
        version: fc.constantFrom('1.0.0', '1.2.3-rc.1+build.7', 'v1.0.0', ' 1.0.0 ', '0.0.1'),
        title: anyText,
        shared: fc.dictionary(someName, someValue, { maxKeys: 4 }),
        data: fc.dictionary(someName, someValue, { maxKeys: 4 }),
        signals: fc.dictionary(someName, signal, { maxKeys: 4 }),
        transitions: fc.array(transition, { maxLength: 4 }),
        returns: expressions,
      },
      ['model', 'version', 'transitions'],
    ),
  )
  .chain(([all, rest]) =>
    fc
      .tuple(fc.oneof(fc.subarray(all), names), fc.oneof(fc.subarray(all), names))
      .map(([initial, final]) => structuredClone({ ...rest, states: all, initial, final }) as unknown as Model),
  )
