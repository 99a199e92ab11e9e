/** A piece of an expression's text; all pieces joined are the text. */
export interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'space' | 'mark'
  readonly text: string
}

const pieces: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /\s+|\/\/[^\n]*/y],
  [
    'text',
    /[bB]?[rR]?(?:"""[^]*?"""|'''[^]*?''')|[bB]?[rR](?:"[^"\n]*"|'[^'\n]*')|[bB]?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/y,
  ],
  ['number', /0[xX][0-9A-Fa-f]+[uU]?|(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?[uU]?/y],
  ['name', /[A-Za-z_$][A-Za-z0-9_$]*/y],
  ['mark', /===|!==|==|!=|<=|>=|&&|\|\||=>|\+\+|--|\*\*|\?\?|\?\.|<<|>>|[^]/y],
]

/** Cuts an expression into pieces: what of it is text, what are names. Never fails; what is none of these is a mark. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at)
    tokens.push(token)
    at += token.text.length
  }
  return tokens
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of pieces) {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found !== undefined && found !== '') return { kind, text: found }
  }
  return { kind: 'mark', text: text.slice(at, at + 1) }
}

/** Walks the pieces of an expression without its white space. */
export class TokenReader {
  readonly #tokens: readonly Token[]
  #at = 0

  constructor(text: string) {
    this.#tokens = tokensOf(text)
  }

  /** The next piece, white space included; null at the end. */
  next(): Token | null {
    const token = this.#tokens[this.#at] ?? null
    this.#at += 1
    return token
  }

  /** The text of the piece that stands `distance` pieces before the last one taken, white space left out. */
  before(distance = 1): string {
    const earlier = this.#tokens.slice(0, Math.max(0, this.#at - 1)).filter(({ kind }) => kind !== 'space')
    return earlier.at(-distance)?.text ?? ''
  }

  /** Pieces that come, white space left out. */
  ahead(count: number): readonly Token[] {
    const found: Token[] = []
    for (let at = this.#at; at < this.#tokens.length && found.length < count; at += 1) {
      const token = this.#tokens[at]
      if (token !== undefined && token.kind !== 'space') found.push(token)
    }
    return found
  }

  /** Passes over as many pieces, and the white space before them. */
  skip(count: number): void {
    for (let left = count; left > 0 && this.#at < this.#tokens.length; this.#at += 1) {
      if (this.#tokens[this.#at]?.kind !== 'space') left -= 1
    }
  }
}
