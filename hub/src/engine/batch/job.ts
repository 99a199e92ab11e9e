import type { Clock } from '../../platform/clock.ts'
import type { Database, Sql } from '../../platform/database.ts'
import type { Models } from '../models.ts'
import type { TaskKind } from './board.ts'
import type { Doubles } from './doubles.ts'
import type { Direct, Returned } from './item.ts'
import type { Recent } from './recent.ts'
import type { RunTask } from './rounds.ts'

/** What a batch needs of its hub. */
export interface Host {
  readonly database: Database
  readonly clock: Clock
  readonly models: Models
  readonly newKeys: (sql: Sql, count: number) => Promise<number[]>
  readonly kindOf: (task: string) => TaskKind | undefined
  readonly runTask: RunTask
  /** Keys of instances by `<model>/<id>`, as far as remembered: they never change. */
  readonly keys: Map<string, number>
  readonly recent: Recent
  readonly doubles: Doubles
}

export interface Job {
  /** Instances with mail or due signals, the longest waiting first. */
  readonly ready: readonly number[]
  readonly directs: readonly Direct[]
}

export interface BatchEnd {
  /** Instances that were worked on. */
  readonly seated: number
  /** Signals and ends that were taken. */
  readonly taken: number
  /** Signals that could not be taken now: their instance is locked elsewhere, or has older mail. */
  readonly back: readonly Direct[]
  /** Something was left in the mailbox. */
  readonly more: boolean
  readonly tasks: boolean
  /** When the earliest delayed signal is due of those that were set; null when none was. Milliseconds since the epoch. */
  readonly due: number | null
}

/** What a sender is told after the commit. */
export interface Verdict {
  readonly direct: Direct
  readonly answer?: Returned
  readonly error?: unknown
}

/** After the commit: a sender hears only of what is durable. */
export function tell(verdicts: readonly Verdict[]): void {
  for (const { direct, answer, error } of verdicts) {
    if (answer) direct.waiter.returned(answer)
    else direct.waiter.refused(error)
  }
}
