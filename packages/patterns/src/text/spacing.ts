import type { Token } from './statements.ts'

/** Tokens on one line, spaced in the usual way. `textOf` gives each one's text. */
export function joined(tokens: readonly Token[], textOf: (token: Token) => string): string {
  let line = ''
  for (const [index, token] of tokens.entries()) {
    if (index > 0 && spaced(tokens[index - 1]!, token)) line += ' '
    line += textOf(token)
  }
  return line
}

function spaced(before: Token, token: Token): boolean {
  if (token.kind === 'joined' || token.kind === 'open' || token.kind === 'close' || token.kind === 'separator')
    return false
  return before.kind !== 'open' && before.kind !== 'mark'
}

/** Tokens split before each that `begins` a group. */
export function groups(tokens: readonly Token[], begins: (token: Token) => boolean): Token[][] {
  const found: Token[][] = [[]]
  for (const token of tokens) {
    if (begins(token) && found.at(-1)!.length > 0) found.push([])
    found.at(-1)!.push(token)
  }
  return found
}
