import type { Transition } from '@sutler/engine'
import { ScxmlError } from './error.ts'
import { surroundings } from './configuration.ts'
import type { MicrostepContext } from './crossing.ts'
import { scxmlLimits } from './limits.ts'
import { Microsteps } from './microsteps.ts'
import { beginning, hasEffects, neverHolds, type Path } from './path.ts'
import { apart, conflict, preemptions, type Selection } from './selections.ts'
import { conjunction } from './substitution.ts'
import { domainOf, isWithin, lineage, matches, representatives, type ScxmlState, type ScxmlTransition } from './tree.ts'

/** Makes a model's transitions from a document's, event by event. */
export class TransitionBuilder {
  readonly #context: MicrostepContext
  readonly #microsteps: Microsteps
  readonly #leaves: readonly ScxmlState[]
  readonly #built: Transition[] = []
  readonly #names = new Map<string, number>()
  readonly #representatives = new Map<ScxmlState, ReadonlySet<ScxmlState>>()

  constructor(context: MicrostepContext, leaves: readonly ScxmlState[]) {
    this.#context = context
    this.#microsteps = new Microsteps(context)
    this.#leaves = leaves
  }

  get transitions(): readonly Transition[] {
    return this.#built
  }

  /** All ways from nothing into the document's initial states. */
  initial(): readonly Path[] {
    return this.#microsteps.enter(beginning([], []))
  }

  /** Transitions on one event, in the order in which SCXML prefers and runs them. */
  add(event: string): void {
    const selections = this.#selectionsOn(event)
    const ending = new Map<ScxmlState, ScxmlState>()
    const doing: { selection: Selection; staged: boolean }[] = []
    for (const selection of selections) {
      const { leaf, transition, condition } = selection
      this.#warnOfStaying(selection, selections)
      const guards = [condition, ...preemptions(selection, selections)]
      const paths = this.#microsteps.take(around(leaf), transition, event)
      const on = this.#context.signals.of(event, transition)
      if (paths.some(hasEffects)) doing.push({ selection, staged: paths.some(({ staged }) => staged) })
      for (const path of paths) {
        this.#warnOfEnds(path, selection, ending)
        this.push(path, on, leaf.name, { leaf, guards })
      }
    }
    this.#warnOfOrder(doing)
  }

