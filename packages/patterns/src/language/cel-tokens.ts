import { stringEnd } from '../text/scan.ts'

/** A token of CEL; offsets are those of the source. */
export interface CelToken {
  readonly kind: 'name' | 'number' | 'string' | 'mark'
  readonly text: string
  readonly start: number
  readonly end: number
}

const shapes: readonly (readonly [CelToken['kind'], RegExp])[] = [
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['number', /[0-9][0-9A-Za-z_.]*/y],
  ['mark', /&&|\|\||[<>=!]=|./suy],
]
const prefixedString = /[rRbB]{1,2}(?=["'])/y

/** The tokens of an expression, also of one that is not complete: a string that is not closed goes on to the end. */
export function celTokens(source: string): CelToken[] {
  const tokens: CelToken[] = []
  let at = 0
  while (at < source.length) {
    if (/\s/.test(source[at]!)) {
      at += 1
      continue
    }
    const token = stringAt(source, at) ?? plainAt(source, at)
    tokens.push(token)
    at = token.end
  }
  return tokens
}

function stringAt(source: string, start: number): CelToken | null {
  prefixedString.lastIndex = start
  const open = start + (prefixedString.exec(source)?.[0].length ?? 0)
  if (source[open] !== '"' && source[open] !== "'") return null
  const behind = stringEnd(source, open, source.length)
  const end = behind === -1 ? source.length : behind
  return { kind: 'string', text: source.slice(start, end), start, end }
}

function plainAt(source: string, start: number): CelToken {
  for (const [kind, shape] of shapes) {
    shape.lastIndex = start
    const text = shape.exec(source)?.[0]
    if (text !== undefined) return { kind, text, start, end: start + text.length }
  }
  return { kind: 'mark', text: source[start]!, start, end: start + 1 }
}

/** Whether a value ends with this token, so that `.`, `[` and operators go on from it. */
export function endsOperand(token: CelToken | undefined): boolean {
  if (token === undefined) return false
  return token.kind === 'mark' ? /^[)\]}]$/.test(token.text) : token.text !== 'in'
}

/** What a string literal that holds nothing but a name says, and where; null for any other token. */
export function nameInString(token: CelToken | undefined): { name: string; start: number; end: number } | null {
  if (token?.kind !== 'string') return null
  const match = /^[rR]?("""|'''|"|')([A-Za-z][A-Za-z0-9_-]*)\1$/.exec(token.text)
  if (match === null) return null
  const end = token.end - match[1]!.length
  return { name: match[2]!, start: end - match[2]!.length, end }
}

/** Whether the token is a variable by itself: no field of another value, no function. */
export function isVariable(tokens: readonly CelToken[], at: number): boolean {
  return tokens[at]?.kind === 'name' && tokens[at + 1]?.text !== '(' && !isSelected(tokens, at)
}

/** Whether the token is a function that is called by itself, not behind a dot. */
export function isFunction(tokens: readonly CelToken[], at: number): boolean {
  return tokens[at]?.kind === 'name' && tokens[at + 1]?.text === '(' && !isSelected(tokens, at)
}

function isSelected(tokens: readonly CelToken[], at: number): boolean {
  return tokens[at - 1]?.text === '.' && endsOperand(tokens[at - 2])
}
