import { DdiError } from '../errors.ts'

/** An object of a document, read field by field; errors name the field. Fields that DDI does not know are left alone. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>
  readonly #clause: string
  readonly #pointer: string

  /** @throws DdiError `bad-field` when `value` is no object */
  constructor(value: unknown, clause: string, pointer = '') {
    this.#clause = clause
    this.#pointer = pointer
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.wrong('', 'is no object')
    this.#values = value as Record<string, unknown>
  }

  /** The value; undefined when it is absent or null. */
  get(name: string): unknown {
    return Object.hasOwn(this.#values, name) ? (this.#values[name] ?? undefined) : undefined
  }

  object(name: string): Fields {
    return new Fields(this.get(name), this.#clause, this.#at(name))
  }

  /** Null when it is absent. */
  optionalObject(name: string): Fields | null {
    return this.get(name) === undefined ? null : this.object(name)
  }

  text(name: string, longest: number): string {
    const value = this.get(name)
    if (typeof value !== 'string') throw this.wrong(name, 'is no text')
    if (value.length > longest) throw this.wrong(name, `is longer than ${longest} characters`)
    return value
  }

  /** Null when it is absent. */
  optionalText(name: string, longest: number): string | null {
    return this.get(name) === undefined ? null : this.text(name, longest)
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.get(name)
    const word = words.find((each) => each === value)
    if (word === undefined) throw this.wrong(name, `is none of ${words.join(', ')}`)
    return word
  }

  /** A whole number, also as text; null when it is absent. */
  optionalNumber(name: string): number | null {
    const value = this.get(name)
    if (value === undefined) return null
    const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value
    if (!Number.isSafeInteger(number)) throw this.wrong(name, 'is no whole number')
    return number as number
  }

  /** Own entries, in order. */
  entries(): [string, unknown][] {
    return Object.entries(this.#values)
  }

  wrong(name: string, detail: string): DdiError {
    return new DdiError(
      'bad-field',
      { clause: this.#clause, pointer: name === '' ? this.#pointer : this.#at(name) },
      detail,
    )
  }

  #at(name: string): string {
    return `${this.#pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  }
}
