import { readDuration } from '../durations.ts'
import type { Json, JsonObject } from '../types.ts'

/** One line of a simulation script (section 10). */
export type ScriptLine =
  | { readonly kind: 'signal'; readonly signal: string; readonly args: JsonObject; readonly id: string | null }
  | { readonly kind: 'advance'; readonly milliseconds: number }
  | {
      readonly kind: 'task'
      readonly task: string
      readonly end: { readonly result: JsonObject } | { readonly error: string }
    }
  | {
      readonly kind: 'child'
      readonly as: string
      readonly end: { readonly returns: JsonObject } | { readonly failure: string }
    }

/** A script that cannot be read: its line (from 1) and what was expected. */
export class ScriptError extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`)
    this.name = 'ScriptError'
    this.line = line
  }
}

const fields: Readonly<Record<ScriptLine['kind'], readonly string[]>> = {
  signal: ['signal', 'args', 'id'],
  advance: ['advance'],
  task: ['task', 'result', 'error'],
  child: ['child', 'done', 'failed'],
}
const kinds: readonly ScriptLine['kind'][] = ['signal', 'advance', 'task', 'child']

/** Reads one line; null when it is blank. Throws ScriptError. */
export function readScriptLine(text: string, line: number): ScriptLine | null {
  if (text.trim() === '') return null
  const value = parse(text, line)
  const kind = kinds.find((name) => Object.hasOwn(value, name))
  if (kind === undefined) throw new ScriptError(line, 'expected one of "signal", "advance", "task", "child"')
  const unknown = Object.keys(value).find((key) => !fields[kind].includes(key))
  if (unknown !== undefined) throw new ScriptError(line, `unknown key "${unknown}" beside "${kind}"`)
  const reader = new LineReader(value, line)
  switch (kind) {
    case 'signal':
      return {
        kind,
        signal: reader.text('signal'),
        args: reader.has('args') ? reader.object('args') : {},
        id: reader.has('id') ? reader.text('id') : null,
      }
    case 'advance':
      return { kind, milliseconds: reader.duration() }
    case 'task':
      return {
        kind,
        task: reader.text('task'),
        end:
          reader.either('result', 'error', kind) === 'error'
            ? { error: reader.anyText('error') }
            : { result: reader.object('result') },
      }
    case 'child':
      return {
        kind,
        as: reader.text('child'),
        end:
          reader.either('done', 'failed', kind) === 'failed'
            ? { failure: reader.anyText('failed') }
            : { returns: reader.object('done') },
      }
  }
}

function parse(text: string, line: number): JsonObject {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    throw new ScriptError(line, `no JSON: ${(error as SyntaxError).message}`)
  }
  if (!isObject(value)) throw new ScriptError(line, 'expected a JSON object')
  return value
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

class LineReader {
  readonly #value: JsonObject
  readonly #line: number

  constructor(value: JsonObject, line: number) {
    this.#value = value
    this.#line = line
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#value, key)
  }

  /** Which of the two is there. */
  either(first: string, second: string, beside: string): string {
    if (this.has(first) !== this.has(second)) return this.has(first) ? first : second
    throw new ScriptError(this.#line, `expected either "${first}" or "${second}" beside "${beside}"`)
  }

  text(key: string): string {
    const text = this.anyText(key)
    if (text !== '') return text
    throw new ScriptError(this.#line, `"${key}" must be text that is not empty`)
  }

  anyText(key: string): string {
    const value = this.#value[key]
    if (typeof value === 'string') return value
    throw new ScriptError(this.#line, `"${key}" must be text`)
  }

  object(key: string): JsonObject {
    const value = this.#value[key]
    if (isObject(value)) return value
    throw new ScriptError(this.#line, `"${key}" must be an object`)
  }

  duration(): number {
    const milliseconds = readDuration(this.text('advance'))
    if (milliseconds !== null) return milliseconds
    throw new ScriptError(this.#line, '"advance" must be a duration such as 15m or PT15M')
  }
}
