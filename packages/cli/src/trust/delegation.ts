import type { Key } from '@sutler/trust'
import { nextTargets, withDelegation, withoutDelegation, type JsonObject } from '@sutler/trust'
import { daysFromNow, lives } from './lives.ts'

export interface Developer {
  readonly name: string
  readonly keys: readonly Key[]
  readonly threshold: number
  /** Services it may sign; `*` and `?` stand for any characters. */
  readonly services: readonly string[]
}

/** The next targets, in which this developer may sign these services. One of that name is replaced, keys and all. */
export function delegated(targets: Uint8Array, { name, keys, threshold, services }: Developer): JsonObject {
  const paths = services.map((service) => `${service}/*/*`)
  const next = nextTargets(targets, daysFromNow(lives.targets))
  return withDelegation(next, { name, keys, threshold, terminating: false, paths })
}

/** The next targets, in which nothing is delegated to this developer any more. */
export function undelegated(targets: Uint8Array, name: string): JsonObject {
  return withoutDelegation(nextTargets(targets, daysFromNow(lives.targets)), name)
}
