/**
 * Instances of `counter` that ours steps, and rows that the peers change: one at random each time, so that neither lives of
 * the same few rows and hardly two meet at one.
 */
export const instances = 10_000

/** URL of the n-th, from 1. */
export function counterAt(n: number): string {
  return `model:counter/c${n}`
}

/** URL of any of them. */
export function anyCounter(): string {
  return counterAt(1 + Math.floor(Math.random() * instances))
}
