import { instanceUrl, type Instance } from '@sutler/engine'
import { addressKey } from '../address.ts'
import type { Published } from '../models.ts'
import type { Result } from '../store/rows.ts'
import type { Direct, Entry, Returned } from './item.ts'

/** What is stored of an instance beside it. */
export interface Stored {
  readonly entries: number
  readonly result: Result | null
  /** Of its row, where that is not locked. */
  readonly rowVersion?: string
}

/** One instance on the board: locked by this transaction, or made in it. */
export class Slot {
  readonly key: number
  readonly tenant: string | null
  readonly address: string
  readonly published: Published
  /** As loaded; null for one that is new. */
  readonly before: Instance | null
  readonly stored: Stored | null
  instance: Instance
  entries: number
  result: Result | null
  /** The mailbox holds more for it than was taken: nothing that comes later may go first. */
  more = false
  /** Its model's data is locked elsewhere: it cannot take anything in this batch. */
  blocked = false
  readonly queue: Entry[] = []
  /** Index of the next entry in `queue`. */
  head = 0
  #known: Map<string, Returned> | undefined

  constructor(
    { key, tenant }: { readonly key: number; readonly tenant: string | null },
    published: Published,
    instance: Instance,
    stored: Stored | null,
  ) {
    this.stored = stored
    this.key = key
    this.tenant = tenant
    this.published = published
    this.instance = instance
    this.before = stored === null ? null : instance
    this.entries = stored?.entries ?? 0
    this.result = stored?.result ?? null
    this.address = addressKey(instance)
  }

  /** Seldom asked for. */
  get url(): string {
    return instanceUrl(this.instance)
  }

  /** As it was put on the board: for another try. */
  copy(): Slot {
    const copy = new Slot(this, this.published, this.instance, this.stored)
    copy.queue.push(...this.queue)
    copy.more = this.more
    copy.blocked = this.blocked
    for (const [id, first] of this.#known ?? []) copy.know(id, first)
    return copy
  }

  /** Remembers what an outside id was answered that may come again in this batch. */
  know(id: string, first: Returned): void {
    this.#known ??= new Map()
    this.#known.set(id, first)
  }

  /** What an outside id was answered when it came before. */
  firstOf(id: string): Returned | undefined {
    return this.#known?.get(id)
  }

  get changed(): boolean {
    return this.instance !== this.before || this.entries !== this.stored?.entries
  }
}

/** Whether there is such an instance for the signal's sender. */
export function isFor({ tenant }: Direct, slot: { readonly tenant: string | null }): boolean {
  return sameTenant({ tenant: tenant ?? null }, slot)
}

/** What is another tenant's does not exist. A new instance may not know whose it is before it is written. */
export function sameTenant(
  one: { readonly tenant: string | null },
  other: { readonly tenant: string | null },
): boolean {
  return one.tenant === null || other.tenant === null || one.tenant === other.tenant
}
