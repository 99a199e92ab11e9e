import type { CompiledExpression, CompiledTemplate } from '@sutler/expressions'
import type { Assignment, CompiledModel, CompiledTransition } from '../compiled.ts'
import { type Finding, pointer } from '../errors.ts'
import { nearest } from '../structure.ts'

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
        this.#add(
          'unknown-name',
          'error',
          path,
          `${expression.source}: unknown name ${root}${nearest(root, variables)}`,
        )
      } else if (field !== undefined && !(tested && names.length === 2))
        this.#field(root, field, expression, transition, path)
    }
  }

  #field(
    root: string,
    field: string,
    { source }: CompiledExpression,
    transition: CompiledTransition | null,
    path: Path,
  ): void {
    if (root === 'args' && transition !== null && !this.#hasArgument(transition, field)) {
      this.#add('unknown-argument', 'error', path, `${source}: ${transition.on} has no argument ${field}`)
    }
    if (root === 'data' && !this.#data.has(field)) {
      this.#add(
        'undeclared-data',
        'warning',
        path,
        `${source}: ${field} is neither in data nor set by a transition${nearest(field, this.#data)}`,
      )
    }
    if (root === 'shared' && !this.#shared.has(field)) {
      this.#add(
        'undeclared-data',
        'warning',
        path,
        `${source}: ${field} is neither in shared nor shared by a transition${nearest(field, this.#shared)}`,
      )
    }
  }

  #hasArgument(transition: CompiledTransition, name: string): boolean {
    const parameters = this.#compiled.parameters.get(transition.on)
    if (parameters === undefined || parameters.some((parameter) => parameter.name === name)) return true
    return (
      this.#compiled.bySignal
        .get(transition.on)
        ?.some(({ args }) => args.some((argument) => argument.name === name)) === true
    )
  }

  #add(code: string, severity: Finding['severity'], path: Path, message: string): void {
    this.findings.push({ code, pointer: pointer(path), severity, message })
  }
}
