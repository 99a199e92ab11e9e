import { AgentError, reasonOf } from '../../core/errors.ts'

/** The device's IndexedDB: `entries` = the tree of its directory, `keys` = its key pairs, which no script can read. */
export type StoreName = 'entries' | 'keys'

const name = 'sutler-device'

/** What a transaction does: null forgets a key. */
export type Changes = ReadonlyMap<string, unknown>

export class DeviceDatabase {
  private readonly opened: IDBDatabase

  private constructor(opened: IDBDatabase) {
    this.opened = opened
  }

  /** @throws AgentError `disk` */
  static async open(): Promise<DeviceDatabase> {
    const request = indexedDB.open(name, 1)
    request.addEventListener('upgradeneeded', () => {
      for (const store of ['entries', 'keys'] satisfies StoreName[]) request.result.createObjectStore(store)
    })
    return new DeviceDatabase(await settled(request))
  }

  /** Removes all of it. */
  static async remove(): Promise<void> {
    await settled(indexedDB.deleteDatabase(name))
  }

  async get(store: StoreName, key: string): Promise<unknown> {
    return settled(this.opened.transaction(store).objectStore(store).get(key))
  }

  async all(store: StoreName): Promise<Map<string, unknown>> {
    const from = this.opened.transaction(store).objectStore(store)
    const [keys, values] = await Promise.all([settled(from.getAllKeys()), settled(from.getAll())])
    return new Map(keys.map((key, index) => [String(key), values[index] as unknown]))
  }

  /**
   * All changes or none, after all that were asked for earlier. @param durability `strict` = on the disk when it resolves, with
   * everything before it
   * @throws AgentError `no-space`, `disk`
   */
  async change(store: StoreName, changes: Changes, durability: 'strict' | 'relaxed'): Promise<void> {
    const transaction = this.opened.transaction(store, 'readwrite', { durability })
    const into = transaction.objectStore(store)
    for (const [key, value] of changes) {
      if (value === null) into.delete(key)
      else into.put(value, key)
    }
    await new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve())
      transaction.addEventListener('abort', () => reject(storageError(transaction.error)))
    })
  }

  close(): void {
    this.opened.close()
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(storageError(request.error)))
  })
}

/** What the browser's storage says, in the agent's words. */
export function storageError(error: unknown): AgentError {
  if (error instanceof AgentError) return error
  const full = error instanceof DOMException && error.name === 'QuotaExceededError'
  if (full)
    return new AgentError('no-space', 'the browser gives this page no more storage: free some of the disk', error)
  return new AgentError('disk', `the browser's storage fails: ${reasonOf(error)}`, error)
}
