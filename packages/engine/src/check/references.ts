import type { CompiledExpression, CompiledTemplate } from '@sutler/expressions'
import type { Assignment, CompiledModel, CompiledTransition } from '../compiled.ts'
import { type Finding, pointer } from '../errors.ts'
import { unknown } from '../structure.ts'

export type Path = readonly PropertyKey[]

/** Section 7's variables, and CEL's own names of types. */
const variables = new Set(['args', 'data', 'shared', 'states', 'call', 'id', 'now'])
const types = new Set([
  'int',
  'uint',
  'double',
  'bool',
  'string',
  'bytes',
  'list',
  'map',
  'null_type',
  'type',
  'google',
])

/** Names in expressions: variables that do not exist, arguments that the signal does not have, data nobody sets. */
export function referenceFindings(compiled: CompiledModel): Finding[] {
  const checker = new ReferenceChecker(compiled)
  for (const transition of compiled.transitions) checker.transition(transition)
  checker.assignments(compiled.returns, null, ['returns'])
  return checker.findings
}

class ReferenceChecker {
  readonly findings: Finding[] = []
  readonly #compiled: CompiledModel
  readonly #data: ReadonlySet<string>
  readonly #shared: ReadonlySet<string>

  constructor(compiled: CompiledModel) {
    this.#compiled = compiled
    const { model, transitions } = compiled
    this.#data = new Set([
      ...Object.keys(model.data ?? {}),
      ...transitions.flatMap(({ set }) => set.map(({ name }) => name)),
    ])
    this.#shared = new Set([
      ...Object.keys(model.shared ?? {}),
      ...transitions.flatMap(({ share }) => share.map(({ name }) => name)),
    ])
  }

  transition(transition: CompiledTransition): void {
    const path = ['transitions', transition.index]
    const { when, args, set, share, tasks, emit, call } = transition
    if (when !== null) this.#expression(when, transition, [...path, 'when'])
    this.assignments(args, transition, [...path, 'args'])
    this.assignments(set, transition, [...path, 'set'])
    this.assignments(share, transition, [...path, 'share'])
    for (const [at, task] of tasks.entries()) this.assignments(task.args, transition, [...path, 'tasks', at, 'args'])
    for (const [at, { args: given, to, delay }] of emit.entries()) {
      this.assignments(given, transition, [...path, 'emit', at, 'args'])
      if (to.kind === 'child') this.#template(to.as, transition, [...path, 'emit', at, 'to'])
      if (to.kind === 'url') this.#template(to.url, transition, [...path, 'emit', at, 'to'])
      if (delay.kind === 'after' || delay.kind === 'at')
        this.#expression(delay.expression, transition, [...path, 'emit', at, delay.kind])
    }
    for (const [at, { args: given, url, as }] of call.entries()) {
      this.assignments(given, transition, [...path, 'call', at, 'args'])
      this.#template(url, transition, [...path, 'call', at, 'url'])
      this.#template(as, transition, [...path, 'call', at, 'as'])
    }
  }

  assignments(assignments: readonly Assignment[], transition: CompiledTransition | null, path: Path): void {
    for (const { name, expression } of assignments) this.#expression(expression, transition, [...path, name])
  }

  #template(template: CompiledTemplate, transition: CompiledTransition, path: Path): void {
    for (const part of template.parts) if (typeof part !== 'string') this.#expression(part, transition, path)
  }

  #expression(expression: CompiledExpression, transition: CompiledTransition | null, path: Path): void {
    for (const { path: names, tested } of expression.references) {
      const [root = '', field] = names
      if (!variables.has(root) && !types.has(root)) {
        const { hint, ...about } = unknown(root, variables, this.findings.length)
        const message = `unknown name ${root}${hint}`
        this.#add({ code: 'unknown-name', severity: 'error', message, ...about }, expression, path)
      } else if (field !== undefined && !(tested && names.length === 2))
        this.#field(root, field, expression, transition, path)
    }
  }

  #field(
    root: string,
    field: string,
    expression: CompiledExpression,
    transition: CompiledTransition | null,
    path: Path,
  ): void {
    const name = `${root}.${field}`
    if (root === 'args' && transition !== null && !this.#hasArgument(transition, field)) {
      const { hint, ...about } = unknown(field, this.#argumentsOf(transition), this.findings.length)
      const message = `${transition.on} has no argument ${field}${hint}`
      this.#add({ code: 'unknown-argument', severity: 'error', message, ...about, name }, expression, path)
    }
    if (root !== 'data' && root !== 'shared') return
    const known = root === 'data' ? this.#data : this.#shared
    if (known.has(field)) return
    const { hint, ...about } = unknown(field, known, this.findings.length)
    const message = `${field} is neither in ${root} nor ${root === 'data' ? 'set' : 'shared'} by a transition${hint}`
    this.#add({ code: 'undeclared-data', severity: 'warning', message, ...about, name }, expression, path)
  }

  #hasArgument(transition: CompiledTransition, name: string): boolean {
    return !this.#compiled.parameters.has(transition.on) || this.#argumentsOf(transition).has(name)
  }

  /** Declared ones, and those that a transition on the signal adds. */
  #argumentsOf({ on }: CompiledTransition): ReadonlySet<string> {
    const added = this.#compiled.bySignal.get(on)?.flatMap(({ args }) => args.map(({ name }) => name)) ?? []
    return new Set([...(this.#compiled.parameters.get(on)?.map(({ name }) => name) ?? []), ...added])
  }

  #add({ message, ...finding }: Omit<Finding, 'pointer'>, { source }: CompiledExpression, path: Path): void {
    const place = pointer(path)
    this.findings.push({ ...finding, message: `${source}: ${message}`, pointer: place, expression: source })
  }
}
