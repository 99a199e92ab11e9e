import type { JsonObject } from '@sutler/engine'
import type { Tx } from '../platform/database.ts'
import { InvariantError } from '../platform/errors.ts'
import type { TaskCall, TaskKind } from './batch/board.ts'
import type { TaskEnd } from './batch/item.ts'
import type { ExternalRun } from './external.ts'

/** A host function that models name. */
export type Task =
  /**
   * Runs inside the transaction of the steps that started it, exactly once; touches only the database, through `tx`. One call
   * for all steps of a batch: `calls` in the order of the steps, the answers in the same order. When it throws, the steps are
   * undone and tried one by one, so that only the one it throws for fails.
   */
  | { readonly kind: 'transactional'; run(tx: Tx, calls: readonly TaskCall[]): Promise<TaskEnd[]> }
  /** Runs after the commit, at least once: `call.key` is the same for every attempt. A throw is a failed attempt. */
  | { readonly kind: 'external'; run(call: TaskCall, abort: AbortSignal): Promise<JsonObject> }

/** The host functions of this hub, by the name that models use. */
export class Tasks {
  readonly #tasks = new Map<string, Task>()
  readonly #external = new Map<string, ExternalRun>()

  register(name: string, task: Task): void {
    if (this.#tasks.has(name)) throw new InvariantError(`task ${name} is registered twice`)
    this.#tasks.set(name, task)
    if (task.kind === 'external') this.#external.set(name, (call, abort) => task.run(call, abort))
  }

  get names(): string[] {
    return [...this.#tasks.keys()]
  }

  get external(): ReadonlyMap<string, ExternalRun> {
    return this.#external
  }

  kindOf(name: string): TaskKind | undefined {
    return this.#tasks.get(name)?.kind
  }

  async runTransactional(name: string, tx: Tx, calls: readonly TaskCall[]): Promise<TaskEnd[]> {
    const task = this.#tasks.get(name)
    if (task?.kind !== 'transactional') throw new InvariantError(`${name} is not a transactional task`)
    return await task.run(tx, calls)
  }
}
