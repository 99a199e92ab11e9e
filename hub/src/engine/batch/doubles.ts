import { MaybeTaken } from './finish.ts'

/** Batches that look ids up after one that was undone because it had not. */
const careful = 100

/**
 * Signals that come twice are rare, and to look each id up costs a fifth of a batch: so the batch relies on the index that holds
 * them unique, and is done again when it meets one. After that, ids are looked up for a while.
 */
export class Doubles {
  #careful = 0

  /** For the next batch. */
  expected(): boolean {
    return this.#careful > 0 && this.#careful-- > 0
  }

  seen(): void {
    this.#careful = careful
  }
}

export function mayHaveComeBefore(error: unknown): boolean {
  if (error instanceof MaybeTaken) return true
  const { code, constraint_name: constraint } = (error ?? {}) as { code?: unknown; constraint_name?: unknown }
  return code === '23505' && constraint === 'engine_history_outside'
}
