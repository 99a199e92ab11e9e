import type { CompiledCall, CompiledEmit, CompiledModel, CompiledTransition } from '../compiled.ts'
import { type Finding, pointer } from '../errors.ts'
import { unknown } from '../structure.ts'
import { calleeOf, type Library } from './library.ts'
import type { Path } from './references.ts'

/** Names of signals, tasks, subinstances and models that a model uses, and the arguments that go with them. */
export class NameChecker {
  readonly findings: Finding[] = []
  readonly #compiled: CompiledModel
  readonly #library: Library
  readonly #signals: readonly string[]
  readonly #tasks: ReadonlySet<string> | null

  constructor(compiled: CompiledModel, library: Library, tasks: Iterable<string> | undefined) {
    this.#compiled = compiled
    this.#library = library
    this.#signals = [...new Set([...compiled.parameters.keys(), ...compiled.bySignal.keys()])]
    this.#tasks = tasks === undefined ? null : new Set(tasks)
  }

  check(): Finding[] {
    for (const transition of this.#compiled.transitions) this.#transition(transition)
    this.#signalsUsed()
    return this.findings
  }

  #transition(transition: CompiledTransition): void {
    const path = ['transitions', transition.index]
    for (const [at, signal] of transition.cancel.entries()) this.#own(signal, [...path, 'cancel', at])
    for (const [at, { use }] of transition.tasks.entries()) {
      if (this.#tasks !== null && !this.#tasks.has(use.task)) {
        this.#unknown('unknown-task', [...path, 'tasks', at, 'task'], 'unknown task', use.task, this.#tasks)
      }
      this.#ends(use, [...path, 'tasks', at])
    }
    for (const [at, emit] of transition.emit.entries()) this.#emit(emit, [...path, 'emit', at])
    for (const [at, call] of transition.call.entries()) this.#call(call, [...path, 'call', at])
  }

  #ends(ends: { readonly done?: string; readonly failed?: string }, path: Path): void {
    if (ends.done !== undefined) this.#own(ends.done, [...path, 'done'])
    if (ends.failed !== undefined) this.#own(ends.failed, [...path, 'failed'])
  }

  #own(signal: string, path: Path): void {
    if (!this.#compiled.knows(signal)) this.#unknown('unknown-signal', path, 'unknown signal', signal, this.#signals)
  }

  #emit({ emit, args, to }: CompiledEmit, path: Path): void {
    if (emit.reply !== undefined) this.#own(emit.reply, [...path, 'reply'])
    const given = args.map(({ name }) => name)
    if (to.kind === 'self') {
      this.#own(emit.signal, [...path, 'signal'])
      this.#arguments(this.#compiled, emit.signal, given, path)
    } else if (to.kind === 'child') this.#toChild(to.as.source, emit.signal, given, path)
    else if (to.kind === 'url') this.#toModel(to.url.source, emit.signal, given, path)
  }

  #toChild(as: string, signal: string, given: readonly string[], path: Path): void {
    const calls = this.#compiled.transitions.flatMap(({ call }) => call)
    const meant = calls.filter((call) => call.as.source === as)
    if (meant.length === 0 && !as.includes('{') && calls.every((call) => !call.as.source.includes('{'))) {
      const names = calls.map((call) => call.as.source)
      this.#unknown('unknown-child', [...path, 'to'], 'no call names a subinstance', as, names)
    }
    if (meant.length === 0 && as.includes('{')) {
      const message = `whether a subinstance ${as} is called cannot be told from the model`
      this.findings.push({ code: 'unproved-child', pointer: pointer([...path, 'to']), severity: 'warning', message })
    }
    for (const call of meant) this.#toModel(call.url.source, signal, given, path)
  }

  #toModel(url: string, signal: string, given: readonly string[], path: Path): void {
    const target = this.#library.find(calleeOf(url))
    if (target === null) return
    if (!target.knows(signal)) {
      const known = [...target.parameters.keys(), ...target.bySignal.keys()]
      this.#unknown('unknown-signal', [...path, 'signal'], `model ${target.model.model} knows no signal`, signal, known)
    }
    this.#arguments(target, signal, given, path)
  }

  #arguments(target: CompiledModel, signal: string, given: readonly string[], path: Path): void {
    const parameters = target.parameters.get(signal)
    if (parameters === undefined) return
    const names = parameters.map(({ name }) => name)
    for (const name of given) {
      if (!names.includes(name))
        this.#unknown('unknown-argument', [...path, 'args', name], `${signal} has no argument`, name, names)
    }
    for (const { name, optional } of parameters) {
      if (!optional && !given.includes(name))
        this.#error('missing-argument', [...path, 'args'], `${signal} needs the argument ${name}`)
    }
  }

  #call({ call, url }: CompiledCall, path: Path): void {
    this.#ends(call, path)
    const callee = calleeOf(url.source)
    const problem = callee === null ? null : this.#library.problemWith(callee)
    if (problem === null) return
    this.findings.push({ ...problem, pointer: pointer([...path, 'url']), severity: 'error' })
  }

  #signalsUsed(): void {
    const { model, bySignal, parameters } = this.#compiled
    for (const { index, on } of this.#compiled.transitions) {
      if (model.signals === undefined || parameters.has(on)) continue
      const { hint, ...about } = unknown(on, parameters.keys(), this.findings.length)
      this.findings.push({
        code: 'undeclared-signal',
        pointer: pointer(['transitions', index, 'on']),
        severity: 'warning',
        message: `signal ${on} is not declared: its arguments are not checked${hint}`,
        ...about,
      })
    }
    for (const signal of parameters.keys()) {
      if (bySignal.has(signal)) continue
      const message = `no transition is on ${signal}: it is always ignored`
      this.findings.push({ code: 'unused-signal', pointer: pointer(['signals', signal]), severity: 'warning', message })
    }
  }

  /** `what` is the message's beginning, the name comes behind it. */
  #unknown(code: string, path: Path, what: string, name: string, known: Iterable<string>): void {
    const { hint, ...about } = unknown(name, known, this.findings.length)
    this.findings.push({ code, pointer: pointer(path), severity: 'error', message: `${what} ${name}${hint}`, ...about })
  }

  #error(code: string, path: Path, message: string): void {
    this.findings.push({ code, pointer: pointer(path), severity: 'error', message })
  }
}
