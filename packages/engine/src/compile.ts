import {
  type CompiledExpression,
  type CompiledTemplate,
  compile,
  compileTemplate,
  ExpressionError,
} from '@sutler/expressions'
import type {
  Address,
  Assignment,
  CompiledCall,
  CompiledEmit,
  CompiledModel,
  CompiledTask,
  CompiledTransition,
  Delay,
} from './compiled.ts'
import { parseModel } from './document.ts'
import { readDuration } from './durations.ts'
import { type Finding, ModelError, pointer } from './errors.ts'
import { defaultLimits, type Limits } from './limits.ts'
import { Markings } from './marking.ts'
import { parametersOf } from './parameters.ts'
import { limitFindings, stateFindings } from './structure.ts'
import type { Call, Emit, Expression, Model, TaskUse, Transition } from './types.ts'

export interface CompileOptions {
  /** Merged over the default limits of section 11. */
  readonly limits?: Partial<Limits>
}

/**
 * Reads a document and compiles its expressions and tables once; keep the result per model version. Throws ModelError
 * with everything that keeps it from being executed. Soundness is `check`'s.
 */
export function compileModel(document: Model, options: CompileOptions = {}): CompiledModel {
  const limits = { ...defaultLimits, ...options.limits }
  const model = parseModel(document, limits)
  const excess = limitFindings(model, limits)
  if (excess.length > 0) throw new ModelError(excess)
  const compiler = new Compiler()
  const findings = stateFindings(model)
  const transitions = model.transitions.map((transition, index) => compiler.transition(transition, index))
  const returns = compiler.assignments(model.returns, ['returns'])
  const errors = [...findings, ...compiler.findings]
  if (errors.length > 0) throw new ModelError(errors)

  const bySignal = Map.groupBy(transitions, (transition) => transition.on)
  const declared = Object.entries(model.signals ?? {})
  const parameters = new Map(declared.map(([name, declaration]) => [name, parametersOf(declaration)]))
  return {
    model,
    limits,
    transitions,
    bySignal,
    parameters,
    urgent: new Set(declared.filter(([, signal]) => signal.urgent === true).map(([name]) => name)),
    deferrable: new Set(declared.filter(([, signal]) => signal.deferrable === true).map(([name]) => name)),
    markings: new Markings(model.final, bySignal),
    returns,
    knows: (signal) => bySignal.has(signal) || parameters.has(signal),
  }
}

type Path = readonly PropertyKey[]

/** Compiles the expressions of a document, collecting a finding for each that does not parse. */
class Compiler {
  readonly findings: Finding[] = []

  transition(transition: Transition, index: number): CompiledTransition {
    const path = ['transitions', index]
    const clear = transition.clear ?? []
    return {
      index,
      name: transition.name,
      on: transition.on,
      from: transition.from,
      to: transition.to,
      clear,
      clearsAll: clear.includes('*'),
      when: transition.when === undefined ? null : this.expression(transition.when, [...path, 'when']),
      args: this.assignments(transition.args, [...path, 'args']),
      set: this.assignments(transition.set, [...path, 'set']),
      share: this.assignments(transition.share, [...path, 'share']),
      cancel: transition.cancel ?? [],
      tasks: (transition.tasks ?? []).map((use, at) => this.#task(use, [...path, 'tasks', at])),
      emit: (transition.emit ?? []).map((emit, at) => this.#emit(emit, [...path, 'emit', at])),
      call: (transition.call ?? []).map((call, at) => this.#call(call, [...path, 'call', at])),
    }
  }

  assignments(expressions: Readonly<Record<string, Expression>> | undefined, path: Path): readonly Assignment[] {
    return Object.entries(expressions ?? {}).map(([name, source]) => ({
      name,
      expression: this.expression(source, [...path, name]),
    }))
  }

  expression(source: Expression, path: Path): CompiledExpression {
    return this.#attempt(path, () => compile(source)) ?? compile('null')
  }

  #template(source: string, path: Path): CompiledTemplate {
    return this.#attempt(path, () => compileTemplate(source)) ?? { source, parts: [] }
  }

  #attempt<T>(path: Path, build: () => T): T | null {
    try {
      return build()
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      const at = error.position === undefined ? '' : ` (at character ${error.position + 1})`
      this.findings.push({
        code: error.code,
        pointer: pointer(path),
        severity: 'error',
        message: `${error.message}${at}`,
        expression: error.expression,
        ...(error.position === undefined ? {} : { offset: error.position }),
      })
      return null
    }
  }

  #task(use: TaskUse, path: Path): CompiledTask {
    return { use, args: this.assignments(use.args, [...path, 'args']) }
  }

  #emit(emit: Emit, path: Path): CompiledEmit {
    const args = this.assignments(emit.args, [...path, 'args'])
    return { emit, args, to: this.#address(emit.to ?? 'self', [...path, 'to']), delay: this.#delay(emit, path) }
  }

  #address(to: string, path: Path): Address {
    if (to === 'self' || to === 'parent' || to === 'sender') return { kind: to }
    if (to.startsWith('child:')) return { kind: 'child', as: this.#template(to.slice('child:'.length), path) }
    if (to.startsWith('model:') || to.startsWith('{')) return { kind: 'url', url: this.#template(to, path) }
    const message = `${to} is no address: self, parent, sender, child:<as> or model:<name>/<id>`
    this.findings.push({ code: 'bad-address', pointer: pointer(path), severity: 'error', message })
    return { kind: 'self' }
  }

  #delay(emit: Emit, path: Path): Delay {
    if (emit.at !== undefined) return { kind: 'at', expression: this.expression(emit.at, [...path, 'at']) }
    if (emit.after === undefined) return { kind: 'none' }
    const milliseconds = readDuration(emit.after)
    if (milliseconds !== null) return { kind: 'fixed', milliseconds }
    const braced = /^\{(.*)\}$/s.exec(emit.after)
    return { kind: 'after', expression: this.expression(braced?.[1] ?? emit.after, [...path, 'after']) }
  }

  #call(call: Call, path: Path): CompiledCall {
    if (!call.url.startsWith('model:')) {
      const message = `${call.url} is no model:<name>[@<version>]/<id>`
      this.findings.push({ code: 'bad-url', pointer: pointer([...path, 'url']), severity: 'error', message })
    }
    return {
      call,
      args: this.assignments(call.args, [...path, 'args']),
      url: this.#template(call.url, [...path, 'url']),
      as: this.#template(call.as, [...path, 'as']),
    }
  }
}