  /** SCXML leaves all states, runs all transitions and enters all states; the engine does one transition after the other. */
  #warnOfOrder(doing: readonly { readonly selection: Selection; readonly staged: boolean }[]): void {
    for (const [index, { selection, staged }] of doing.entries()) {
      const mixed = doing
        .slice(0, index)
        .some(
          (other) =>
            (staged || other.staged) &&
            apart(other.selection.leaf, selection.leaf) &&
            !conflict(other.selection.transition, selection.transition),
        )
      if (mixed)
        this.#context.losses.add(
          'order-in-parallel',
          selection.transition,
          'what this region does is done after all of what the one before it does, not state by state',
        )
    }
  }

  /** Whether the last region has ended is judged before the step. `ending`: per parallel state a leaf of a region that ends. */
  #warnOfEnds({ entered, dark }: Path, { leaf, transition }: Selection, ending: Map<ScxmlState, ScxmlState>): void {
    for (const state of entered) {
      const parallel = state.parent?.parent
      if (state.kind !== 'final' || parallel?.kind !== 'parallel' || dark.length === 0) continue
      if (parallel.id === null || !this.#context.heard(`done.state.${parallel.id}`)) continue
      const other = ending.get(parallel)
      if (other !== undefined && apart(other, leaf))
        this.#context.losses.add(
          'ends-together',
          transition,
          `done.state.${parallel.id} does not come when the last two regions end on one event`,
        )
      ending.set(parallel, leaf)
    }
  }

  /** One way as one transition on a signal, from a state by its name in the model. */
  push(
    path: Path,
    on: string,
    from: string,
    { leaf, guards }: { leaf: ScxmlState | null; guards: readonly string[] },
  ): void {
    const when = conjunction([...guards, ...path.conditions])
    if (when === 'false' || neverHolds(path)) return
    const { root } = this.#context.document
    if (this.#built.length >= scxmlLimits.transitions)
      throw new ScxmlError('too-many-transitions', `more than ${scxmlLimits.transitions} transitions of a model`, root)
    const stays = leaf !== null && path.active.has(leaf) && !path.entered.has(leaf)
    const to = [...(stays ? [leaf] : []), ...path.entered].map(({ name }) => name)
    const clear = [...path.cleared]
      .filter((state) => state !== leaf && !to.includes(state.name))
      .map(({ name }) => name)
    const set = Object.fromEntries(path.sets.map(({ name, value }) => [name, value]))
    const emit = path.emits.map((sent) => sent.emit)
    this.#built.push({
      name: this.#name(`${on} in ${from}`),
      on,
      from: [from],
      to,
      ...(clear.length > 0 && { clear }),
      ...(when !== undefined && { when }),
      ...(path.sets.length > 0 && { set }),
      ...(path.cancels.length > 0 && { cancel: path.cancels }),
      ...(emit.length > 0 && { emit }),
    })
  }

  #selectionsOn(event: string): readonly Selection[] {
    const { states, root } = this.#context.document
    const hears = ({ events }: ScxmlTransition): boolean => events.some((descriptor) => matches(descriptor, event))
    const candidates = new Set(states.flatMap(({ transitions }) => transitions.filter(hears)))
    const selections = this.#leaves.flatMap((leaf) => this.#selections(leaf, event, candidates))
    if (selections.length > scxmlLimits.transitions)
      throw new ScxmlError('too-many-transitions', `more than ${scxmlLimits.transitions} transitions on ${event}`, root)
    return selections
  }

  #selections(leaf: ScxmlState, event: string, candidates: ReadonlySet<ScxmlTransition>): readonly Selection[] {
    const sources = lineage(leaf).filter((state) => this.#representativesOf(state).has(leaf))
    const heard = sources.flatMap(({ transitions }) => transitions.filter((transition) => candidates.has(transition)))
    return heard.flatMap((transition) => {
      const condition = this.#microsteps.condition(transition, around(leaf), event)
      return condition === null || condition === 'false' ? [] : [{ leaf, transition, condition }]
    })
  }

  #representativesOf(state: ScxmlState): ReadonlySet<ScxmlState> {
    const known = this.#representatives.get(state) ?? new Set(representatives(state))
    this.#representatives.set(state, known)
    return known
  }

  /** Where a transition without a target is selected together with others, the engine's rules and SCXML's differ. */
  #warnOfStaying(selection: Selection, all: readonly Selection[]): void {
    const { losses } = this.#context
    if (all.some((other) => differsForRegions(selection, other)))
      losses.add(
        'targetless-in-parallel',
        selection.transition,
        'taken when its first region has no transition of its own on the event, whatever the others have',
      )
    if (all.some((other) => isLeftBy(selection, other)))
      losses.add(
        'stays-when-left',
        selection.transition,
        'its state stays current when another transition leaves all regions on the same event',
      )
  }

  #name(wanted: string): string {
    const count = (this.#names.get(wanted) ?? 0) + 1
    this.#names.set(wanted, count)
    return count === 1 ? wanted.slice(0, 190) : `${wanted.slice(0, 190)} (${count})`
  }
}

function around(leaf: ScxmlState): Path {
  const { active, dark } = surroundings(leaf)
  return beginning(active, dark)
}

/** A transition of a parallel state is judged in its first region; others in the regions may be taken besides. */
function differsForRegions({ leaf, transition }: Selection, other: Selection): boolean {
  const { source } = transition
  if (other.transition === transition || (domainOf(transition) !== null && domainOf(other.transition) !== null))
    return false
  return lineage(leaf).some(
    (state) =>
      state.kind === 'parallel' &&
      (state === source || isWithin(state, source)) &&
      isWithin(other.transition.source, state),
  )
}

function isLeftBy({ leaf, transition }: Selection, other: Selection): boolean {
  const domain = domainOf(other.transition)
  return domainOf(transition) === null && domain !== null && apart(other.leaf, leaf) && lineage(leaf).includes(domain)
}
