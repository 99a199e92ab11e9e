import type { Principal, Scope } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { ticketLifetime } from '../domain/enrolment.ts'
import type { Ticket } from '../domain/ticket.ts'
import { enrolmentDecided, missing } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { PageRequest } from './page-request.ts'

/** Enrolments that wait for a person, and what the person says. */
export function tickets({ clock, database, doorbells, storage }: RegistrationDependencies) {
  const store = storage.tickets
  return {
    find: (id: string): Promise<Ticket | null> => store.find(database.sql, id),

    page: (page: PageRequest & { state?: Ticket['state'] | undefined }, scope: Scope): Promise<Ticket[]> =>
      store.page(database.sql, page, scope),

    /** The device gets its answer when it asks next. @throws CallerError `not-found` (404), `enrolment-decided` (409) */
    decide: (id: string, by: Pick<Principal, 'id'>, state: 'approved' | 'refused'): Promise<Ticket> =>
      database.transaction(async (tx) => {
        const now = clock.now()
        const found = await store.find(tx.sql, id)
        if (!found) throw missing('enrolment', id)
        if (found.state === state) return found
        const decided = { ...found, state, decidedBy: by.id, decidedAt: now, expiresAt: now + ticketLifetime }
        if (!(await store.decide(tx.sql, decided, new Date(now), new Date(decided.expiresAt))))
          throw new CallerError(enrolmentDecided, `${id} is ${found.state === 'waiting' ? 'expired' : found.state}.`)
        await appendEvents(tx, doorbells, [ticketEvent(`enrolment.${state}`, decided)])
        return decided
      }),
  }
}

export function ticketEvent(type: string, ticket: Ticket) {
  const { id, tenant, household, claim, serial, class: deviceClass, decidedBy, protocol, identity, gateway } = ticket
  const named = protocol === 'native' ? { claim } : { protocol, identity, gateway }
  const by = decidedBy === null ? {} : { decidedBy }
  return { type, subject: id, tenant, household, data: { ...named, serial, class: deviceClass, ...by } }
}
