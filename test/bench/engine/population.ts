/**
 * Instances of `counter` that ours steps, and rows that the peers change: one at random each time, so that neither lives of
 * the same few rows and hardly two meet at one.
 */
export const instances = 10_000

/** Models of which there are so many: the second costs the hub's CPU much more than the database's. */
export type Population = 'counter' | 'reckoner'

/** URL of the n-th, from 1. */
export function memberAt(model: Population, n: number): string {
  return `model:${model}/c${n}`
}

/** URL of any of them. */
export function anyMember(model: Population = 'counter'): string {
  return memberAt(model, 1 + Math.floor(Math.random() * instances))
}
