import { describe, expect, it } from 'vitest'
import { compile, evaluate } from './compile.ts'
import { ExpressionError } from './errors.ts'

const variables = { D: Array.from({ length: 10_000 }, (_, index) => index), s: 'x'.repeat(60_000), now: new Date(0) }

function codeOf(source: string): string {
  try {
    evaluate(compile(source), variables)
  } catch (error) {
    if (error instanceof ExpressionError) return error.code
    throw error
  }
  return 'none'
}

describe('the evaluation budget', () => {
  it.each([
    ['loops in loops', 'D.map(a, D.map(b, a + b))'],
    ['loops without a call in them', 'D.all(a, D.all(b, true))'],
    ['what || would absorb', 'D.all(a, D.all(b, true)) || true'],
    ['what && would absorb', 'false && false || D.all(a, D.all(b, true)) || true'],
    ['lists that double', `[1, 2]${'.map(a, [a, a])'.repeat(60)}`],
    ['comparisons of lists that double', `[1]${'.map(a, [a, a])'.repeat(60)} == [1]${'.map(a, [a, a])'.repeat(60)}`],
    ['concatenations that double', `[D + D]${'.map(a, a + a)'.repeat(60)}`],
    ['text that doubles', `[s + s]${'.map(a, a + a)'.repeat(60)}`],
    ['bytes that double', `[bytes(s)]${'.map(a, a + a)'.repeat(60)}`],
    ['a slow pattern over a long text', 's.matches("(x|y)*[a-z]{100}$")'],
    ['a long pattern', `"a".matches("${'a'.repeat(300)}")`],
    ['patterns in a loop', 'D.exists(a, "x".matches("[a-z]{1000}y"))'],
    ['long text read as a number', 'int(s)'],
    ['counting long text in a loop', 'D.map(a, size(s))'],
    ['searching long text in a loop', 'D.exists(a, s.contains("y"))'],
    ['time zones in a loop', 'D.map(a, now.getHours("Europe/Berlin"))'],
    ['searching a list in a loop', 'D.exists(a, -1 in D)'],
  ])('ends %s', (_, source) => {
    expect(codeOf(source)).toBe('over-budget')
  })

  it('semantics 11.3: leaves room for ordinary loops', () => {
    expect(codeOf('D.map(x, x + 1)')).toBe('none')
    expect(codeOf('D.filter(x, x % 2 == 0)')).toBe('none')
    expect(codeOf('s.startsWith("x") && s.matches("^x*$")')).toBe('none')
  })

  it('is whole again for the next evaluation', () => {
    expect(codeOf('D.all(a, D.all(b, true))')).toBe('over-budget')
    expect(codeOf('D.all(a, true)')).toBe('none')
  })
})
