import type { DeviceClass } from '@sutler/device-model'
import type { Principal } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { unknownHousehold } from '../../../entity-management/index.ts'
import { scopeOf, type DeviceIdentity, type ForeignProtocol } from '../../domain/device-identity.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import { credentialTaken, identityTaken } from './codes.ts'
import type { IdentityRecords } from './records.ts'
import type { NewCredential } from './storage.ts'
import { madeCredential, usualCredential, type MadeCredential, type WantedCredential } from './wanted-credential.ts'

export interface WantedDevice {
  readonly household: string
  readonly class: DeviceClass
  readonly protocol: ForeignProtocol
  readonly identity: string
  /** Null = as far as it is one, the identity. */
  readonly serial: string | null
  readonly name: string | null
  /** Null = the protocol's usual one, made by the hub. */
  readonly credential: WantedCredential | { readonly kind: 'gateway'; readonly gateway: string } | null
}

type By = Pick<Principal, 'id' | 'tenant'>

export interface AddedCredential {
  readonly id: string
  readonly kind: NewCredential['kind']
  readonly username: string | null
  /** Shown this once; null when the caller knows it. */
  readonly secret: string | null
}

export interface AddedDevice {
  readonly device: string
  readonly identity: DeviceIdentity
  readonly credential: AddedCredential
}

/** Characters of a serial number. */
const mostSerial = 64

/** Devices that a person adds by what they are called in their protocol. */
export function foreignDevices(deps: RegistrationDependencies, records: IdentityRecords) {
  const { clock, database, doorbells, entities, sealing, storage } = deps
  const store = storage.deviceIdentities

  const credentialIn = async (
    tx: Tx,
    by: By,
    { id: identity, identity: named, protocol, tenant }: DeviceIdentity,
    wanted: WantedDevice['credential'],
  ): Promise<AddedCredential> => {
    const now = clock.now()
    const id = newId('crd', now)
    const made = wanted?.kind === 'gateway' ? byGateway : madeOf(id, protocol, wanted)
    const gateway = wanted?.kind === 'gateway' ? wanted.gateway : null
    const { secret, ...kept } = made
    // A pre-shared key is looked for by its name alone.
    const username = kept.kind === 'psk' ? (kept.username ?? named) : kept.username
    const added = await store.addCredential(tx.sql, {
      ...kept,
      username,
      id,
      tenant,
      identity,
      gateway,
      createdBy: by.id,
      createdAt: now,
    })
    if (!added) throw new CallerError(credentialTaken, `There is a ${made.kind} of that name already.`)
    return { id, kind: made.kind, username, secret }
  }

  const madeOf = (id: string, protocol: ForeignProtocol, wanted: WantedCredential | null): MadeCredential =>
    madeCredential(sealing, protocol, id, wanted ?? usualCredential(protocol))

  const identityIn = async (tx: Tx, by: By, device: string, named: Named): Promise<DeviceIdentity> => {
    const { protocol, identity } = named
    const now = clock.now()
    const made = {
      id: newId('idn', now),
      tenant: by.tenant,
      protocol,
      identity,
      device,
      createdBy: by.id,
      createdAt: now,
    }
    if (!(await store.addIdentity(tx.sql, { ...made, scope: scopeOf(protocol, by.tenant), class: named.class })))
      throw new CallerError(identityTaken, `“${identity.slice(0, 100)}” is taken in ${protocol}.`)
    return made
  }

  /** In a transaction of the caller’s. @throws as `add` */
  const addIn = async (tx: Tx, by: By, wanted: WantedDevice): Promise<AddedDevice> => {
    const { household, class: deviceClass, protocol, identity: named } = wanted
    const { tenant } = by
    if ((await entities.household(household, tx.sql))?.tenant !== tenant)
      throw new CallerError(unknownHousehold, `There is no household ${household}.`)
    const now = clock.now()
    const device = newId('dev', now)
    const serial = wanted.serial ?? named.slice(0, mostSerial)
    const name = wanted.name ?? `${deviceClass} ${serial}`
    await store.addDevice(tx.sql, { device, tenant, household, protocol }, new Date(now))
    await entities.addDevices(tx, [{ id: device, household, class: deviceClass, serial, name, protocol }])
    const identity = await identityIn(tx, by, device, wanted)
    const credential = await credentialIn(tx, by, identity, wanted.credential)
    const data = { class: deviceClass, serial, protocol, identity: named }
    await appendEvents(tx, doorbells, [{ type: 'device.enrolled', subject: device, tenant, household, data }])
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
  }
}

type Named = Pick<DeviceIdentity, 'protocol' | 'identity'> & Pick<WantedDevice, 'class'>

const byGateway = {
  kind: 'gateway',
  username: null,
  digest: null,
  subject: null,
  sealed: null,
  secret: null,
} as const
