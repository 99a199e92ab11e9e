import type {
  Arguments,
  Assignment,
  BodyNode,
  Expression,
  Name,
  Names,
  Part,
  PatternTree,
  Template,
} from '../text/tree.ts'
import type { CallNode, EmitNode, Range, SignalsPart, TaskNode, TransitionNode } from '../text/tree.ts'
import type { Positions } from '../text/positions.ts'
import { Addresses, targetOf } from './addresses.ts'
import { celNames } from './cel-names.ts'
import { expressionsIn, type Located, locateExpression, locateTemplate } from './located.ts'
import type { Occurrence, SymbolKind, Use } from './occurrences.ts'

/** An expression, and whose signal's arguments `args` are in it. */
export interface ExpressionPlace {
  readonly located: Located
  readonly start: number
  readonly end: number
  readonly signal: string | null
}

/** Everything that stands behind a name, for `add`. */
interface About {
  readonly of?: string
  readonly elsewhere?: string | null
}

/** Lists every place of every name in a tree, those within expressions and templates included, and every expression. */
export function collect(tree: PatternTree, positions: Positions): Collected {
  const collector = new Collector(tree, positions)
  collector.run()
  return collector
}

interface Collected {
  readonly occurrences: readonly Occurrence[]
  readonly expressions: readonly ExpressionPlace[]
}

class Collector implements Collected {
  readonly occurrences: Occurrence[] = []
  readonly expressions: ExpressionPlace[] = []
  readonly #tree: PatternTree
  readonly #positions: Positions
  readonly #addresses: Addresses
  #transition: TransitionNode | null = null

  constructor(tree: PatternTree, positions: Positions) {
    this.#tree = tree
    this.#positions = positions
    this.#addresses = new Addresses(tree)
  }

  run(): void {
    for (const part of this.#tree.parts) this.#part(part)
    this.occurrences.sort((a, b) => a.range.start.offset - b.range.start.offset)
    this.expressions.sort((a, b) => a.start - b.start)
  }

  #part(part: Part): void {
    switch (part.kind) {
      case 'model':
        if (part.value?.kind === 'name') this.#name('model', 'declared', part.value)
        return
      case 'shared':
      case 'data':
        for (const { name } of part.entries) this.#name(part.kind, 'declared', name)
        return
      case 'states':
        for (const { name } of part.states) this.#name('state', 'declared', name)
        return
      case 'initial':
      case 'final':
        return this.#names('state', part.kind, part.states)
      case 'signals':
        return this.#signals(part)
      case 'returns':
        for (const { name } of part.assignments) this.#name('result', 'declared', name)
        for (const { expression } of part.assignments) this.#expression(expression)
        return
      case 'transition':
        return this.#readTransition(part)
    }
  }

