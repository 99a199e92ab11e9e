import type { DeviceClass } from '@sutler/device-model'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { unknownHousehold } from '../../../entity-management/index.ts'
import { scopeOf, type DeviceIdentity, type ForeignProtocol } from '../../domain/device-identity.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import { identityTaken } from './codes.ts'
import type { AddedCredential, By, Credentials, CredentialWish } from './credentials.ts'
import type { IdentityRecords } from './records.ts'

export interface WantedDevice {
  readonly household: string
  readonly class: DeviceClass
  readonly protocol: ForeignProtocol
  readonly identity: string
  /** Null = as far as it is one, the identity. */
  readonly serial: string | null
  readonly name: string | null
  readonly credential: CredentialWish
}

export interface AddedDevice {
  readonly device: string
  readonly identity: DeviceIdentity
  readonly credential: AddedCredential
}

/** Characters of a serial number. */
const mostSerial = 64

/** What stands for the serial number of a device that has told none. */
export function serialOf(identity: string): string {
  return identity.slice(0, mostSerial)
}

/** Devices that come in by what they are called in their protocol. */
export function foreignDevices(deps: RegistrationDependencies, records: IdentityRecords, credentials: Credentials) {
  const { clock, database, doorbells, entities, storage } = deps
  const store = storage.deviceIdentities

  /** Devices are found by what they are called in their protocols: after each change of that. */
  const tellNames = async (tx: Tx, device: string): Promise<void> => {
    const all = await store.ofDevice(tx.sql, device)
    const names = all.map(({ identity }) => identity)
    await entities.setIdentities(tx, device, names)
  }

  /** @throws CallerError `identity-taken` (409) */
  const identify = async (
    tx: Tx,
    by: By,
    device: string,
    { protocol, identity, class: deviceClass }: Pick<WantedDevice, 'protocol' | 'identity' | 'class'>,
  ): Promise<DeviceIdentity> => {
    const { id: createdBy, tenant } = by
    const now = clock.now()
    const made = { id: newId('idn', now), tenant, protocol, identity, device, createdBy, createdAt: now }
    if (!(await store.addIdentity(tx.sql, { ...made, scope: scopeOf(protocol, tenant), class: deviceClass })))
      throw new CallerError(identityTaken, `“${identity.slice(0, 100)}” is taken in ${protocol}.`)
    await tellNames(tx, device)
    return made
  }

  /** @param decision what it follows from, where no request asks for it. @throws as `add` */
  const addIn = async (tx: Tx, by: By, wanted: WantedDevice, decision?: string): Promise<AddedDevice> => {
    const { household, class: deviceClass, protocol, identity: named } = wanted
    const { tenant } = by
    if ((await entities.household(household, tx.sql))?.tenant !== tenant)
      throw new CallerError(unknownHousehold, `There is no household ${household}.`)
    const now = clock.now()
    const device = newId('dev', now)
    const serial = wanted.serial ?? serialOf(named)
    const name = wanted.name ?? `${deviceClass} ${serial}`
    await store.addDevice(tx.sql, { device, tenant, household, protocol }, new Date(now))
    await entities.addDevices(tx, [{ id: device, household, class: deviceClass, serial, name, protocol }])
    const identity = await identify(tx, by, device, wanted)
    const credential = await credentials.add(tx, by, identity, wanted.credential, false)
    const data = { class: deviceClass, serial, protocol, identity: named }
    const why = decision === undefined ? {} : { decision }
    await appendEvents(tx, doorbells, [{ type: 'device.enrolled', subject: device, tenant, household, data, ...why }])
    tx.afterCommit(() => records.forget())
    return { device, identity, credential }
  }

  return {
    /**
     * A device with an identity in its protocol and a credential; from now on it is let in.
     * @throws CallerError `unknown-household`, `credential-unusable` (422), `identity-taken`, `credential-taken` (409)
     */
    add: (by: By, wanted: WantedDevice): Promise<AddedDevice> => database.transaction((tx) => addIn(tx, by, wanted)),
    addIn,
    identify,
    tellNames,
  }
}

export type ForeignDevices = ReturnType<typeof foreignDevices>
