import { compileModel, ModelError, type CompiledModel, type Model } from '@sutler/engine'
import { readSource } from './check-source.ts'
import { ModelSourceError } from './model-source-error.ts'
import type { ModelSource } from './model-source.ts'

/** A model that can be executed; whether it is sound is not asked. @throws ModelSourceError */
export function compiledSource(source: ModelSource): CompiledModel {
  const { document, diagnostics, placeOf } = readSource(source)
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new ModelSourceError([{ source, diagnostics: errors }])
  try {
    // Its shape is what compileModel reads first.
    return compileModel(document as Model)
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    const placed = error.findings.map((finding) => ({ ...finding, range: placeOf(finding.pointer) }))
    throw new ModelSourceError([{ source, diagnostics: placed }])
  }
}