  #signals({ signals }: SignalsPart): void {
    for (const { name, args } of signals) {
      this.#name('signal', 'declared', name)
      for (const parameter of args?.parameters ?? [])
        this.#name('argument', 'declared', parameter.name, { of: name.value })
    }
  }

  #readTransition(transition: TransitionNode): void {
    this.#transition = transition
    this.#name('signal', 'on', transition.on)
    for (const use of ['from', 'to', 'clear'] as const) this.#names('state', use, transition[use])
    this.#expression(transition.when)
    for (const node of transition.body) this.#body(node)
    this.#transition = null
  }

  #body(node: BodyNode): void {
    switch (node.kind) {
      case 'args':
      case 'set':
      case 'share':
        return this.#assignment(node.kind, node.assignment)
      case 'cancel':
        return this.#names('signal', 'cancel', node.signals)
      case 'task':
        return this.#task(node)
      case 'emit':
        return this.#emit(node)
      case 'call':
        return this.#call(node)
      case 'nothing':
    }
  }

  #assignment(kind: 'args' | 'set' | 'share', assignment: Assignment | undefined): void {
    const of = kind === 'args' ? (this.#transition?.on?.value ?? '') : ''
    const symbol = kind === 'args' ? 'argument' : kind === 'set' ? 'data' : 'shared'
    this.#name(symbol, 'set', assignment?.name, { of })
    this.#expression(assignment?.expression)
  }

  #task(node: TaskNode): void {
    this.#name('task', 'task', node.task, { elsewhere: 'the host' })
    this.#arguments(node.args, { of: node.task?.value ?? '', elsewhere: `task ${node.task?.value ?? ''}` })
    this.#name('child', 'declared', node.as, { elsewhere: `task ${node.task?.value ?? ''}` })
    this.#name('signal', 'done', node.done)
    this.#name('signal', 'failed', node.failed)
  }

  #emit(node: EmitNode): void {
    const elsewhere = this.#addresses.ofEmit(node)
    this.#name('signal', 'emit', node.signal, { elsewhere })
    this.#arguments(node.args, { of: node.signal?.value ?? '', elsewhere })
    this.#template(node.to)
    for (const expression of [node.after, node.at]) this.#expression(expression)
    this.#names('state', 'while', node.while)
    this.#name('signal', 'reply', node.reply)
  }

  #call(node: CallNode): void {
    const target = node.url === undefined ? null : targetOf(locateTemplate(this.#tree.text, node.url))
    const model = target?.kind === 'model' ? target.name : ''
    this.#arguments(node.args, { of: model, elsewhere: `model ${model}` })
    this.#template(node.url)
    if (node.as !== undefined) {
      const located = locateTemplate(this.#tree.text, node.as)
      this.#templatePart('child', 'declared', located, 0, located.source)
      this.#expressionsOf(located)
    }
    this.#name('signal', 'done', node.done)
    this.#name('signal', 'failed', node.failed)
  }

  #arguments(args: Arguments | undefined, about: About): void {
    for (const { name, expression } of args?.assignments ?? []) {
      this.#name('argument', 'given', name, about)
      this.#expression(expression)
    }
  }

  #names(kind: SymbolKind, use: Use, names: Names | undefined): void {
    for (const name of names?.names ?? []) if (name.kind === 'name') this.#name(kind, use, name)
  }

  #name(kind: SymbolKind, use: Use, name: Name | undefined, about: About = {}): void {
    if (name !== undefined) this.#add(kind, use, name.value, name.range, 'name', about)
  }

  #template(template: Template | undefined): void {
    if (template === undefined) return
    const located = locateTemplate(this.#tree.text, template)
    const target = targetOf(located)
    if (target.kind === 'child') this.#templatePart('child', 'address', located, target.start, target.name)
    if (target.kind === 'model') this.#templatePart('model', 'address', located, target.start, target.name)
    this.#expressionsOf(located)
  }

  #templatePart(kind: 'child' | 'model', use: Use, { at }: Located, start: number, name: string): void {
    const range = this.#positions.range(at(start), at(start + name.length))
    this.#add(kind, use, name, range, 'template', {})
  }

  #expressionsOf(located: Located): void {
    for (const each of expressionsIn(located)) this.#located(each)
  }

  #expression(expression: Expression | undefined): void {
    if (expression !== undefined) this.#located(locateExpression(this.#tree.text, expression))
  }

  #located(located: Located): void {
    const { source, at } = located
    const signal = this.#transition?.on?.value ?? null
    this.expressions.push({ located, start: at(0), end: at(source.length), signal })
    for (const { of, name, start, end, writing } of celNames(source)) {
      const kind = of === 'args' ? 'argument' : of === 'states' ? 'state' : of
      const about: About = of === 'args' ? { of: signal ?? '' } : { elsewhere: of === 'call' ? 'the caller' : null }
      this.#add(kind, 'read', name, this.#positions.range(at(start), at(end)), writing, about)
    }
  }

  #add(kind: SymbolKind, use: Use, name: string, range: Range, writing: Occurrence['writing'], about: About): void {
    const { of = '', elsewhere = null } = about
    this.occurrences.push({ kind, name, of, elsewhere, use, range, writing, transition: this.#transition })
  }
}
