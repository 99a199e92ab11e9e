import type { DeviceClass } from '@sutler/device-model'
import type { z } from 'zod'
import type { Principal } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import {
  failed,
  unknownHousehold,
  type Importer,
  type ImportLine,
  type LineResult,
} from '../../entity-management/index.ts'
import type { importedDevice } from '../contract/import.ts'
import type { ForeignProtocol } from '../domain/device-identity.ts'
import type { AddedDevice, WantedDevice } from './identities/devices.ts'
import type { WantedCredential } from './identities/wanted-credential.ts'
import type { MadeClaim, NewClaim } from './claims.ts'
import type { RegistrationDependencies } from './dependencies.ts'

export type ImportedDevice = z.output<typeof importedDevice>

type AddClaim = (
  tx: Tx,
  by: Pick<Principal, 'id' | 'tenant'>,
  household: string,
  wanted: NewClaim,
) => Promise<MadeClaim>

type AddDevice = (tx: Tx, by: Pick<Principal, 'id' | 'tenant'>, wanted: WantedDevice) => Promise<AddedDevice>

/**
 * Devices that are to come: a claim for each, bound to its serial number and its household, with which it enrols by itself. Those
 * that speak a protocol of their own are added at once. A line whose `externalId` has come before changes nothing.
 */
export function deviceImporter(
  { database, entities }: RegistrationDependencies,
  addClaim: AddClaim,
  addDevice: AddDevice,
  by: Pick<Principal, 'id' | 'tenant'>,
  /** The claim's secret, with what the hub is recognised by. */
  recognised: (secret: string) => string,
): Omit<Importer<ImportedDevice>, 'schema'> {
  const { tenant } = by
  const { imports } = entities

  const householdOf = async (tx: Tx, known: Map<string, string>, device: ImportedDevice): Promise<string> => {
    const { household, householdExternalId: key, householdName: name, timeZone } = device
    if (household !== undefined) {
      if ((await entities.household(household, tx.sql))?.tenant === tenant) return household
      throw new CallerError(unknownHousehold, `There is no household ${household}.`)
    }
    const existing = key === undefined ? undefined : known.get(key)
    if (existing !== undefined) return existing
    if (name === undefined)
      throw new CallerError(
        unknownHousehold,
        `There is no household with the key ${key}; householdName would make one.`,
      )
    const made = await entities.addHouseholdIn(tx, tenant, name, timeZone)
    if (key !== undefined) {
      known.set(key, made.id)
      await imports.remember(tx.sql, tenant, 'household', new Map([[key, made.id]]))
    }
    return made.id
  }

  const takeOne = async (tx: Tx, known: Known, { value }: ImportLine<ImportedDevice>): Promise<LineResult> => {
    const key = value.externalId
    const before = key === undefined ? undefined : known.devices.get(key)
    if (before !== undefined) return { status: 'unchanged', id: before }
    const remember = async (id: string): Promise<void> => {
      if (key === undefined) return
      known.devices.set(key, id)
      await imports.remember(tx.sql, tenant, 'devices', new Map([[key, id]]))
    }
    if (isForeignLine(value)) {
      // Refused when something was written already: then it is undone, and the other lines are taken without it.
      const household = await householdOf(tx, known.households, value)
      const { device, credential } = await addDevice(tx, by, wantedDevice(household, value))
      await remember(device)
      const { protocol, identity } = value
      return { status: 'created', id: device, household, protocol, identity, ...shown(credential) }
    }
    try {
      const household = await householdOf(tx, known.households, value)
      const { claim, text } = await addClaim(tx, by, household, wanted(value))
      await remember(claim.id)
      return { status: 'created', id: claim.id, household, serial: value.serial, claim: recognised(text) }
    } catch (error) {
      // Nothing was written for this line before it was refused.
      if (error instanceof CallerError) return failed(error)
      throw error
    }
  }

  return {
    kind: 'devices',
    take: (lines) =>
      database.transaction(async (tx) => {
        const keys = (of: (device: ImportedDevice) => string | undefined): string[] =>
          lines.flatMap(({ value }) => of(value) ?? [])
        const known: Known = {
          devices: new Map(
            await imports.subjects(
              tx.sql,
              tenant,
              'devices',
              keys((device) => device.externalId),
            ),
          ),
          households: new Map(
            await imports.subjects(
              tx.sql,
              tenant,
              'household',
              keys((device) => device.householdExternalId),
            ),
          ),
        }
        const results: LineResult[] = []
        for (const line of lines) results.push(await takeOne(tx, known, line))
        return results
      }),
  }
}

/** What callers' keys stand for. */
interface Known {
  readonly devices: Map<string, string>
  readonly households: Map<string, string>
}

type ForeignLine = ImportedDevice & {
  readonly protocol: ForeignProtocol
  readonly identity: string
  readonly class: DeviceClass
}

function isForeignLine(line: ImportedDevice): line is ForeignLine {
  return line.protocol !== undefined
}

function wantedDevice(household: string, line: ForeignLine): WantedDevice {
  const { protocol, identity, class: deviceClass, serial = null, name = null } = line
  return { household, class: deviceClass, protocol, identity, serial, name, credential: wantedCredential(line) }
}

/** Of the protocol's usual kind. */
function wantedCredential({ protocol, credential: secret, username }: ForeignLine): WantedCredential | null {
  if (protocol === 'ddi') return { kind: 'token', token: secret }
  if (protocol === 'lwm2m') return { kind: 'psk', username, key: secret?.toLowerCase() }
  if (protocol === 'mender') return secret === undefined ? null : { kind: 'public-key', publicKey: secret }
  return { kind: 'password', username, password: secret }
}

function shown({ username, secret }: AddedDevice['credential']): Readonly<Record<string, string>> {
  return { ...(username !== null && { username }), ...(secret !== null && { secret }) }
}

function wanted({ serial, expiresInSeconds }: ImportedDevice): NewClaim {
  return {
    household: null,
    order: null,
    device: null,
    uses: 1,
    serial: serial ?? null,
    serialPrefix: null,
    approval: 'none',
    expiresInSeconds,
    csr: null,
  }
}
