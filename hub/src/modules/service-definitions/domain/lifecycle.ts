/** The lifecycle of versions; a service's own state follows from its versions' states. */
export const lifecycleStates = ['draft', 'candidate', 'released', 'deprecated', 'retired'] as const
export type LifecycleState = (typeof lifecycleStates)[number]

/** What may come next. A deprecation can be taken back; a retired version stays retired. */
const next: Readonly<Record<LifecycleState, readonly LifecycleState[]>> = {
  draft: ['candidate', 'retired'],
  candidate: ['released', 'retired'],
  released: ['deprecated'],
  deprecated: ['released', 'retired'],
  retired: [],
}

/** The states a version may move to from `state`. */
export function nextStates(state: LifecycleState): readonly LifecycleState[] {
  return next[state]
}

/** Why a version may not move from one state to the other, in words; null when it may. */
export function transitionRefusal(from: LifecycleState, to: LifecycleState): string | null {
  if (next[from].includes(to)) return null
  if (next[from].length === 0) return `it is ${from}, which is final`
  return `it is ${from} and can only become ${next[from].join(' or ')}`
}

/** A service is as far as the version that serves people best: released before candidate, before what is going away. */
export function serviceState(versions: readonly LifecycleState[]): LifecycleState {
  const order: readonly LifecycleState[] = ['released', 'candidate', 'deprecated', 'draft', 'retired']
  return order.find((state) => versions.includes(state)) ?? 'draft'
}

/** Why nobody may order a version in this state, in words; null when it can be ordered. */
export function orderRefusal(state: LifecycleState): string | null {
  if (state === 'released' || state === 'deprecated') return null
  if (state === 'retired') return 'it is retired: order a newer version'
  return `it is only a ${state}: its developer must release it first`
}

/** Whether people other than the developer and operators may see it. */
export function isPublic(state: LifecycleState): boolean {
  return state !== 'draft' && state !== 'candidate'
}
