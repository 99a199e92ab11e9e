import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CompiledExpression, compile, evaluate, evaluateFully } from './compile.ts'
import { ExpressionError } from './errors.ts'
import type { Json, Variables } from './json.ts'

const variables: Variables = {
  data: { attempts: 3, ratio: 2.5, name: 'stb1', none: null, list: [1, 2, 3], deep: { flag: true }, big: 2 ** 53 },
  now: new Date(0),
}
const value = (source: string): Json => evaluate(compile(source), variables)

function errorOf(run: () => unknown): ExpressionError {
  try {
    run()
  } catch (error) {
    if (error instanceof ExpressionError) return error
    throw error
  }
  throw new Error('no error')
}

describe('compiling', () => {
  it('happens once per source', () => {
    expect(compile('data.attempts + 1')).toBe(compile('data.attempts + 1'))
  })

  it.each([
    ['data +* 1', 'syntax-error', 5],
    ['', 'syntax-error', 0],
    ['"open', 'syntax-error', 0],
    ['google.protobuf.Struct{}', 'syntax-error', undefined],
    [`${'('.repeat(4000)}`, 'expression-too-large', undefined],
    [`${'['.repeat(200)}${']'.repeat(200)}`, 'expression-too-large', undefined],
    [`1${'+1'.repeat(1500)}`, 'expression-too-large', undefined],
    ['x'.repeat(4097), 'expression-too-large', undefined],
  ])('refuses %s', (source, code, position) => {
    const error = errorOf(() => compile(source))
    expect(error).toMatchObject({ code, position })
    expect(error.expression).toBe(source.length > 4096 ? `${source.slice(0, 64)}…` : source)
  })

  it('says what an expression reads, and what it only tests', () => {
    expect(compile('data.list.exists(x, x == args.n) && has(call.m) && foo > 1').references).toEqual([
      { path: ['data', 'list'], tested: false },
      { path: ['args', 'n'], tested: false },
      { path: ['call', 'm'], tested: true },
      { path: ['foo'], tested: false },
    ])
  })
})

