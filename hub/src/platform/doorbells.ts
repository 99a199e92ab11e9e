import { actAsHub } from './acting.ts'

/**
 * Wakes workers: rows are the truth, a ring only says "look now". Rings inside this process are immediate (next turn);
 * other hubs hear of them by one coalesced NOTIFY at most every 20 ms, outside every transaction (NOTIFY within a commit
 * serialises commits). Every worker also polls, so a lost ring costs latency, never work.
 */
export type Bell = 'engine' | 'outputs' | 'events' | 'webhooks' | 'policies' | 'roles'

export interface Doorbells {
  ring(bell: Bell): void
  /** Rings at the other hubs only: for who has already told this one's workers what exactly is new. */
  ringElsewhere(bell: Bell): void
  /** Calls `listener` after each ring; several rings in one turn are one call. Returns the way to stop. */
  listen(bell: Bell, listener: () => void): () => void
}

/** Doorbells inside one process; `tell` is called, coalesced by the caller's transport, for other hubs. */
export function localDoorbells(tell: (bell: Bell) => void = () => {}): Doorbells & { heard(bell: Bell): void } {
  const listeners = new Map<Bell, Set<() => void>>()
  const pending = new Set<Bell>()
  const heard = (bell: Bell): void => {
    if (pending.has(bell)) return
    pending.add(bell)
    actAsHub(() =>
      setImmediate(() => {
        pending.delete(bell)
        for (const listener of listeners.get(bell) ?? []) listener()
      }),
    )
  }
  return {
    heard,
    ring(bell) {
      heard(bell)
      tell(bell)
    },
    ringElsewhere: tell,
    listen(bell, listener) {
      const set = listeners.get(bell) ?? new Set()
      listeners.set(bell, set.add(listener))
      return () => set.delete(listener)
    },
  }
}
