import { check, type CheckOptions, type Finding, type Model, ModelError, parseModel } from '@sutler/engine'
import type { Diagnostic } from './diagnostics.ts'
import { patternLimits } from './limits.ts'
import type { Places } from './places.ts'
import type { Positions } from './positions.ts'
import { placeInSource } from './place-in-source.ts'
import { readText } from './read.ts'
import type { Range } from './range.ts'

export interface PatternCheck {
  /** Null when the text has mistakes of writing, or is no model. What `check` finds does not take it away. */
  readonly model: Model | null
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads a text and proves what must hold of its model (section 9); every finding at its place in the text. */
export function checkPattern(text: string, options: CheckOptions = {}): PatternCheck {
  const { placed, diagnostics, tree, positions } = readText(text)
  const broken = diagnostics.filter(({ severity }) => severity === 'error').map(({ range }) => range)
  const { model, findings } = judged(placed.model, options)
  const kept = broken.length === 0 ? findings : findings.filter(({ code }) => standsAnyway.has(code))
  const wrong = tree.statements
    .map(({ range }) => range)
    .filter((range) => broken.some((other) => within(other, range)))
  const declarationsRead = tree.statements.every(({ section, range }) => section === 'on' || !wrong.includes(range))
  const found = (broken.length > 0 && !declarationsRead ? [] : kept)
    .map((finding) => placedFinding(finding, placed.places, positions))
    .filter(({ range }) => !wrong.some((statement) => within(range, statement)))
  const all = mostOf([...diagnostics, ...withoutRepeats(found)])
  all.sort((a, b) => a.range.start.offset - b.range.start.offset)
  return { model: broken.length === 0 ? model : null, diagnostics: all }
}

/** Findings that hold of what could be read when some statements of transitions could not. */
const standsAnyway = new Set([
  'unknown-state',
  'unknown-signal',
  'unknown-task',
  'unknown-model',
  'unknown-name',
  'unknown-argument',
  'syntax-error',
  'bad-address',
  'bad-url',
  'bad-template',
  'bad-version',
])

function judged(
  document: Model,
  options: CheckOptions,
): { readonly model: Model | null; readonly findings: readonly Finding[] } {
  try {
    const model = parseModel(document)
    return { model, findings: check(model, options) }
  } catch (error) {
    if (error instanceof ModelError) return { model: null, findings: error.findings }
    throw error
  }
}

function within(inner: Range, outer: Range): boolean {
  return inner.start.offset >= outer.start.offset && inner.start.offset <= outer.end.offset
}

function placedFinding(finding: Finding, places: Places, positions: Positions): Diagnostic {
  const { code, severity, pointer, witness, nearest } = finding
  const source = places.sourceAt(pointer)
  const exact = source === undefined ? null : placeInSource(source, finding, positions)
  return {
    code,
    severity,
    message: placedMessage(finding, exact !== null),
    range: exact ?? places.placeOf(pointer),
    ...(nearest === undefined ? {} : { nearest }),
    ...(witness === undefined ? {} : { witness }),
  }
}

/** Without what the place says: the expression, and where in it. What the schema says is told of the key that it speaks of. */
function placedMessage({ code, message, expression, offset, pointer }: Finding, exact: boolean): string {
  if (code === 'invalid-document') {
    const key = pointer.split('/').findLast((part) => /^[a-z]+$/.test(part))
    return key === undefined ? message : `${key}: ${message}`
  }
  const prefix = `${expression}: `
  const short = expression !== undefined && message.startsWith(prefix) ? message.slice(prefix.length) : message
  return exact && offset !== undefined ? short.replace(/ \(at character \d+\)$/, '') : short
}

/** As many as are listed; warnings are left out before errors. */
function mostOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning')
  return [...errors, ...warnings].slice(0, patternLimits.diagnostics)
}

/** One mistake is listed once for each place. */
function withoutRepeats(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>()
  return diagnostics.filter(({ code, message, range }) => {
    const key = `${range.start.offset} ${code} ${message}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
