import type { Decision } from '../../../platform/access.ts'
import { actAsHub } from '../../../platform/acting.ts'
import { restOn } from '../../../platform/database.ts'
import { fileLinkSeconds } from '../domain/file-link.ts'
import { missing } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { CutOff } from './device-storage.ts'

/** How often other hubs' revocations are looked for, milliseconds. */
const lookEvery = 2_000
/** How far back each look goes, milliseconds: as long as file links last, and a minute for hubs' clocks and late commits. */
const lookBack = fileLinkSeconds * 1000 + 60_000

export type CutOffListener = (device: string, decommissioned: boolean) => void

/** @param at when it was decided, milliseconds: the same at every hub */
export type ProtocolChangeListener = (device: string, at: number) => void

export type Revocation = ReturnType<typeof revocation>

/** Taking devices out of service, here and at other hubs, and telling whoever holds their connections. */
export function revocation({ database, clock, log, entities, storage }: RegistrationDependencies) {
  const listeners = new Set<CutOffListener>()
  /** Told lately, by device: since when it is cut off. */
  const told = new Map<string, { readonly at: number; readonly rekeyed: boolean }>()
  const changeListeners = new Set<ProtocolChangeListener>()
  /** Told lately, by device: when it was to speak another protocol. */
  const toldChanges = new Map<string, number>()
  let cancel: (() => void) | null = null
  let stopped = false

  const tell = ({ device, at, decommissioned, rekeyed }: CutOff): void => {
    if (told.get(device)?.at === at) return
    told.set(device, { at, rekeyed })
    // What they do goes on after whatever request it was.
    actAsHub(() => listeners.forEach((listener) => listener(device, decommissioned)))
  }

  const tellChange = (device: string, at: number): void => {
    if (toldChanges.get(device) === at) return
    toldChanges.set(device, at)
    actAsHub(() => changeListeners.forEach((listener) => listener(device, at)))
  }

  const look = async (): Promise<void> => {
    const since = clock.now() - lookBack
    const found = await storage.devices.revokedSince(database.sql, new Date(since))
    for (const each of found) tell(each)
    const current = new Set(found.map(({ device }) => device))
    // Too long ago for a file link to run on, or released.
    for (const device of told.keys()) if (!current.has(device)) told.delete(device)
    const changes = await storage.devices.protocolsChangedSince(database.sql, new Date(since))
    for (const { device, at } of changes) tellChange(device, at)
    const changed = new Set(changes.map(({ device }) => device))
    for (const device of toldChanges.keys()) if (!changed.has(device)) toldChanges.delete(device)
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

    /** A device is to speak another protocol from now on: what it has open in the one before ends. */
    protocolChanged(device: string, at: number): void {
      tell({ device, at, decommissioned: false, rekeyed: true })
      tellChange(device, at)
    },

    /** Calls `listener` for each device that is to speak another protocol; at every hub, perhaps more than once. */
    onProtocolChange(listener: ProtocolChangeListener): () => void {
      changeListeners.add(listener)
      return () => changeListeners.delete(listener)
    },

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
