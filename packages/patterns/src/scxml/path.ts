import type { Emit } from '@sutler/engine'
import { Untranslatable } from './expressions.ts'
import { dataRead, reads, substituted } from './substitution.ts'
import type { ScxmlState } from './tree.ts'

/**
 * One way through what happens for one event: under which conditions, and what it does. Executed symbolically while the document
 * is read; each way becomes one transition of the model.
 */
export interface Path {
  /** CEL over what stood when the event came. */
  readonly conditions: readonly string[]
  /** In the order in which the engine is to evaluate them. */
  readonly sets: readonly Assignment[]
  /** What each datum has become, over what stood when the event came. */
  readonly assigned: ReadonlyMap<string, string>
  readonly emits: readonly SentSignal[]
  /** Signals whose delayed ones are taken back. */
  readonly cancels: readonly string[]
  /** States that are surely current at this point, atomic or not. */
  readonly active: ReadonlySet<ScxmlState>
  /** Regions beside, current themselves, of which it is not known what is current within. */
  readonly dark: readonly ScxmlState[]
  /** Atomic states that have been entered on the way and not left again. */
  readonly entered: ReadonlySet<ScxmlState>
  /** Atomic states beside that have been left, or would have been if they were current. */
  readonly cleared: ReadonlySet<ScxmlState>
  /** Something is done when a state is left or entered, not only by the transition itself. */
  readonly staged: boolean
  /** The document has ended. */
  readonly ended: boolean
}

export interface Assignment {
  readonly name: string
  readonly value: string
}

export interface SentSignal {
  readonly emit: Emit
  readonly sendid: string | null
}

export function beginning(active: readonly ScxmlState[], dark: readonly ScxmlState[]): Path {
  return {
    conditions: [],
    sets: [],
    assigned: new Map(),
    emits: [],
    cancels: [],
    staged: false,
    ended: false,
    active: new Set(active),
    dark,
    entered: new Set(),
    cleared: new Set(),
  }
}

/** Under a further condition on what stands now. @throws Untranslatable */
export function under(path: Path, condition: string): Path {
  if (condition === 'true') return path
  return { ...path, conditions: [...path.conditions, substituted(condition, path.assigned)] }
}

/** Whether a condition on what stands now is known already. */
export function neverHolds({ conditions }: Path): boolean {
  return conditions.includes('false')
}

/**
 * Assigns to a datum after all that was assigned before. The engine assigns once per name, so a second assignment takes the place
 * of the first or the first goes into it, if nobody sees the difference.
 *
 * @throws Untranslatable
 */
export function assigning(path: Path, name: string, value: string): Path {
  const before = substituted(value, path.assigned)
  const assigned = new Map(path.assigned).set(name, before)
  const sent = path.emits.some(({ emit }) => sentReads(emit, name))
  if (sent)
    throw new Untranslatable(`${name} is assigned after a signal that carries it was sent, and the engine sends last`)
  const index = path.sets.findIndex((earlier) => earlier.name === name)
  if (index < 0) return { ...path, assigned, sets: [...path.sets, { name, value }] }
  return { ...path, assigned, sets: merged(path.sets, index, value, before) }
}

function merged(sets: readonly Assignment[], index: number, value: string, before: string): readonly Assignment[] {
  const first = sets[index]
  if (first === undefined) return sets
  const { name } = first
  const between = sets.slice(index + 1)
  if (between.some((entry) => reads(entry.value, name)))
    throw new Untranslatable(`${name} is assigned twice at once, and what it was between is used`)
  if (!readsAny(first.value, between)) {
    const joined = substituted(value, new Map([[name, first.value]]))
    return [...sets.slice(0, index), ...between, { name, value: joined }]
  }
  if (readsAny(before, sets.slice(0, index)))
    throw new Untranslatable(`${name} is assigned twice at once, among others`)
  return [...sets.slice(0, index), { name, value: before }, ...between]
}

function readsAny(expression: string, entries: readonly Assignment[]): boolean {
  const names = dataRead(expression)
  return entries.some((entry) => names?.has(entry.name) ?? true)
}

function sentReads({ args = {}, after }: Emit, name: string): boolean {
  const delay = after === undefined ? undefined : /^\{(.*)\}$/s.exec(after)?.[1]
  return [...Object.values(args), ...(delay === undefined ? [] : [delay])].some((expression) => reads(expression, name))
}

/** Whether anything is done but changing states. */
export function hasEffects({ sets, emits, cancels }: Path): boolean {
  return sets.length + emits.length + cancels.length > 0
}
