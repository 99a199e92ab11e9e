import { check, ModelError, parseModel, type Finding, type Model, type WitnessStep } from '@sutler/engine'
import { CallerError, type ErrorPlace } from '../platform/errors.ts'
import { modelUnsound } from './errors.ts'
import { isStorable } from './storable.ts'

/** A model as its author gives it: the canonical document, or text in the pattern language. */
export type Authored = { readonly document: unknown } | { readonly text: string }

/** One thing that there is to say of a model, at its place in the document or in the text. */
export interface ModelFinding {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  /** JSON pointer into the document. */
  readonly pointer?: string
  /** In the text, from 1. */
  readonly line?: number
  readonly column?: number
  /** The name that was probably meant. */
  readonly nearest?: string
  /** Shortest way to the states that the finding is about. */
  readonly witness?: readonly WitnessStep[]
}

export interface Inspection {
  /** Null when it cannot be executed at all. */
  readonly model: Model | null
  readonly findings: readonly ModelFinding[]
}

/** What a model is checked against. */
export interface Surroundings {
  readonly tasks: readonly string[]
  /** Those that are published. */
  readonly models: readonly Model[]
}

const unstorable: Finding = {
  code: 'invalid-document',
  severity: 'error',
  pointer: '',
  message: 'text with a NUL character, or half of a surrogate pair, cannot be kept',
}

/** Everything that there is to say of a document. May take seconds for one that is made to. */
export function inspectDocument(
  document: unknown,
  { tasks, models }: Surroundings,
): { readonly model: Model | null; readonly findings: readonly Finding[] } {
  try {
    const model = parseModel(document)
    if (!isStorable(model)) return { model: null, findings: [unstorable] }
    return { model, findings: check(model, { tasks, models: [...models, model] }) }
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    return { model: null, findings: error.findings }
  }
}

/** Whether it may be published. */
export function isSound({ model, findings }: Inspection): boolean {
  return model !== null && findings.every(({ severity }) => severity !== 'error')
}

/** Places named in one answer. */
const places = 100

/** @throws CallerError `model-unsound` with a place per error, when there are any */
export function requireSound(inspection: Inspection): Model {
  const { model, findings } = inspection
  if (model && isSound(inspection)) return model
  const errors = findings.filter(({ severity }) => severity === 'error')
  const name = model ? `${model.model}@${model.version}: ` : ''
  const detail = `${name}${errors.map(({ message }) => message).join('; ')}`
  throw new CallerError(modelUnsound, detail.slice(0, 2_000), { places: errors.slice(0, places).map(placeOf) })
}

function placeOf({ pointer = '', message, line, column }: ModelFinding): ErrorPlace {
  return { pointer, detail: message, ...(line !== undefined && { line }), ...(column !== undefined && { column }) }
}
