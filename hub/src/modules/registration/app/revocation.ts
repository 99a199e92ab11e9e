import { fileLinkSeconds } from '../domain/file-link.ts'
import { missing } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** How often other hubs' revocations are looked for, milliseconds. */
const lookEvery = 2_000
/** How far back each look goes, milliseconds: as long as file links last, and a minute for hubs' clocks and late commits. */
const lookBack = fileLinkSeconds * 1000 + 60_000

/** Taking devices out of service, here and at other hubs, and telling whoever holds their connections. */
export function revocation({ database, clock, log, entities, storage }: RegistrationDependencies) {
  const listeners = new Set<(device: string) => void>()
  /** Told lately, by device: when. */
  const told = new Map<string, number>()
  let cancel: (() => void) | null = null
  let stopped = false

  const tell = (device: string): void => {
    if (told.has(device)) return
    told.set(device, clock.now())
    for (const listener of listeners) listener(device)
  }

  const look = async (): Promise<void> => {
    const since = clock.now() - lookBack
    for (const device of await storage.devices.revokedSince(database.sql, new Date(since))) tell(device)
    for (const [device, at] of told) if (at < since - lookBack) told.delete(device)
  }

  const lookAgain = (): void => {
    if (stopped) return
    cancel = clock.after(lookEvery, () => {
      look()
        .catch((error: unknown) => log.warn({ err: error }, 'could not look for revoked devices; trying again'))
        .finally(lookAgain)
    })
  }

  return {
    /**
     * Takes a device out of service for good: it cannot connect again, open connections are to be closed.
     * @throws CallerError `not-found` (404)
     */
    async decommission(device: string): Promise<void> {
      await database.transaction(async (tx) => {
        const current = await entities.device(device, tx.sql)
        if (!current) throw missing('device', device)
        if (current.state === 'decommissioned') return
        await entities.decommissionDevice(tx, device)
        await storage.devices.revoke(tx.sql, device, new Date(clock.now()))
        tx.afterCommit(() => tell(device))
      })
    },

    /** Calls `listener` for each device taken out of service, within 5 s also when another hub did it. */
    onDecommissioned(listener: (device: string) => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    /** True for devices taken out of service so lately that a file link of theirs may still run. */
    isDecommissioned: (device: string): boolean => told.has(device),

    async start(): Promise<void> {
      await look()
      lookAgain()
    },
    stop(): void {
      stopped = true
      cancel?.()
    },
  }
}
