import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { newToken, tokenHash } from '../domain/token.ts'
import type { Claim } from '../domain/account.ts'
import { missing, notQuarantined } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { DeviceKeys } from './device-keys.ts'
import type { ToldBoot } from './device-storage.ts'
import { grouped } from '../../../platform/grouped.ts'

/** Boots of a device that are remembered. */
const boots = 16
/** How long the claim is good that a released device gets, milliseconds. */
const claimLifetime = 24 * 3_600_000

export type Quarantine = ReturnType<typeof quarantine>

/**
 * What happens when two devices have one identity: neither can be told from the other, so both are cut off, and nothing is
 * sent to them until a person decides.
 */
export function quarantine(
  deps: RegistrationDependencies,
  keys: DeviceKeys,
  cutOff: (device: string, at: number) => void,
  connectionOf: (device: string) => number,
) {
  const { clock, database, entities, log, storage } = deps

  const begin = async (device: string, why: string): Promise<void> => {
    const now = clock.now()
    await database.transaction(async (tx) => {
      if (!(await storage.devices.quarantine(tx.sql, device, new Date(now)))) return
      await entities.quarantineDevice(tx, device, why)
      log.warn({ device, why }, 'a device is quarantined: there seem to be two of it')
      tx.afterCommit(() => {
        keys.forget(device)
        cutOff(device, now)
      })
    })
  }

  const record = grouped<ToldBoot, boolean>({ most: 500, waiting: 20_000 }, async (told) => {
    const latest = new Map(told.map((each) => [each.device, each]))
    const again = new Set(await storage.devices.booted(database.sql, [...latest.values()], boots))
    return told.map((each) => latest.get(each.device) === each && again.has(each.device))
  })

  return {
    begin,

    /** A device has told which boot it is in. One that comes back after another means that there are two devices. */
    async booted(device: string, boot: string): Promise<void> {
      const again = await record({ device, boot, connection: connectionOf(device) })
      if (again) await begin(device, 'a boot came back after another had begun')
    },

    /**
     * Ends the quarantine. All certificates so far are void, and the key with them: the device enrols anew, with the claim
     * that is returned and a new key. @throws CallerError `not-found` (404), `not-quarantined` (409)
     */
    async release(device: string, by: string): Promise<{ claim: Claim; secret: string }> {
      const secret = newToken('claim')
      const now = clock.now()
      const claim = await database.transaction(async (tx) => {
        const current = await entities.device(device, tx.sql)
        if (!current) throw missing('device', device)
        if (!(await storage.devices.release(tx.sql, device)))
          throw new CallerError(notQuarantined, `${device} is ${current.state}.`)
        await storage.certificates.revokeOf(tx.sql, [device], new Date(now))
        await entities.releaseDevice(tx, device)
        const { tenant, household } = current
        const made: Claim = {
          id: newId('clm', now),
          tenant,
          household,
          kind: 'token',
          serial: null,
          serialPrefix: null,
          approval: 'none',
          order: null,
          device,
          uses: 1,
          used: 0,
          createdBy: by,
          createdAt: now,
          expiresAt: now + claimLifetime,
          revokedAt: null,
        }
        await storage.claims.insert(tx.sql, [{ claim: made, hash: tokenHash(secret) }])
        return made
      })
      return { claim, secret }
    },
  }
}
