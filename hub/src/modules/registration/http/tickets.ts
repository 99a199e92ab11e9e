import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { enrolmentDecided, missing } from '../app/codes.ts'
import { enrolmentNeedsPlace, identityTaken } from '../app/identities/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { acceptance, ticketQuery, ticketView } from '../contract/devices.ts'
import { idParams } from '../contract/parts.ts'
import { ticketOut } from './views.ts'

const tag = 'Enrolment'

const decisions = [
  { verb: 'approve', state: 'approved', id: 'approveEnrolment', summary: 'Agrees to the enrolment of a device' },
  { verb: 'refuse', state: 'refused', id: 'refuseEnrolment', summary: 'Refuses the enrolment of a device' },
] as const

/** Enrolments that a person decides. */
export function ticketRoutes(app: Hono<ApiEnv>, access: Access, { tickets, identities }: RegistrationApp): void {
  app.get(
    '/enrolments',
    ...endpoint({
      id: 'listEnrolments',
      summary: 'Lists enrolments that a person decides, or has decided within the last days',
      tag,
      action: 'enrolment.read',
      query: ticketQuery,
      answer: { status: 200, schema: pageSchema(ticketView) },
    }),
    async (c) => {
      const scope = access.scope(c.get('principal'), 'enrolment.read')
      const { limit, cursor, state } = valid(c, 'query')
      const rows = await tickets.page({ limit: limit + 1, after: readCursor(cursor), state }, scope)
      return c.json(pageOf(rows.map(ticketOut), limit, (row) => row.id))
    },
  )

  for (const { verb, state, id: operation, summary } of decisions)
    app.post(
      `/enrolments/:id/${verb}`,
      ...endpoint({
        id: operation,
        summary,
        tag,
        action: 'enrolment.write',
        params: idParams,
        answer: { status: 200, schema: ticketView },
        problems: [notFound, enrolmentDecided, enrolmentNeedsPlace, identityTaken],
      }),
      async (c) => {
        const { id } = valid(c, 'param')
        const found = await tickets.find(id)
        const principal = c.get('principal')
        access.authorise(principal, 'enrolment.write', {
          ...(found && { tenant: found.tenant }),
          household: found?.household ?? '-',
        })
        if (!found) throw missing('enrolment', id)
        const atOnce = found.protocol !== 'native' && state === 'approved'
        const decided = atOnce ? identities.accept(id, principal, {}) : tickets.decide(id, principal, state)
        return c.json(ticketOut(await decided))
      },
    )

  app.post(
    '/enrolments/:id/accept',
    ...endpoint({
      id: 'acceptDevice',
      summary: 'Lets in a device that speaks a protocol of its own, and says whose it is and of which class',
      description: 'From then on it is let in by what it has shown. An enrolment with a claim is approved instead.',
      tag,
      action: 'enrolment.write',
      params: idParams,
      body: acceptance,
      answer: { status: 200, schema: ticketView },
      problems: [notFound, enrolmentDecided, enrolmentNeedsPlace, identityTaken, unknownHousehold],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await tickets.find(id)
      const principal = c.get('principal')
      const place = valid(c, 'json')
      const about = found && { tenant: found.tenant }
      access.authorise(principal, 'enrolment.write', { ...about, household: found?.household ?? '-' })
      // Whoever decides for one household does not thereby put devices into another.
      if (place.household !== undefined)
        access.authorise(principal, 'enrolment.write', { ...about, household: place.household })
      if (!found) throw missing('enrolment', id)
      return c.json(ticketOut(await identities.accept(id, principal, place)))
    },
  )
}
