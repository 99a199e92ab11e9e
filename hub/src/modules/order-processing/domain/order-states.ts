/**
 * The states of orders and of their items, by TMF641's names (TMF641 v4, ServiceOrderStateType), and every way from one to another.
 * Nothing moves otherwise. docs/guide/ordering.md has the same tables; a test compares them.
 */

export const orderStates = [
  'acknowledged',
  'rejected',
  'pending',
  'held',
  'inProgress',
  'assessingCancellation',
  'pendingCancellation',
  'completed',
  'partial',
  'failed',
  'cancelled',
] as const
export type OrderState = (typeof orderStates)[number]

/** Where one can go from a state, and when: a part of a sentence for people. */
export type Moves = Readonly<Record<OrderState, Readonly<Partial<Record<OrderState, string>>>>>

/** What orders and items under way have in common: where their devices take them. */
const working = {
  pending: 'what is open waits for a device to take it',
  held: 'a policy or a busy device holds back all that is open',
  inProgress: 'a device works on it',
} as const

const settling = {
  completed: 'every device has proved itself',
  partial: 'some devices have proved themselves, others could not be reached or failed',
  failed: 'no device has proved itself, or the order was taken back because one failed',
  cancelled: 'nothing of it stays: it was cancelled, superseded by a newer order, or never begun',
} as const

const assessed = 'somebody asks to cancel it'

function without<T extends object, K extends keyof T>(moves: T, state: K): Omit<T, K> {
  const { [state]: _, ...rest } = moves
  return rest
}

/** Of orders. New ones are `acknowledged` or `rejected`. */
export const orderMoves: Moves = {
  acknowledged: {
    rejected: 'it was to begin later, and cannot be any more when its start has come',
    ...working,
    ...settling,
    assessingCancellation: assessed,
  },
  rejected: {},
  pending: { ...without(working, 'pending'), ...settling, assessingCancellation: assessed },
  held: { ...without(working, 'held'), ...settling, assessingCancellation: assessed },
  inProgress: { ...without(working, 'inProgress'), ...settling, assessingCancellation: assessed },
  assessingCancellation: {
    acknowledged: 'it cannot be cancelled any more, and has not begun',
    pending: 'it cannot be cancelled any more, and waits for a device',
    held: 'it cannot be cancelled any more, and is held back',
    inProgress: 'it cannot be cancelled any more: a device is installing',
    pendingCancellation: 'it can be cancelled',
    ...settling,
  },
  pendingCancellation: settling,
  completed: {},
  partial: { inProgress: 'a failed item is tried again' },
  failed: { inProgress: 'a failed item is tried again' },
  cancelled: {},
}

/** Of items. Those of a rejected order are `rejected` from the beginning. */
export const itemMoves: Moves = {
  ...orderMoves,
  completed: { inProgress: 'another item failed and the order is taken back as a whole' },
  partial: { inProgress: 'it is tried again, or the order is taken back as a whole' },
  failed: { inProgress: 'it is tried again, or the order is taken back as a whole' },
  cancelled: { acknowledged: 'it was never begun because another had failed, and that is tried again' },
}

const overStates: ReadonlySet<OrderState> = new Set(['rejected', 'completed', 'failed', 'partial', 'cancelled'])

/** Whether nothing further happens to an order or item in this state, unless it is tried again. */
export function isOver(state: OrderState): boolean {
  return overStates.has(state)
}

/** `to` where the table leads there, otherwise `from`: what devices do never moves an order that is being cancelled. */
export function nextState(moves: Moves, from: OrderState, to: OrderState): OrderState {
  return to in moves[from] ? to : from
}

/**
 * An order's state from its items', while it is carried out: the one they share; of several, that of the one that is furthest
 * from its end, except that an order of which something has begun is no longer `acknowledged`.
 */
export function orderStateOf(items: readonly OrderState[]): OrderState {
  const [first] = items
  if (first !== undefined && items.every((state) => state === first)) return first
  if (items.every(isOver)) return 'partial'
  for (const state of ['inProgress', 'pending', 'held'] as const) if (items.includes(state)) return state
  return 'inProgress'
}

/** Every way from a state (row) to another (column), as docs/guide/ordering.md has it: Markdown. */
export function movesMatrix(moves: Moves): string {
  const named = (states: readonly OrderState[]): string => states.map((state) => `\`${state}\``).join(' | ')
  const rows = orderStates.map(
    (from) => `| \`${from}\` | ${orderStates.map((to) => (to in moves[from] ? '●' : '')).join(' | ')} |`,
  )
  return [`| from, to | ${named(orderStates)} |`, `| --- |${' :-: |'.repeat(orderStates.length)}`, ...rows].join('\n')
}

/** When orders or items come to a state, as docs/guide/ordering.md has it: a Markdown list. Where it depends on the state before, that is said. */
export function movesList(moves: Moves): string {
  const lines = orderStates.flatMap((to) => {
    const ways = Map.groupBy(
      orderStates.filter((from) => to in moves[from]),
      (from) => moves[from][to]!,
    )
    const parts = [...ways]
      .toSorted(([, one], [, other]) => other.length - one.length)
      .map(([when, from]) => (from.length > 1 ? when : `from \`${from[0]}\`, ${when}`))
    return parts.length === 0 ? [] : [`- \`${to}\`: ${parts.join('; ')}`]
  })
  return lines.join('\n')
}
