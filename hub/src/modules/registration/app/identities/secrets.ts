import { randomBytes } from 'node:crypto'
import type { DeviceSecret, SecretUse } from '@sutler/device-model'
import { newId } from '../../../../platform/ids.ts'
import { credentialPurpose, isForeign } from '../../domain/device-identity.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { IdentityRecords } from './records.ts'

/** The account that makes what no person asked for. */
const byHub = 'hub'

/** The few secrets that protocols cannot do without. */
export function deviceSecrets(deps: RegistrationDependencies, records: IdentityRecords) {
  const { clock, database, sealing, storage } = deps
  const store = storage.deviceIdentities

  const preShared = async (name: string): Promise<DeviceSecret | null> => {
    const found = await store.preShared(database.sql, name)
    if (found === null) return null
    const secret = sealing.open(found.purpose, found.sealed).toString('hex')
    return { device: found.device, username: name, secret }
  }

  /** What a CPE recognises the hub by (TR-069, 3.2.2): made when it is first wanted. */
  const connectionRequest = async (identity: string): Promise<DeviceSecret | null> => {
    const record = await records.find({ protocol: 'cwmp', scope: '', identity })
    if (record === null || !record.inForce) return null
    const kept = await store.connectionRequest(database.sql, record.id)
    if (kept === null) {
      const id = newId('crd', clock.now())
      const made = randomBytes(18).toString('base64url')
      await store.addCredential(database.sql, {
        id,
        tenant: record.tenant,
        identity: record.id,
        kind: 'connection-request',
        username: `hub-${randomBytes(6).toString('hex')}`,
        digest: null,
        subject: null,
        sealed: sealing.seal(credentialPurpose(id), Buffer.from(made)),
        gateway: null,
        createdBy: byHub,
        createdAt: clock.now(),
      })
    }
    // Another hub may have been faster: the oldest counts.
    const { id, username, sealed } = kept ?? (await store.connectionRequest(database.sql, record.id))!
    const secret = sealing.open(credentialPurpose(id), sealed).toString()
    return { device: record.device, username: username ?? identity, secret }
  }

  /**
   * @param identity for a pre-shared key the name that was shown with it, else the device’s identity
   * @returns null where there is none, also of devices that are not let in
   */
  return async (protocol: string, identity: string, use: SecretUse): Promise<DeviceSecret | null> => {
    if (!isForeign(protocol) || identity.includes('\0')) return null
    if (use === 'pre-shared-key') return protocol === 'lwm2m' ? preShared(identity) : null
    return protocol === 'cwmp' ? connectionRequest(identity) : null
  }
}
