import type { Call, Emit, TaskUse, Transition } from '@sutler/engine'
import type { Path, Places } from './places.ts'
import { clipped, type Source } from './source.ts'
import type { Arguments, AssignNode, CallNode, EmitNode, Expression, Name, Names } from './tree.ts'
import type { NothingNode, RetryNode, TaskNode, Template, Text, TransitionNode } from './tree.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Makes one transition's document. */
export class TransitionBuilder {
  readonly #source: Source
  readonly #places: Places
  readonly #path: Path

  constructor(source: Source, places: Places, index: number) {
    this.#source = source
    this.#places = places
    this.#path = ['transitions', index]
  }

  build(node: TransitionNode): Transition {
    const everything = node.from?.names.some(({ kind }) => kind === 'any') === true
    this.#places.set(this.#path, node.headRange)
    this.#places.set([...this.#path, 'name'], node.name?.range ?? node.on?.range)
    this.#places.set([...this.#path, 'on'], node.on?.range)
    if (everything) this.#places.set([...this.#path, 'clear'], node.from?.range)
    return {
      name: node.name?.value ?? node.on?.value ?? '',
      on: node.on?.value ?? '',
      from: this.#names(node.from, 'from'),
      to: this.#names(node.to, 'to'),
      ...(node.clear === undefined ? {} : { clear: this.#names(node.clear, 'clear') }),
      ...(everything ? { clear: ['*'] } : {}),
      ...(node.when === undefined ? {} : { when: this.#text(node.when, [...this.#path, 'when']) }),
      ...this.#body(node),
    }
  }

  #names(list: Names | undefined, ...at: string[]): string[] {
    const path = [...this.#path, ...at]
    this.#places.set(path, list?.range)
    const names = (list?.names ?? []).filter((name) => name.kind === 'name' || at[0] === 'clear')
    for (const [index, { range }] of names.entries()) this.#places.set([...path, index], range)
    return names.map((name) => (name.kind === 'name' ? name.value : '*'))
  }

  #text(node: Expression | Template, path: Path): string {
    this.#places.setSource(path, node)
    return node.source
  }

  #body({ body }: TransitionNode): Partial<Transition> {
    const of = <K extends (typeof body)[number]['kind']>(kind: K) =>
      body.filter((node): node is Extract<(typeof body)[number], { kind: K }> => node.kind === kind)
    const nothing = of('nothing')
    const cancel = of('cancel')
    const lists = {
      args: this.#assigned(of('args'), 'args'),
      set: this.#assigned(of('set'), 'set'),
      share: this.#assigned(of('share'), 'share'),
      cancel: cancel.length === 0 ? undefined : this.#cancel(cancel.map(({ signals }) => signals)),
      tasks: listOf(of('task').flatMap((node, at) => this.#task(node, [...this.#path, 'tasks', at]))),
      emit: listOf(of('emit').flatMap((node, at) => this.#emit(node, [...this.#path, 'emit', at]))),
      call: listOf(of('call').flatMap((node, at) => this.#call(node, [...this.#path, 'call', at]))),
    }
    const empty = nothing.filter((node) => this.#stands(node, lists))
    const emptyOf = (of: NothingNode['of']): boolean => empty.some((node) => node.of === of)
    return compact({
      args: lists.args ?? (emptyOf('args') ? {} : undefined),
      set: lists.set ?? (emptyOf('set') ? {} : undefined),
      share: lists.share ?? (emptyOf('share') ? {} : undefined),
      cancel: lists.cancel,
      tasks: lists.tasks ?? (emptyOf('task') ? [] : undefined),
      emit: lists.emit ?? (emptyOf('emit') ? [] : undefined),
      call: lists.call ?? (emptyOf('call') ? [] : undefined),
    })
  }

  /** Reports a `none` beside statements of its kind. */
  #stands({ of, range }: NothingNode, lists: Readonly<Record<string, unknown>>): boolean {
    if (lists[of === 'task' ? 'tasks' : of] === undefined) return true
    const message = `${of} none says that there is no ${of}, but there is: remove one or the other`
    this.#source.error('not-none', range.start.offset, range.end.offset, message)
    return false
  }

  #assigned(nodes: readonly AssignNode[], kind: AssignNode['kind']): Record<string, string> | undefined {
    if (nodes.length === 0) return undefined
    this.#places.set([...this.#path, kind], nodes[0]?.range)
    const before = new Map<string, Name>()
    const entries: [string, string][] = []
    for (const { assignment } of nodes) {
      if (assignment === undefined) continue
      const { name, expression } = assignment
      const first = before.get(name.value)
      if (first === undefined) before.set(name.value, name)
      else this.#twice(kind, name, first)
      if (expression === undefined) continue
      entries.push([name.value, this.#text(expression, [...this.#path, kind, name.value])])
    }
    return Object.fromEntries(entries)
  }

  #twice(kind: string, { value, range }: Name, first: Name): void {
    const message = `${kind} ${clipped(value)} is there already, in line ${first.range.start.line}`
    this.#source.error('duplicate-name', range.start.offset, range.end.offset, message)
  }

  #cancel(lists: readonly Names[]): string[] {
    const names = lists.flatMap((list) => list.names)
    const range = lists[0]?.range
    return this.#names(range === undefined ? undefined : { range, names }, 'cancel')
  }

  #arguments(args: Arguments | undefined, path: Path): { args?: Record<string, string> } {
    this.#places.set([...path, 'args'], args?.range)
    if (args === undefined) return {}
    const entries = args.assignments.flatMap(({ name, expression }) =>
      expression === undefined ? [] : [[name.value, this.#argument(name, expression, [...path, 'args'])] as const],
    )
    return { args: Object.fromEntries(entries) }
  }

  #argument(name: Name, expression: Expression, path: Path): string {
    return this.#text(expression, [...path, name.value])
  }

  #task({ task, args, as, done, failed, retry, timeout, range }: TaskNode, path: Path): TaskUse[] {
    if (task === undefined) return []
    this.#places.set(path, range)
    this.#places.set([...path, 'task'], task.range)
    return [
      {
        task: task.value,
        ...this.#arguments(args, path),
        ...this.#fields({ as, done, failed }, path),
        ...(retry === undefined ? {} : { retry: this.#retry(retry, [...path, 'retry']) }),
        ...this.#fields({ timeout }, path),
      },
    ]
  }

  #retry({ attempts, first, factor, max, range }: RetryNode, path: Path): NonNullable<TaskUse['retry']> {
    this.#places.set(path, range)
    for (const [key, part] of Object.entries({ attempts, first, factor, max }))
      this.#places.set([...path, key], part?.range)
    return {
      attempts: attempts?.value ?? 1,
      ...compact({ first: first?.value, factor: factor?.value, max: max?.value }),
    }
  }

  #emit({ signal, args, to, after, at, while: during, reply, range }: EmitNode, path: Path): Emit[] {
    if (signal === undefined) return []
    this.#places.set(path, range)
    this.#places.set([...path, 'signal'], signal.range)
    const emit: Mutable<Emit> = { signal: signal.value, ...this.#arguments(args, path) }
    // `missing-argument` speaks of arguments that are nowhere.
    this.#places.set([...path, 'args'], signal.range)
    if (to !== undefined) emit.to = this.#text(to, [...path, 'to'])
    if (after !== undefined) emit.after = this.#text(after, [...path, 'after'])
    if (at !== undefined) emit.at = this.#text(at, [...path, 'at'])
    if (during !== undefined) emit.while = this.#names(during, ...path.slice(2).map(String), 'while')
    return [{ ...emit, ...this.#fields({ reply }, path) }]
  }

  #call({ url, args, as, wait, done, failed, range }: CallNode, path: Path): Call[] {
    if (url === undefined || as === undefined) return []
    this.#places.set(path, range)
    this.#places.set(path.slice(0, -1), range)
    this.#places.set([...path, 'wait'], wait?.range)
    return [
      {
        url: this.#text(url, [...path, 'url']),
        ...this.#arguments(args, path),
        as: this.#text(as, [...path, 'as']),
        ...(wait === undefined ? {} : { wait: wait.value }),
        ...this.#fields({ done, failed }, path),
      },
    ]
  }

  #fields<K extends string>(fields: Record<K, Name | Text | undefined>, path: Path): { [P in K]?: string } {
    const written = Object.entries<Name | Text | undefined>(fields).flatMap(([key, value]) => {
      this.#places.set([...path, key], value?.range)
      return value === undefined ? [] : [[key, value.value] as const]
    })
    return Object.fromEntries(written) as { [P in K]?: string }
  }
}

function listOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}

/** Without the keys that have no value. */
function compact<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
