import type { CompiledModel } from '../compiled.ts'
import { compileModel } from '../compile.ts'
import { type Finding, ModelError } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Model } from '../types.ts'
import { callFindings } from './calls.ts'
import { explore } from './explore.ts'
import { Library } from './library.ts'
import { NameChecker } from './names.ts'
import { referenceFindings } from './references.ts'
import { soundnessFindings } from './soundness.ts'

export interface CheckOptions {
  /** Names of the tasks that the host knows; absent = not checked. */
  readonly tasks?: Iterable<string>
  /** Every published model that a call may reach; absent = not checked. */
  readonly models?: Iterable<Model>
  /** Reachable sets of states looked into, at most; 10,000 when absent. */
  readonly bound?: number
  readonly limits?: Partial<Limits>
}

const usualBound = 10_000

/** Section 9: what must be proved of a model before it may be published. Errors block, warnings are listed. */
export function check(model: Model, options: CheckOptions = {}): readonly Finding[] {
  const compiled = compiledOrFindings(model, options)
  if (!('model' in compiled)) return compiled
  const bound = options.bound ?? usualBound
  const library = new Library(compiled, options.models)
  return [
    ...new NameChecker(compiled, library, options.tasks).check(),
    ...referenceFindings(compiled),
    ...soundnessFindings(compiled, explore(compiled, bound), bound),
    ...callFindings(compiled, library, bound),
  ]
}

function compiledOrFindings(model: Model, options: CheckOptions): CompiledModel | readonly Finding[] {
  try {
    return compileModel(model, options.limits === undefined ? {} : { limits: options.limits })
  } catch (error) {
    if (error instanceof ModelError) return error.findings
    throw error
  }
}
