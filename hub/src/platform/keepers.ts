/**
 * Keepers: what each module keeps about people and households, so that one use case (registration's) can show, move or erase all of
 * it in one transaction, without any module knowing another's tables.
 */
import type { Sql, Tx } from './database.ts'

export interface Person {
  readonly id: string
  readonly tenant: string
  readonly email: string | null
}

/** Something of which there is so much, for people. */
export interface Holding {
  /** Plural, such as `notes about them`. */
  readonly what: string
  readonly count: number
  /** Why it is treated so; absent where that needs no reason. */
  readonly because?: string
}

/** What of two people or households that are one happens to the first one's. */
export interface MergePlan {
  readonly moves: readonly Holding[]
  readonly ends: readonly Holding[]
  /** What keeps them from being merged, each as a sentence that says what to do. */
  readonly blocks: readonly string[]
}

/** Ids of the one that is given up, and of the one that stays. */
export interface Merged {
  readonly tenant: string
  readonly from: string
  readonly into: string
}

export interface Merging {
  /** Changes nothing; keeps what it has looked at from changing until the transaction ends. */
  plan(tx: Tx, merged: Merged): Promise<MergePlan>
  /** After a plan without blocks, in its transaction. */
  merge(tx: Tx, merged: Merged): Promise<void>
}

export interface Keeper {
  /** In the export: such as `orders`. */
  readonly name: string
  /** All that is kept about the person, at most `mostKept` of each list, newest first. */
  kept(sql: Sql, person: Person): Promise<Readonly<Record<string, unknown>>>
  /** What erasing the person takes away, and what it leaves. Changes nothing. */
  plan(sql: Sql, person: Person): Promise<{ readonly erased: readonly Holding[]; readonly stays: readonly Holding[] }>
  erase(tx: Tx, person: Person): Promise<void>
  readonly users?: Merging
  readonly households?: Merging
}

/** Of one list in an export. */
export const mostKept = 10_000
