import { createPublicKey, hash } from 'node:crypto'
import type { EnrolAnswer, IdentityClaim } from '@sutler/device-model'
import { mainTenant } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { storable } from '../../../../platform/storable-text.ts'
import { addressKey } from '../../../../platform/token-buckets.ts'
import { approvals } from '../../domain/approval.ts'
import { nobody, planArrival, type ArrivalPlan } from '../../domain/arrival.ts'
import type { ForeignProtocol, IdentityRecord } from '../../domain/device-identity.ts'
import { ticketLifetime } from '../../domain/enrolment.ts'
import { foreignPublicKey } from '../../domain/public-key.ts'
import type { DeviceDecisions } from '../audit/device-decisions.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import { ticketEvent } from '../tickets.ts'
import { tooManyWaiting, deviceNotRecognised } from './codes.ts'
import type { CredentialWish } from './credentials.ts'
import { serialOf, type ForeignDevices } from './devices.ts'
import type { GatewayRecord } from './gateway-storage.ts'
import type { Gateways } from './gateways.ts'
import type { Arriving } from './arrival-storage.ts'

/** Milliseconds that a device that asks again gets the same answer from memory. */
const believedFor = 4_000
const mostRemembered = 5_000
/** Bytes of what an unknown device says of itself, as JSON. */
const mostSaid = 4096

/** A device that nobody knows, and what it has proved. */
interface Stranger extends Arriving {
  readonly gateway: string | null
  readonly batch: GatewayRecord | null
  /** It says to be one that is there. */
  readonly device: string | null
  readonly says: Readonly<Record<string, string>>
  /** By whom it counts among those that wait. */
  readonly source: string
}

/** Devices that have proved something, though not that they are one that is known: they wait for a person. */
export function arrivals(
  deps: RegistrationDependencies,
  gateways: Gateways,
  devices: ForeignDevices,
  decisions: DeviceDecisions,
) {
  const { clock, database, doorbells, storage } = deps
  const store = storage.arrivals
  const agreed = approvals()
  const remembered = new Map<string, { readonly answer: EnrolAnswer; readonly until: number }>()

  const wait = async (tx: Tx, stranger: Stranger, instead: string | null): Promise<EnrolAnswer> => {
    const now = clock.now()
    const { batch, identity } = stranger
    if (instead !== null) await store.remove(tx.sql, instead)
    const ticket = await store.insert(tx.sql, {
      ...stranger,
      id: newId('enr', now),
      serial: serialOf(identity),
      household: batch?.household ?? null,
      class: batch?.class ?? null,
      at: new Date(now),
      expiresAt: new Date(now + ticketLifetime),
    })
    await appendEvents(tx, doorbells, [ticketEvent('enrolment.waiting', ticket)])
    decisions.enrolmentWaits(ticket.serial, ticket.id)
    return { waiting: true }
  }

  const enrol = async (tx: Tx, stranger: Stranger, place: Extract<ArrivalPlan, { kind: 'enrol' }>) => {
    const { protocol, identity, tenant, batch } = stranger
    const decided = decisions.admitted(protocol, tenant, identity, batch!.id)
    tx.audit.decisions.push(decided)
    const by = { id: batch!.createdBy, tenant }
    const wanted = { ...place, protocol, identity, serial: null, name: null, credential: shownBy(stranger) }
    const { device } = await devices.addIn(tx, by, wanted, decided.id)
    return { device, class: place.class, tenant }
  }

  /** The answer to one that waits or was refused already; null where it must be judged. */
  const again = async (stranger: Stranger): Promise<EnrolAnswer | null> => {
    const now = clock.now()
    const ticket = await store.find(database.sql, stranger, new Date(now))
    const plan = planArrival({ ...stranger, rule: null }, ticket, nobody, now, agreed)
    if (plan.kind === 'refuse') return { refused: deviceNotRecognised.code }
    if (plan.kind !== 'known') return null
    if (plan.touch) await store.touch(database.sql, plan.ticket, new Date(now), new Date(now + ticketLifetime))
    return { waiting: true }
  }

  const judge = (stranger: Stranger): Promise<EnrolAnswer> =>
    database.transaction(async (tx) => {
      const now = clock.now()
      await store.lock(tx.sql, stranger.tenant)
      const ticket = await store.find(tx.sql, stranger, new Date(now))
      const crowd = await store.crowd(tx.sql, stranger.tenant, stranger.source, new Date(now))
      const plan = planArrival({ ...stranger, rule: stranger.batch }, ticket, crowd, now, agreed)
      if (plan.kind === 'refuse') return { refused: deviceNotRecognised.code }
      if (plan.kind === 'crowded') return { refused: tooManyWaiting.code }
      if (plan.kind === 'enrol') return enrol(tx, stranger, plan)
      if (plan.kind === 'wait') return wait(tx, stranger, plan.instead)
      if (plan.touch) await store.touch(tx.sql, plan.ticket, new Date(now), new Date(now + ticketLifetime))
      return { waiting: true }
    })

  return {
    /**
     * What becomes of a device that is not recognised. @param known the one that it says to be; its own credential it has not shown
     * @returns null where it has proved nothing
     */
    async arrive(
      claim: IdentityClaim,
      protocol: ForeignProtocol,
      known: IdentityRecord | null,
    ): Promise<EnrolAnswer | null> {
      const batch = await gateways.shownBy(claim, protocol)
      const stranger = strangerOf(claim, protocol, batch, known)
      if (stranger === null) return null
      const key = keyOf(stranger)
      const last = remembered.get(key)
      if (last && clock.monotonic() < last.until) return last.answer
      const answer = (await again(stranger)) ?? (await judge(stranger))
      remembered.delete(key)
      if ('device' in answer) return answer
      remembered.set(key, { answer, until: clock.monotonic() + believedFor })
      if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!)
      return answer
    },
  }
}

export type Arrivals = ReturnType<typeof arrivals>

/** The credential with which it goes on: the one that it has shown. */
export function shownBy({ gateway, publicKey }: Pick<Stranger, 'gateway' | 'publicKey'>): CredentialWish {
  if (publicKey === null) return { kind: 'gateway', gateway: gateway! }
  const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' })
  return { kind: 'public-key', publicKey: key.export({ format: 'pem', type: 'spki' }) as string }
}

function strangerOf(
  { identity, proof, address, says = {} }: IdentityClaim,
  protocol: ForeignProtocol,
  batch: GatewayRecord | null,
  known: IdentityRecord | null,
): Stranger | null {
  const key = protocol === 'mender' && 'publicKey' in proof ? foreignPublicKey(proof.publicKey) : null
  if (batch === null && key === null) return null
  // Nobody but the device's own tenant hears of it.
  const tenant = known?.tenant ?? batch?.tenant ?? mainTenant
  if (batch !== null && batch.tenant !== tenant) return null
  const said = storable(says)
  return {
    protocol,
    tenant,
    identity,
    gateway: batch?.id ?? null,
    batch,
    publicKey: key?.export({ format: 'der', type: 'spki' }) ?? null,
    device: known?.device ?? null,
    says: JSON.stringify(said).length <= mostSaid ? said : {},
    source: batch?.id ?? addressKey(address),
  }
}

function keyOf({ protocol, tenant, identity, gateway, publicKey }: Stranger): string {
  const key = publicKey === null ? '' : hash('sha256', publicKey, 'base64url')
  return `${protocol} ${tenant} ${gateway} ${key} ${identity}`
}
