import { byOrder, isCurrent, withAll } from './configuration.ts'
import type { ScopeOf } from './content.ts'
import { Crossing, type MicrostepContext } from './crossing.ts'
import { ScxmlError } from './error.ts'
import { type ExpressionScope, translate, Untranslatable } from './expressions.ts'
import { scxmlLimits } from './limits.ts'
import { neverHolds, type Path, under } from './path.ts'
import { chainOf, optimal } from './selections.ts'
import { negation } from './substitution.ts'
import {
  defaultsOf,
  domainOf,
  isAtomic,
  isWithin,
  lineage,
  matches,
  type ScxmlState,
  type ScxmlTransition,
} from './tree.ts'

/** A way on which it is known which eventless transitions are enabled. */
interface Enabling {
  readonly path: Path
  readonly enabled: readonly ScxmlTransition[]
}

/** Executes transitions of a document symbolically (appendix A): what is exited, run and entered, in that order. */
export class Microsteps {
  readonly #context: MicrostepContext
  readonly #crossing: Crossing
  /** Microsteps of the transition that is being taken. */
  #count = 0

  constructor(context: MicrostepContext) {
    this.#context = context
    this.#crossing = new Crossing(context)
  }

  scope(path: Path, event: string | null): ExpressionScope {
    const { document, data } = this.#context
    return {
      datamodel: document.datamodel,
      data,
      event,
      name: document.name ?? '',
      inState: (id) => {
        const state = document.byId.get(id)
        if (state === undefined) throw new Untranslatable(`In('${id}'): there is no such state`)
        return isCurrent(path, state)
      },
    }
  }

  /** From one transition to where no eventless one is left; each way there is one result. */
  take(path: Path, transition: ScxmlTransition, event: string | null): readonly Path[] {
    this.#count = 0
    const scope: ScopeOf = (at) => this.scope(at, event)
    const domains = domainsOf([transition])
    const exited = this.#crossing.exit(path, domains, scope)
    const run = this.#context.content.run(exited, transition.content, scope)
    return this.#enter(run, [transition], scope).flatMap((at) => this.settle(at, event, 0, transition))
  }

  /** Enters the document from nothing. */
  enter(path: Path): readonly Path[] {
    const { root } = this.#context.document
    const scope: ScopeOf = (at) => this.scope(at, null)
    const begun = this.#crossing.block([path], root.initial?.content ?? [], scope)
    const entered = this.#crossing.enterWithin(begun, root, defaultsOf(root), scope)
    return entered.flatMap((at) => this.settle(at, null, 0, root))
  }

