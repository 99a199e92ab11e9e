import type { Instance, JsonObject } from '@sutler/engine'
import type { Published } from '../models.ts'
import type { Stored } from './slot.ts'

/** An instance as it was when this hub last wrote or read it: whether it is still so, the database tells when it is written. */
export interface Remembered extends Stored {
  readonly key: number
  readonly tenant: string | null
  readonly published: Published
  readonly instance: Instance
  /** Of its row. */
  readonly rowVersion: string
}

/** Model data, likewise. */
export interface RememberedShared {
  readonly data: JsonObject
  readonly rowVersion: string
}

/** Together some 20 MB of instances as they usually are; what is larger than usual is read each time. */
const bound = 10_000
const largest = 64
/** Rounds that begin with a look, at most, before what is remembered is tried again. */
const mostLooks = 63

/** The instances that this hub has worked on lately, by `<model>/<id>`. */
export class Recent {
  /** The least lately used first. */
  readonly #instances = new Map<string, Remembered>()
  readonly shared = new Map<string, RememberedShared>()
  /** Models whose steps have needed more than to write their instances: calls, signals to others, transactional tasks. */
  readonly special = new WeakSet<Published>()
  #held: ReadonlyMap<string, unknown> = new Map()
  /** Rounds that begin with a look after what was remembered has last been wrong, and those still to come. */
  #looks = 0
  #left = 0

  find(name: string): Remembered | undefined {
    return this.#instances.get(name)
  }

  keep(name: string, remembered: Remembered): void {
    this.#instances.delete(name)
    if (!isUsual(remembered.instance)) return
    this.#instances.set(name, remembered)
    if (this.#instances.size <= bound) return
    for (const oldest of this.#instances.keys()) {
      this.#instances.delete(oldest)
      break
    }
  }

  forget(name: string): void {
    this.#instances.delete(name)
  }

  /** Whether the next round may rely on what is remembered. Where other hubs work on the same instances it seldom holds. */
  trusted(): boolean {
    if (this.#left === 0) return true
    this.#left--
    return false
  }

  /** What was remembered did hold, or did not. */
  judge(right: boolean): void {
    this.#looks = right ? Math.floor(this.#looks / 2) : Math.min(2 * this.#looks + 1, mostLooks)
    if (!right) this.#left = this.#looks
  }

  /** Of a database that was away, it is not known what it is now. */
  clear(): void {
    this.#instances.clear()
    this.shared.clear()
  }

  /** A transaction of this hub has them locked, whatever is added while it runs. */
  async whileHeld<T>(instances: ReadonlyMap<string, unknown>, work: () => Promise<T>): Promise<T> {
    this.#held = instances
    try {
      return await work()
    } finally {
      this.#held = new Map()
      for (const name of instances.keys()) this.#instances.delete(name)
    }
  }

  /** Whoever wrote it now would wait for this hub's own transaction. */
  isHeld(name: string): boolean {
    return this.#held.has(name)
  }
}

/** Small enough to be kept: entries of its data and of what it waits for. */
function isUsual({ data, call, timers, held, deferred, children, tasks }: Instance): boolean {
  return (
    Object.keys(data).length + Object.keys(call).length <= largest &&
    timers.length + held.length + deferred.length + children.length + tasks.length <= largest
  )
}
