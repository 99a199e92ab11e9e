import type { Tx } from '../../../platform/database.ts'

/** That a version was given to test devices of one household. */
export interface Trial {
  readonly id: string
  readonly tenant: string
  readonly service: string
  readonly version: string
  readonly household: string
  readonly devices: readonly string[]
  /** The version that the household had before; null where it had none. */
  readonly had: string | null
  readonly order: string
  /** By which it was undone; null as long as it was not. */
  readonly undoOrder: string | null
  /** Principal id. */
  readonly by: string
  readonly at: Date
}

export interface Trials {
  insert(tx: Tx, trial: Trial): Promise<void>
  find(which: Pick<Trial, 'tenant' | 'service' | 'version' | 'id'>): Promise<Trial | null>
  /** Newest first. */
  page(which: Pick<Trial, 'tenant' | 'service' | 'version'>, after: string | undefined, limit: number): Promise<Trial[]>
  /** @returns false where it was undone before */
  undo(tx: Tx, id: string, order: string): Promise<boolean>
}
