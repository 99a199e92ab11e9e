import type { Access } from '../platform/access.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database, Tx } from '../platform/database.ts'
import type { Doorbells } from '../platform/doorbells.ts'
import type { api } from '../platform/http/api.ts'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Address } from './address.ts'
import type { Returned } from './batch/item.ts'
import type { Operated, Operation, Operator } from './operations.ts'
import type { RetentionPolicy } from './retention.ts'
import type { RoleContract } from './roles/contract.ts'
import type { OutsideSignal } from './send.ts'
import type { Swept } from './store/retention.ts'
import type { InstanceFilter } from './store/search.ts'
import type { HistoryEntry } from './store/views.ts'
import type { Task } from './tasks.ts'
import type { InstanceView } from './view.ts'

/** A signal whose sender waits for what became of it. */
export interface SignalRequest extends Omit<OutsideSignal, 'id' | 'missing'> {
  /** Absent = a new one: then the signal cannot be sent again safely. */
  readonly id?: string
  /** Another tenant's instance is none; absent = anybody's will do. */
  readonly tenant?: string
}

/** Durable execution of provisioning models (engine.md) on PostgreSQL. Any number of hubs share one database's instances. */
export interface Engine {
  /** Before `start` and before a model that names it is published. */
  registerTask(name: string, task: Task): void
  /**
   * Checks a model document that comes with the hub and stores it. The same content again changes nothing. Other hubs know it
   * within a second. `text` is what its document was read from. @throws CallerError `model-unsound`, `model-version-taken`
   */
  publish(model: unknown, text?: string): Promise<void>
  /** Loads the published models and begins to work. */
  start(): Promise<void>
  /** Ends the live streams: they would keep the web server open. */
  endStreams(): void
  /** Ends when the batch and the tasks under way have; what they leave is in the database. */
  stop(): Promise<void>
  /**
   * Puts signals into mailboxes in the caller's transaction: they are taken after its commit, each instance's in order. Creates
   * the instance first where `create` is given and it does not exist.
   * @throws CallerError `unknown-instance`, `unknown-model`, `invalid-signal`, `mailbox-full`
   */
  send(tx: Tx, signals: readonly OutsideSignal[]): Promise<void>
  /**
   * Sends a signal and waits until it was taken and that is committed; many at once share a commit. Not from within a
   * transaction that it would have to wait for.
   * @throws CallerError as `send`; OutsideError `engine-busy`, `engine-stopped`: send it again with the same id
   */
  signal(request: SignalRequest): Promise<Returned>
  /** `model:<name>/<id>` with or without a version. */
  instance(url: string): Promise<InstanceView | null>
  /** By model and id, after the given one; at most `limit`. Looks at all there are, if need be. */
  instances(filter: InstanceFilter, page: { limit: number; after?: Address }): Promise<InstanceView[]>
  /** Newest first, older than entry `before`; null when there is no such instance. */
  history(url: string, page: { limit: number; before?: number }): Promise<HistoryEntry[] | null>
  /**
   * What a person does about an instance, with an entry in its history that says who and why.
   * @throws CallerError `unknown-instance`, `nothing-to-retry`, `cannot-repair`, `cannot-cancel`, `instance-done`
   */
  operate(url: string, operation: Operation, operator: Operator): Promise<Operated>
  /**
   * Removes now what is past its retention, as happens now and then by itself. An instance that is gone is unknown, an id whose
   * entry is gone no longer recognised as a duplicate. @returns how many instances and entries went
   */
  sweep(): Promise<Swept>
  routes(): ReturnType<typeof api>
}

export interface EngineDependencies {
  readonly database: Database
  readonly doorbells: Doorbells
  readonly clock: Clock
  readonly log: Log
  readonly access: Access
  readonly metrics: Metrics
  readonly retention: RetentionPolicy
  /** Roles that models fill, and what each has to keep; absent = none. */
  readonly roles?: readonly RoleContract[]
}
