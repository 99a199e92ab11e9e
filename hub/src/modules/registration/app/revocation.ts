import type { Decision } from '../../../platform/access.ts'
import { actAsHub } from '../../../platform/acting.ts'
import { restOn } from '../../../platform/database.ts'
import { fileLinkSeconds } from '../domain/file-link.ts'
import { missing } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { CutOff } from './storage.ts'

/** How often other hubs' revocations are looked for, milliseconds. */
const lookEvery = 2_000
/** How far back each look goes, milliseconds: as long as file links last, and a minute for hubs' clocks and late commits. */
const lookBack = fileLinkSeconds * 1000 + 60_000

export type CutOffListener = (device: string, decommissioned: boolean) => void

export type Revocation = ReturnType<typeof revocation>

/** Taking devices out of service, here and at other hubs, and telling whoever holds their connections. */
export function revocation({ database, clock, log, entities, storage }: RegistrationDependencies) {
  const listeners = new Set<CutOffListener>()
  /** Told lately, by device: since when it is cut off. */
  const told = new Map<string, { readonly at: number; readonly rekeyed: boolean }>()
  let cancel: (() => void) | null = null
  let stopped = false

  const tell = ({ device, at, decommissioned, rekeyed }: CutOff): void => {
    if (told.get(device)?.at === at) return
    told.set(device, { at, rekeyed })
    // What they do goes on after whatever request it was.
    actAsHub(() => listeners.forEach((listener) => listener(device, decommissioned)))
  }

  const look = async (): Promise<void> => {
    const since = clock.now() - lookBack
    const found = await storage.devices.revokedSince(database.sql, new Date(since))
    for (const each of found) tell(each)
    const current = new Set(found.map(({ device }) => device))
    // Too long ago for a file link to run on, or released.
    for (const device of told.keys()) if (!current.has(device)) told.delete(device)
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
    async decommission(device: string, decision?: Decision): Promise<void> {
      await database.transaction(async (tx) => {
        if (decision !== undefined) restOn(tx, decision)
        const current = await entities.device(device, tx.sql)
        if (!current) throw missing('device', device)
        if (current.state === 'decommissioned') return
        await entities.decommissionDevice(tx, device)
        const at = clock.now()
        await storage.devices.revoke(tx.sql, device, new Date(at))
        tx.afterCommit(() => tell({ device, at, decommissioned: true, rekeyed: false }))
      })
    },

    /** A device was quarantined at this hub. */
    quarantined: (device: string, at: number): void => tell({ device, at, decommissioned: false, rekeyed: false }),

    /** Calls `listener` for each device that is to be connected no more, within 5 s also when another hub decided it. */
    onCutOff(listener: CutOffListener): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    /** True for devices cut off so lately that a file link of theirs may still run. */
    isCutOff: (device: string): boolean => told.get(device)?.rekeyed === false,

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
