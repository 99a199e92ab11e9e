/**
 * Checks decoded CBOR against CDDL (RFC 8610), for the part of the language that sutler.cddl uses: rules, maps with
 * `key:`, `? key:` and `n*m tstr => type` entries, arrays of one type, choices, ranges, `.size`, text literals.
 */
type Check = (value: unknown) => boolean

const tokenForm = /;[^\n]*|"[^"]*"|\.\.|=>|\.size|[a-z][a-z0-9-]*|\d+|[={}[\],:?*/()]/g

export function parseCddl(source: string): (rule: string, value: unknown) => boolean {
  const tokens = [...source.matchAll(tokenForm)].map(([token]) => token).filter((token) => !token.startsWith(';'))
  const parser = new Parser(tokens)
  while (!parser.done) parser.rule()
  return (rule, value) => parser.check(rule)(value)
}

const prelude: Readonly<Record<string, Check>> = {
  any: () => true,
  tstr: (value) => typeof value === 'string',
  bstr: (value) => value instanceof Uint8Array,
  bool: (value) => typeof value === 'boolean',
  null: (value) => value === null,
}

function size(value: unknown): number {
  if (value instanceof Uint8Array) return value.length
  return typeof value === 'string' ? new TextEncoder().encode(value).length : Number.NaN
}

class Parser {
  readonly #tokens: readonly string[]
  readonly #rules = new Map<string, Check>(Object.entries(prelude))
  #at = 0

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens
  }

  get done(): boolean {
    return this.#at >= this.#tokens.length
  }

  check(rule: string): Check {
    const check = this.#rules.get(rule)
    if (!check) throw new Error(`sutler.cddl has no rule ${rule}`)
    return check
  }

  rule(): void {
    const name = this.#next()
    this.#expect('=')
    this.#rules.set(name, this.#choice())
  }

  #peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead]
  }

  #next(): string {
    return this.#tokens[this.#at++] ?? ''
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false
    this.#at++
    return true
  }

  #expect(token: string): void {
    if (!this.#take(token))
      throw new Error(`expected ${token} before ${this.#tokens.slice(this.#at, this.#at + 5).join(' ')}`)
  }

  #choice(): Check {
    const checks = [this.#type()]
    while (this.#take('/')) checks.push(this.#type())
    return (value) => checks.some((check) => check(value))
  }

  #type(): Check {
    if (this.#take('{')) return this.#map()
    if (this.#take('[')) return this.#array()
    const token = this.#next()
    if (token.startsWith('"')) return (value) => value === token.slice(1, -1)
    if (/^\d/.test(token)) return this.#range(Number(token))
    const named: Check = (value) => this.check(token)(value)
    return this.#take('.size') ? this.#sized(named) : named
  }

  #range(least: number): Check {
    this.#expect('..')
    const most = Number(this.#next())
    return (value) => typeof value === 'number' && value >= least && value <= most
  }

  #sized(named: Check): Check {
    if (!this.#take('(')) {
      const exact = Number(this.#next())
      return (value) => named(value) && size(value) === exact
    }
    const range = this.#range(Number(this.#next()))
    this.#expect(')')
    return (value) => named(value) && range(size(value))
  }

  /** `n*m`, `*`: how often the entry that follows may come. */
  #occurrence(): { least: number; most: number } {
    const least = /^\d/.test(this.#peek() ?? '') ? Number(this.#next()) : 0
    this.#expect('*')
    return { least, most: /^\d/.test(this.#peek() ?? '') ? Number(this.#next()) : Number.POSITIVE_INFINITY }
  }

  #array(): Check {
    const { least, most } = this.#occurrence()
    const entry = this.#choice()
    this.#expect(']')
    return (value) => Array.isArray(value) && value.length >= least && value.length <= most && value.every(entry)
  }

  #map(): Check {
    const fields = new Map<string, { optional: boolean; check: Check }>()
    let others: { least: number; most: number; check: Check } | null = null
    while (!this.#take('}')) {
      if (this.#peek() === '*' || this.#peek(1) === '*') others = this.#others()
      else this.#field(fields)
      this.#take(',')
    }
    return (value) => {
      if (!(value instanceof Map)) return false
      const named = [...fields].every(([key, field]) => (value.has(key) ? field.check(value.get(key)) : field.optional))
      const rest = [...value].filter(([key]) => !fields.has(String(key))).map(([, entry]) => entry)
      if (!named || !others) return named && rest.length === 0
      return rest.length >= others.least && rest.length <= others.most && rest.every(others.check)
    }
  }

  #others(): { least: number; most: number; check: Check } {
    const occurrence = this.#occurrence()
    this.#expect('tstr')
    this.#expect('=>')
    return { ...occurrence, check: this.#choice() }
  }

  #field(fields: Map<string, { optional: boolean; check: Check }>): void {
    const optional = this.#take('?')
    const key = this.#next()
    this.#expect(':')
    fields.set(key, { optional, check: this.#choice() })
  }
}