describe('evaluating', () => {
  it.each<[string, Json]>([
    ['data.attempts + 1', 4],
    ['data.ratio + 0.5', 3],
    ['data.attempts / 2', 1],
    ['-7 % 3', -1],
    ['type(data.attempts) == int && type(data.ratio) == double', true],
    ['data.name + "-" + string(data.attempts)', 'stb1-3'],
    ['data.list[1]', 2],
    ['data["name"]', 'stb1'],
    ['"name" in data && !("nope" in data)', true],
    ['"none" in data && has(data.none) && data.none == null', true],
    ['has(data.nope)', false],
    ['data.list.map(x, x * 2)', [2, 4, 6]],
    ['data.list.map(x, x > 1, [x])', [[2], [3]]],
    ['data.list.filter(x, x > 1)', [2, 3]],
    ['data.list.exists_one(x, x == 2) && data.list.all(x, x > 0)', true],
    ['data.list + [4]', [1, 2, 3, 4]],
    ['data.list == [1, 2, 3.0]', true],
    ['data.deep == {"flag": true}', true],
    ['{"a": data.list, "b": {1: true}}', { a: [1, 2, 3], b: { '1': true } }],
    ['data.deep.flag ? data.name : data.nope', 'stb1'],
    ['false && data.nope', false],
    ['data.nope || true', true],
    ['size("añ😀") + size(data.list) + size(data.deep)', 7],
    ['"abc".matches("^a.c$")', true],
    ['b"abc"', 'YWJj'],
    ['2u + 3u', 5],
    ['now', '1970-01-01T00:00:00Z'],
    ['timestamp("2026-01-01T00:00:00.25Z")', '2026-01-01T00:00:00.250Z'],
    ['now + duration("PT15M")', '1970-01-01T00:15:00Z'],
    ['duration("1h30m0.5s")', 'PT1H30M0.5S'],
    ['duration("-90s")', '-PT1M30S'],
    ['duration("-1w2d3h0.5d")', '-PT231H'],
    ['duration("0s")', 'PT0S'],
    ['duration("P1D") == duration("24h")', true],
    ['timestamp("1970-01-02T00:00:00Z") - now', 'PT24H'],
    ['timestamp("1970-01-01T12:00:00Z").getHours("+02:00")', 14],
  ])('%s is %j', (source, expected) => {
    expect(value(source)).toEqual(expected)
  })

  it.each([
    ['nobody', 'unknown-name'],
    ['constructor', 'unknown-name'],
    ['data.nope', 'missing-key'],
    ['data.__proto__', 'missing-key'],
    ['data.constructor', 'missing-key'],
    ['data.list[9]', 'missing-key'],
    ['"a" + 1', 'type-error'],
    ['data.attempts + data.ratio', 'type-error'],
    ['nofunction(1)', 'type-error'],
    ['1 / 0', 'bad-value'],
    ['timestamp("yesterday")', 'bad-value'],
    ['9007199254740991 + 1', 'not-json'],
    ['data.big', 'not-json'],
    ['1e300', 'not-json'],
    ['0.0 / 0.0', 'not-json'],
    ['type(1)', 'not-json'],
    ["'a\\u0000b'", 'not-json'],
    ["{'\\u0000': 1}", 'not-json'],
  ])('%s fails with %s', (source, code) => {
    const error = errorOf(() => value(source))
    expect(error).toMatchObject({ code, expression: source })
    expect(error.reason).not.toBe('')
  })

  it('gives back parts of the variables as they are, not copied', () => {
    const data = { list: [1, { x: 1 }] }
    for (const run of [evaluate, evaluateFully]) {
      expect(run(compile('data.list'), { data })).toBe(data.list)
      expect((run(compile('{"kept": data.list}'), { data }) as { kept: unknown }).kept).toBe(data.list)
    }
  })

  it('answers the same by the quick way as by the library', () => {
    const leaf = fc.constantFrom(
      'data.n',
      'data.s',
      'data.l',
      'data.m',
      'data.f',
      'data.x',
      'data.m.k',
      'data.l[0]',
      '1',
      '-2',
      '0',
      '"a"',
      '""',
      'true',
      'null',
      '[1, data.n]',
    )
    const operator = fc.constantFrom('+', '-', '*', '/', '%', '<', '<=', '>', '>=', '==', '!=', '&&', '||', 'in')
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.tuple(tie('tree'), operator, tie('tree')).map(([left, sign, right]) => `(${left} ${sign} ${right})`),
        fc
          .tuple(tie('tree'), tie('tree'), tie('tree'))
          .map(([condition, yes, no]) => `(${condition} ? ${yes} : ${no})`),
        fc.tuple(fc.constantFrom('!', '-', 'size'), tie('tree')).map(([sign, operand]) => `${sign}(${operand})`),
        fc
          .tuple(tie('tree'), fc.constantFrom('startsWith', 'contains', 'endsWith'), tie('tree'))
          .map(([text, name, part]) => `(${text}).${name}(${part})`),
        fc.tuple(tie('tree'), tie('tree')).map(([container, key]) => `(${container})[${key}]`),
      ),
    }))
    const data = fc.record({
      n: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.maxSafeInteger()).map((n) => n + 0),
      f: fc.constantFrom(0.5, 2.25, -1.5),
      s: fc.string({ maxLength: 3 }),
      l: fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.string({ maxLength: 1 })), { maxLength: 3 }),
      m: fc.dictionary(fc.constantFrom('k', 'a', ''), fc.nat(3), { noNullPrototype: true }),
      x: fc.constantFrom<Json>(null, true, false),
    })
    fc.assert(
      fc.property(tree, data, (source, data) => {
        expect(outcome(evaluate, compile(source), { data })).toEqual(outcome(evaluateFully, compile(source), { data }))
      }),
      { numRuns: 2000 },
    )
  })
})

function outcome(run: typeof evaluate, compiled: CompiledExpression, variables: Variables): unknown {
  try {
    return run(compiled, variables)
  } catch (error) {
    if (error instanceof ExpressionError) return [error.code, error.reason]
    throw error
  }
}