  /** 3.13: after each microstep, transitions without an event, as long as one is enabled. */
  settle(path: Path, event: string | null, count: number, from: ScxmlTransition | ScxmlState): readonly Path[] {
    if (path.ended) return [path]
    this.#count += 1
    if (this.#count > scxmlLimits.microsteps)
      throw new ScxmlError('too-many-ways', `more than ${scxmlLimits.microsteps} microsteps may follow here`, from)
    if (count > scxmlLimits.eventlessInARow)
      throw new ScxmlError('endless-eventless', 'transitions without an event follow one another for ever', from)
    const leaves = [...path.active].filter((state) => isAtomic(state) && !path.dark.includes(state)).sort(byOrder)
    return this.#enablings(path, leaves, event).flatMap((way) => {
      const taken = optimal(leaves, way.enabled)
      const [first] = taken
      if (first === undefined) return [way.path]
      return this.#microstep(way.path, taken, event).flatMap((at) => this.settle(at, event, count + 1, first))
    })
  }

  #microstep(path: Path, taken: readonly ScxmlTransition[], event: string | null): readonly Path[] {
    const scope: ScopeOf = (at) => this.scope(at, event)
    let paths = this.#crossing.exit(path, domainsOf(taken), scope)
    for (const transition of taken) {
      this.#warnOfLeaving(transition, path, event)
      paths = this.#crossing.block(paths, transition.content, scope)
    }
    return this.#enter(paths, taken, scope)
  }

  #enter(paths: readonly Path[], taken: readonly ScxmlTransition[], scope: ScopeOf): readonly Path[] {
    const inOrder = taken
      .map((transition) => ({ domain: domainOf(transition), targets: transition.targets }))
      .toSorted((a, b) => (a.domain?.order ?? 0) - (b.domain?.order ?? 0))
    let entered = paths
    for (const { domain, targets } of inOrder) {
      if (domain !== null) entered = this.#crossing.enterWithin(entered, domain, targets, scope)
    }
    return entered
  }

  /** Every way of conditions being true or false, as far as it matters. */
  #enablings(path: Path, leaves: readonly ScxmlState[], event: string | null): readonly Enabling[] {
    let ways: readonly Enabling[] = [{ path, enabled: [] }]
    for (const transition of new Set(leaves.flatMap(chainOf).filter(({ events }) => events.length === 0))) {
      const condition = this.condition(transition, path, event)
      if (condition === null) continue
      this.#warnOfRegions(transition)
      ways = ways.flatMap((way) =>
        matters(transition, leaves, way) ? this.#divide(way, condition, transition) : [way],
      )
      if (ways.length > scxmlLimits.ways)
        throw new ScxmlError('too-many-ways', `more than ${scxmlLimits.ways} combinations of conditions`, transition)
    }
    return ways
  }

  #divide({ path, enabled }: Enabling, condition: string, at: ScxmlTransition): readonly Enabling[] {
    try {
      return [
        { path: under(path, condition), enabled: [...enabled, at] },
        { path: under(path, negation(condition)), enabled },
      ].filter((way) => !neverHolds(way.path))
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      this.#context.losses.add('cond', at, `the transition is left out: ${error.message}`)
      return [{ path, enabled }]
    }
  }

  /** CEL of a transition's `cond`; null, and noted, when it has none. */
  condition({ cond, line, column }: ScxmlTransition, path: Path, event: string | null): string | null {
    if (cond === null) return 'true'
    try {
      return translate(cond, this.scope(path, event))
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      this.#context.losses.add('cond', { line, column }, `the transition is left out: ${error.message}`)
      return null
    }
  }

  /** What happens in one region may enable what another waits for; only the one that moves is looked at. */
  #warnOfRegions(transition: ScxmlTransition): void {
    if (transition.cond === null) return
    const line = lineage(transition.source)
    const busy = (region: ScxmlState): boolean => withAll(region).some(({ transitions }) => transitions.length > 0)
    const beside = line.some(
      (state) =>
        (state.parent?.kind === 'parallel' &&
          state.parent.children.some((region) => region !== state && busy(region))) ||
        (state === transition.source && state.kind === 'parallel' && state.children.filter(busy).length > 1),
    )
    if (beside)
      this.#context.losses.add(
        'eventless-in-parallel',
        transition,
        'judged only when its own region has moved, not another',
      )
  }

  #warnOfLeaving(transition: ScxmlTransition, { dark }: Path, event: string | null): void {
    const domain = domainOf(transition)
    if (domain === null || event === null) return
    const hears = ({ events }: ScxmlTransition): boolean => events.some((descriptor) => matches(descriptor, event))
    const moves = dark.some(
      (region) => isWithin(region, domain) && withAll(region).some(({ transitions }) => transitions.some(hears)),
    )
    if (moves)
      this.#context.losses.add(
        'eventless-leaves-parallel',
        transition,
        `leaves a region that moves on ${event} too: what it enters then stays current`,
      )
  }
}

function domainsOf(transitions: readonly ScxmlTransition[]): readonly ScxmlState[] {
  return transitions.flatMap((transition) => domainOf(transition) ?? [])
}

/** Not when each atomic state that could take it takes another before it. */
function matters(transition: ScxmlTransition, leaves: readonly ScxmlState[], { enabled }: Enabling): boolean {
  return leaves.some((leaf) => {
    const chain = chainOf(leaf)
    const before = chain.slice(0, Math.max(0, chain.indexOf(transition)))
    return chain.includes(transition) && !before.some((earlier) => enabled.includes(earlier))
  })
}
