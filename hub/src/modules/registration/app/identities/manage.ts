import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import type { Device, ProtocolName } from '../../../entity-management/index.ts'
import type { DeviceIdentity, ForeignProtocol } from '../../domain/device-identity.ts'
import { missing } from '../codes.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { Revocation } from '../revocation.ts'
import { noSuchIdentity } from './codes.ts'
import type { AddedCredential, By, Credentials, CredentialWish } from './credentials.ts'
import type { ForeignDevices } from './devices.ts'
import type { IdentityRecords } from './records.ts'
import type { ShownCredential } from './storage.ts'

export interface ShownIdentity extends DeviceIdentity {
  readonly credentials: readonly ShownCredential[]
}

/** What people do to the identities and credentials of a device that is there. */
export function identityManagement(
  { clock, database, doorbells, entities, storage }: RegistrationDependencies,
  records: IdentityRecords,
  credentials: Credentials,
  devices: ForeignDevices,
  revocation: Pick<Revocation, 'protocolChanged'>,
) {
  const store = storage.deviceIdentities

  const told = async (tx: Tx, device: Device, type: string, data: Readonly<Record<string, unknown>>): Promise<void> => {
    const { id: subject, tenant, household } = device
    await appendEvents(tx, doorbells, [{ type, subject, tenant, household, data }])
    tx.afterCommit(() => records.forget())
  }

  const ofDevice = async (tx: Tx, { id }: Device, identity: string): Promise<DeviceIdentity> => {
    const found = (await store.ofDevice(tx.sql, id)).find((each) => each.id === identity)
    if (!found) throw missing('identity', identity)
    return found
  }

  return {
    /** At most one for each protocol. */
    async list(device: string): Promise<ShownIdentity[]> {
      const identities = await store.ofDevice(database.sql, device)
      const kept = await store.credentialsOf(
        database.sql,
        identities.map(({ id }) => id),
      )
      return identities.map((each) => ({ ...each, credentials: kept.filter(({ identity }) => identity === each.id) }))
    },

    /**
     * One more protocol that the device could speak; which one it is to speak is another matter.
     * @throws CallerError `identity-taken`, `credential-taken` (409), `credential-unusable` (422)
     */
    add: (
      by: By,
      device: Device,
      wanted: { readonly protocol: ForeignProtocol; readonly identity: string },
      credential: CredentialWish,
    ): Promise<{ identity: DeviceIdentity; credential: AddedCredential }> =>
      database.transaction(async (tx) => {
        const identity = await devices.identify(tx, by, device.id, { ...wanted, class: device.class })
        const made = await credentials.add(tx, by, identity, credential, false)
        await told(tx, device, 'device.identity-added', wanted)
        return { identity, credential: made }
      }),

    /** With its credentials. @throws CallerError `not-found` (404) */
    remove: (device: Device, identity: string): Promise<void> =>
      database.transaction(async (tx) => {
        const { protocol, identity: name } = await ofDevice(tx, device, identity)
        await store.removeIdentity(tx.sql, identity)
        await devices.tellNames(tx, device.id)
        await told(tx, device, 'device.identity-removed', { protocol, identity: name })
      }),

    /** @throws CallerError `not-found` (404), `credential-taken` (409), `credential-unusable` (422) */
    addCredential: (
      by: By,
      device: Device,
      identity: string,
      wanted: CredentialWish,
      replace: boolean,
    ): Promise<AddedCredential> =>
      database.transaction(async (tx) => {
        const of = await ofDevice(tx, device, identity)
        const made = await credentials.add(tx, by, of, wanted, replace)
        await told(tx, device, 'device.credential-added', { protocol: of.protocol, kind: made.kind })
        return made
      }),

    /** @throws CallerError `not-found` (404) */
    removeCredential: (device: Device, identity: string, credential: string): Promise<void> =>
      database.transaction(async (tx) => {
        const { protocol } = await ofDevice(tx, device, identity)
        const kind = await store.removeCredential(tx.sql, identity, credential)
        if (kind === null) throw missing('credential', credential)
        await told(tx, device, 'device.credential-removed', { protocol, kind })
      }),

    /**
     * From now on the device is let in over that protocol only. What is open for it is offered anew there.
     * @throws CallerError `no-such-identity` (409) where it has none in it
     */
    setProtocol: (device: Device, protocol: ProtocolName): Promise<Device> =>
      database.transaction(async (tx) => {
        const at = clock.now()
        const before = await store.setProtocol(tx.sql, device.id, protocol, new Date(at))
        if (before === 'impossible')
          throw new CallerError(
            noSuchIdentity,
            `${device.id} has nothing by which it could be let in over ${protocol}.`,
          )
        if (before === 'same') return device
        const changed = await entities.setProtocol(tx, device.id, protocol)
        tx.afterCommit(() => {
          records.forget()
          revocation.protocolChanged(device.id, at)
        })
        return changed
      }),
  }
}
