import {
  check,
  compileModel,
  ModelError,
  parseModel,
  type CheckOptions,
  type Finding,
  type Model,
} from '@sutler/engine'
import { checkPattern, readPattern, type Diagnostic, type Range } from '@sutler/patterns'
import { readJsonDocument } from './json-document.ts'
import type { ModelSource } from './model-source.ts'

/** A model that was read, and everything that there is to say about it, each at its place in the text. */
export interface CheckedSource {
  readonly source: ModelSource
  /** Null when it cannot be read as one. */
  readonly model: Model | null
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads and checks models (engine.md section 9), those that call one another together. Names of tasks are not judged, nor
 * models that are called and not among these: only a hub knows.
 */
export function checkSources(sources: readonly ModelSource[]): CheckedSource[] {
  if (sources.length === 1) return sources.map((source) => checkSource(source))
  const models = executable(sources)
  return sources.map((source) => {
    const { diagnostics, ...checked } = checkSource(source, { models })
    return { ...checked, diagnostics: diagnostics.filter((each) => !isElsewhere(each)) }
  })
}

/** A called model that is probably published; one that has nearly the name of one of these is a mistake. */
function isElsewhere({ code, message }: Diagnostic): boolean {
  return code === 'unknown-model' && message.startsWith('no published model ') && !message.includes('did you mean')
}

/** Those that others can be checked against. */
export function executable(sources: readonly ModelSource[]): Model[] {
  return sources.flatMap((source) => {
    const { document } = readSource(source)
    if (document === undefined) return []
    try {
      return compileModel(document as Model).model
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      return []
    }
  })
}

function checkSource(source: ModelSource, options: CheckOptions = {}): CheckedSource {
  if (source.format === 'pattern') return { source, ...checkPattern(source.text, options) }
  const { document, diagnostics, placeOf } = readJson(source.text)
  if (document === undefined) return { source, model: null, diagnostics }
  const placed = (finding: Finding): Diagnostic => ({ ...finding, range: placeOf(finding.pointer) })
  try {
    const model = parseModel(document)
    return { source, model, diagnostics: check(model, options).map(placed) }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return { source, model: null, diagnostics: error.findings.map(placed) }
  }
}

/** A text whose content is not judged yet. */
export interface ReadSource {
  /** Undefined when the text has mistakes. */
  readonly document: unknown
  readonly diagnostics: readonly Diagnostic[]
  /** Where the text says what a JSON pointer into the document means. */
  placeOf(pointer: string): Range
}

/** Reads the text only. */
export function readSource(source: ModelSource): ReadSource {
  if (source.format === 'json') return readJson(source.text)
  const { document, diagnostics, placeOf } = readPattern(source.text)
  return { document: document ?? undefined, diagnostics, placeOf }
}

function readJson(text: string): ReadSource {
  const { value, mistakes, placeOf } = readJsonDocument(text)
  const diagnostics = mistakes.map((mistake): Diagnostic => ({ code: 'syntax', severity: 'error', ...mistake }))
  return { document: value, diagnostics, placeOf }
}
