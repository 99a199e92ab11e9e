import { type CelToken, celTokens, isVariable, nameInString } from './cel-tokens.ts'

/** Variables of an expression whose fields have names. */
export const documents = ['args', 'data', 'shared', 'call'] as const
export type CelDocument = (typeof documents)[number]

/** A name of the model within an expression; offsets are those of the source. */
export interface CelName {
  /** `states`: the name of a state, compared with those that are current. */
  readonly of: CelDocument | 'states'
  readonly name: string
  readonly start: number
  readonly end: number
  /** `data.x` is a field, `data["x"]` and `"x" in states` are text. */
  readonly writing: 'field' | 'text'
}

const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

/**
 * The names that an expression certainly reads: `data.x`, `data["x"]`, `"x" in states`. A macro's own variable of the
 * same name hides the model's.
 */
export function celNames(source: string): CelName[] {
  const tokens = celTokens(source)
  const found: CelName[] = []
  const open: (string | null)[] = []
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'mark') {
      if (/^[([{]$/.test(token.text)) open.push(boundAt(tokens, at))
      else if (/^[)\]}]$/.test(token.text)) open.pop()
    }
    if (!isVariable(tokens, at) || open.includes(token.text)) continue
    const name = token.text === 'states' ? stateAt(tokens, at) : fieldAt(tokens, at)
    if (name !== null) found.push(name)
  }
  return found
}

/** The variable that a macro binds in the parenthesis at `at`: `x` of `list.exists(x, …)`. */
function boundAt(tokens: readonly CelToken[], at: number): string | null {
  const [dot, macro, , variable, comma] = tokens.slice(Math.max(0, at - 2), at + 3)
  const binds = at >= 2 && dot?.text === '.' && macros.has(macro?.text ?? '') && comma?.text === ','
  return binds && variable?.kind === 'name' ? variable.text : null
}

function fieldAt(tokens: readonly CelToken[], at: number): CelName | null {
  const of = documents.find((each) => each === tokens[at]?.text)
  const [mark, token, behind] = tokens.slice(at + 1, at + 4)
  if (of === undefined || token === undefined) return null
  if (mark?.text === '.' && token.kind === 'name' && behind?.text !== '(')
    return { of, name: token.text, start: token.start, end: token.end, writing: 'field' }
  const inside = mark?.text === '[' && behind?.text === ']' ? nameInString(token) : null
  return inside === null ? null : { of, ...inside, writing: 'text' }
}

const before = new Set(['(', '[', '{', ',', ':', '?', '&&', '||'])
const behind = new Set([')', ']', '}', ',', ':', '?', '&&', '||', '==', '!=', '<', '<=', '>', '>=', 'in'])

/** `"x" in states`, where no operator that binds tighter has a part in it. */
function stateAt(tokens: readonly CelToken[], at: number): CelName | null {
  const first = tokens[at - 3]
  const next = tokens[at + 1]
  const whole = (!first || before.has(first.text)) && (!next || behind.has(next.text))
  const inside = whole && tokens[at - 1]?.text === 'in' ? nameInString(tokens[at - 2]) : null
  return inside === null ? null : { of: 'states', ...inside, writing: 'text' }
}
