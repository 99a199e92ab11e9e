import type { DeviceClass } from '@sutler/device-model'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import type { ForeignProtocol } from '../../domain/device-identity.ts'
import { ticketLifetime } from '../../domain/enrolment.ts'
import type { Ticket } from '../../domain/ticket.ts'
import { enrolmentDecided, missing } from '../codes.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import { ticketEvent } from '../tickets.ts'
import { shownBy } from './arrivals.ts'
import { enrolmentNeedsPlace } from './codes.ts'
import type { By, Credentials } from './credentials.ts'
import type { ForeignDevices } from './devices.ts'
import type { IdentityRecords } from './records.ts'

/** What a person says of a waiting device; what is left out its batch has said, or it is there already. */
export interface Place {
  readonly household?: string | undefined
  readonly class?: DeviceClass | undefined
  readonly name?: string | undefined
}

/** Agreeing to devices of foreign protocols: from then on they are let in by what they have shown. */
export function acceptance(
  { clock, database, doorbells, entities, storage }: RegistrationDependencies,
  records: IdentityRecords,
  credentials: Credentials,
  devices: ForeignDevices,
) {
  const { arrivals, deviceIdentities } = storage

  /** The device was there: what it has shown now takes the place of what it had. */
  const renew = async (tx: Tx, by: By, ticket: Ticket, device: string): Promise<string> => {
    const identities = await deviceIdentities.ofDevice(tx.sql, device)
    const identity = identities.find(({ protocol }) => protocol === ticket.protocol)
    if (identity?.identity !== ticket.identity)
      throw new CallerError(enrolmentDecided, `${device} has another identity in ${ticket.protocol} by now.`)
    const { kind } = await credentials.add(tx, by, identity, shownBy(proofOf(ticket)), true)
    const { household, tenant } = (await entities.device(device, tx.sql))!
    const data = { protocol: ticket.protocol, kind }
    await appendEvents(tx, doorbells, [{ type: 'device.credential-added', subject: device, tenant, household, data }])
    tx.afterCommit(() => records.forget())
    return device
  }

  const enrol = async (tx: Tx, by: By, ticket: Ticket, place: Place): Promise<string> => {
    const { household = ticket.household, class: deviceClass = ticket.class, name = null } = place
    if (household === null || deviceClass === null)
      throw new CallerError(enrolmentNeedsPlace, `Nobody has said yet whose ${ticket.id} is, and of which class.`)
    const { device } = await devices.addIn(tx, by, {
      household,
      class: deviceClass,
      protocol: ticket.protocol as ForeignProtocol,
      identity: ticket.identity!,
      serial: null,
      name,
      credential: shownBy(proofOf(ticket)),
    })
    return device
  }

  /**
   * @throws CallerError `not-found` (404), `enrolment-decided`, `identity-taken` (409), `enrolment-needs-place`,
   * `unknown-household` (422)
   */
  return (id: string, by: By, place: Place): Promise<Ticket> =>
    database.transaction(async (tx) => {
      const now = clock.now()
      const ticket = await arrivals.lockTicket(tx.sql, id)
      if (ticket === null) throw missing('waiting device', id)
      if (ticket.state === 'enrolled') return ticket
      if (ticket.state !== 'waiting' || ticket.expiresAt <= now)
        throw new CallerError(enrolmentDecided, `${id} is ${ticket.state === 'waiting' ? 'expired' : ticket.state}.`)
      const device =
        ticket.device === null ? await enrol(tx, by, ticket, place) : await renew(tx, by, ticket, ticket.device)
      const expiresAt = now + ticketLifetime
      const decided: Ticket = { ...ticket, state: 'enrolled', device, decidedBy: by.id, decidedAt: now, expiresAt }
      await arrivals.enrolled(tx.sql, decided, new Date(now), new Date(expiresAt))
      await appendEvents(tx, doorbells, [ticketEvent('enrolment.approved', decided)])
      return decided
    })
}

function proofOf({ gateway, publicKey }: Ticket) {
  return { gateway, publicKey: publicKey === null ? null : Buffer.from(publicKey, 'base64url') }
}
