import type { XmlElement } from '../xml/read.ts'
import { byOrder, inFinal, withAll } from './configuration.ts'
import type { ContentReader, ScopeOf } from './content.ts'
import type { Losses } from './losses.ts'
import type { Names } from './names.ts'
import { neverHolds, type Path, under } from './path.ts'
import type { ScxmlDocument } from './read-tree.ts'
import { conjunction, negation } from './substitution.ts'
import { defaultsOf, isAtomic, isWithin, leavesOf, type ScxmlState } from './tree.ts'

export interface MicrostepContext {
  readonly document: ScxmlDocument
  readonly content: ContentReader
  readonly signals: Names
  readonly losses: Losses
  readonly data: ReadonlyMap<string, string>
  /** Whether some transition is on the event. */
  readonly heard: (event: string) => boolean
}

/** Leaves and enters states symbolically (appendix A, exitStates and enterStates). */
export class Crossing {
  readonly #context: MicrostepContext

  constructor(context: MicrostepContext) {
    this.#context = context
  }

  /** A block that is run when a state is left or entered, or later. */
  block(paths: readonly Path[], elements: readonly XmlElement[], scope: ScopeOf): readonly Path[] {
    if (elements.length === 0) return paths
    return this.#context.content.run(paths, elements, scope).map((path) => ({ ...path, staged: true }))
  }

  /** Leaves all that is current within the domains, the last in document order first. */
  exit(path: Path, domains: readonly ScxmlState[], scope: ScopeOf): readonly Path[] {
    const inside = (state: ScxmlState): boolean => domains.some((domain) => isWithin(state, domain))
    const exited = [...path.active].filter(inside).sort(byOrder).toReversed()
    const left = path.dark.filter((region) => inside(region))
    for (const state of left.flatMap(withAll)) {
      if (left.includes(state) || state.onexit.length === 0) continue
      this.#context.losses.add('onexit-element', state, `<onexit> is not run when all regions are left at once`)
    }
    let paths: readonly Path[] = [path]
    for (const state of exited) {
      for (const block of state.onexit) paths = this.block(paths, block.children, scope)
      paths = paths.map((at) => ({ ...at, active: without(at.active, state) }))
    }
    const beside = [...exited.filter((state) => isAtomic(state) && !path.entered.has(state)), ...left.flatMap(leavesOf)]
    return paths.map((at) => ({
      ...at,
      dark: at.dark.filter((region) => !left.includes(region)),
      entered: new Set([...at.entered].filter((state) => !inside(state))),
      cleared: new Set([...at.cleared, ...beside]),
    }))
  }

  /** Enters what the targets need of a state that is current. */
  enterWithin(
    paths: readonly Path[],
    state: ScxmlState,
    targets: readonly ScxmlState[],
    scope: ScopeOf,
  ): readonly Path[] {
    const children =
      state.kind === 'parallel'
        ? state.children
        : state.children
            .filter((child) => targets.some((target) => target === child || isWithin(target, child)))
            .slice(0, 1)
    let current = paths
    for (const child of children)
      current = this.#enter(
        current,
        child,
        targets.filter((target) => isWithin(target, child)),
        scope,
      )
    return current
  }

  /** 3.13: the state, its onentry, and what is within; then the events that say that something is done. */
  #enter(paths: readonly Path[], state: ScxmlState, targets: readonly ScxmlState[], scope: ScopeOf): readonly Path[] {
    let current: readonly Path[] = paths.map((at) => ({
      ...at,
      active: new Set([...at.active, state]),
      entered: isAtomic(state) ? new Set([...at.entered, state]) : at.entered,
    }))
    for (const block of state.onentry) current = this.block(current, block.children, scope)
    if (state.kind === 'final') return this.#finished(current, state, scope)
    if (isAtomic(state)) return current
    if (state.kind === 'parallel' || targets.length > 0) return this.enterWithin(current, state, targets, scope)
    current = this.block(current, state.initial?.content ?? [], scope)
    return this.enterWithin(current, state, defaultsOf(state), scope)
  }

  /** 3.7 */
  #finished(paths: readonly Path[], final: ScxmlState, scope: ScopeOf): readonly Path[] {
    const { losses, content } = this.#context
    const { parent, donedata } = final
    if (parent === null || parent.kind === 'scxml') {
      if (donedata !== null)
        losses.add('donedata-element', donedata, 'what the document ends with is not told to anybody')
      return paths.map((at) => ({ ...at, ended: true }))
    }
    const args = (at: Path): Record<string, string> =>
      donedata === null ? {} : content.sends.argumentsOf(donedata, scope(at))
    const told = paths.map((at) => this.#tell(at, parent, args(at)))
    const parallel = parent.parent
    if (parallel === null || parallel.kind !== 'parallel' || !this.#heard(parallel)) return told
    return told.flatMap((at) => {
      const others = parallel.children.filter((region) => region !== parent)
      const condition = conjunction(others.map((region) => inFinal(at, region))) ?? 'true'
      const all = [under(at, condition)].map((way) => this.#tell(way, parallel, {}))
      return [...all, under(at, negation(condition))].filter((way) => !neverHolds(way))
    })
  }

  #heard({ id }: ScxmlState): boolean {
    return id !== null && this.#context.heard(`done.state.${id}`)
  }

  #tell(path: Path, state: ScxmlState, args: Readonly<Record<string, string>>): Path {
    if (!this.#heard(state)) return path
    const signal = this.#context.signals.of(`done.state.${state.id}`, state)
    const emit = { signal, ...(Object.keys(args).length > 0 && { args }) }
    return { ...path, staged: true, emits: [...path.emits, { emit, sendid: null }] }
  }
}

function without<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const rest = new Set(set)
  rest.delete(item)
  return rest
}
