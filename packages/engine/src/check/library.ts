import semver from 'semver'
import type { CompiledModel } from '../compiled.ts'
import { compileModel } from '../compile.ts'
import type { Finding } from '../errors.ts'
import { unknown } from '../structure.ts'
import type { Model } from '../types.ts'

/** The model that a call's URL names, when it is written out and not computed. */
export interface Callee {
  readonly model: string
  readonly version: string | null
}

/** Null when the model's name or version is an expression. */
export function calleeOf(url: string): Callee | null {
  const match = /^model:([A-Za-z][A-Za-z0-9_-]*)(?:@([^/{]+))?\//.exec(url)
  return match?.[1] === undefined ? null : { model: match[1], version: match[2] ?? null }
}

/** The published models and the one that is checked, compiled when asked for. */
export class Library {
  readonly #own: CompiledModel
  readonly #models: readonly Model[] | null
  readonly #compiled = new Map<Model, CompiledModel>()

  constructor(own: CompiledModel, models: Iterable<Model> | undefined) {
    this.#own = own
    this.#models = models === undefined ? null : [...models]
    this.#compiled.set(own.model, own)
  }

  /** The highest version a call would start; null when the model is not known here. */
  find(callee: Callee | null): CompiledModel | null {
    const model = callee === null ? undefined : this.#candidates(callee).find((candidate) => matches(candidate, callee))
    if (model === undefined) return null
    const known = this.#compiled.get(model)
    if (known !== undefined) return known
    const compiled = compileModel(model)
    this.#compiled.set(model, compiled)
    return compiled
  }

  problemWith(callee: Callee): Omit<Finding, 'pointer' | 'severity'> | null {
    if (callee.version !== null && semver.validRange(callee.version) === null) {
      return { code: 'bad-version', message: `${callee.version} is no version: expected 1, 1.2 or 1.2.0` }
    }
    if (this.#models === null) return null
    const candidates = this.#candidates(callee)
    if (candidates.length === 0) {
      const names = this.#models.map(({ model }) => model)
      const { hint, ...about } = unknown(callee.model, names, 0)
      return { code: 'unknown-model', message: `no published model ${callee.model}${hint}`, ...about }
    }
    if (candidates.some((candidate) => matches(candidate, callee))) return null
    const versions = candidates.map(({ version }) => version).join(', ')
    return {
      code: 'unknown-model',
      message: `no published version ${callee.version} of ${callee.model}, only ${versions}`,
    }
  }

  /** Versions of the named model, highest first. */
  #candidates(callee: Callee): Model[] {
    const all = [this.#own.model, ...(this.#models ?? [])].filter(({ model }) => model === callee.model)
    return all.sort((a, b) => semver.rcompare(a.version, b.version))
  }
}

function matches(model: Model, { version }: Callee): boolean {
  return version === null || semver.satisfies(model.version, version)
}
