import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { approvalUnusable, missing, requestUnusable, unknownDevice, unknownOrder } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { claimQuery, claimView, newClaim, newClaimView } from '../contract/devices.ts'
import { idParams } from '../contract/parts.ts'
import { claimOut } from './views.ts'

const tag = 'Enrolment'

export function claimRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { claims, recognised, recognisedBy }: RegistrationApp,
): void {
  app.post(
    '/claims',
    ...endpoint({
      id: 'createClaim',
      summary: 'Makes a claim: a right to enrol devices into a household',
      tag,
      action: 'claim.write',
      body: newClaim,
      answer: { status: 201, schema: newClaimView, secret: true },
      problems: [notFound, unknownHousehold, unknownDevice, unknownOrder, approvalUnusable, requestUnusable],
    }),
    async (c) => {
      const principal = c.get('principal')
      const wanted = valid(c, 'json')
      const household = await claims.householdOf(wanted)
      access.authorise(principal, 'claim.write', { household })
      const { claim, text, certificate } = await claims.add(principal, household, wanted)
      c.header('cache-control', 'no-store')
      const made = { ...claimOut(claim), claim: recognised(text) }
      if (certificate === null) return c.json(made, 201)
      return c.json({ ...made, certificate: certificate.chain, authority: recognisedBy() }, 201)
    },
  )

  app.get(
    '/claims',
    ...endpoint({
      id: 'listClaims',
      summary: 'Lists claims, without their secrets',
      tag,
      action: 'claim.read',
      query: claimQuery,
      answer: { status: 200, schema: pageSchema(claimView) },
    }),
    async (c) => {
      const scope = access.scope(c.get('principal'), 'claim.read')
      const { limit, cursor, household } = valid(c, 'query')
      const rows = await claims.page({ limit: limit + 1, after: readCursor(cursor), household }, scope)
      return c.json(pageOf(rows.map(claimOut), limit, (row) => row.id))
    },
  )

  app.delete(
    '/claims/:id',
    ...endpoint({
      id: 'revokeClaim',
      summary: 'Ends a claim: nobody enrols with it from now on',
      tag,
      action: 'claim.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await claims.find(id)
      // What does not exist is judged as something of a household that nobody belongs to.
      access.authorise(c.get('principal'), 'claim.write', {
        ...(found && { tenant: found.tenant }),
        household: found?.household ?? '-',
      })
      if (!found) throw missing('claim', id)
      await claims.revoke(id)
      return c.body(null, 204)
    },
  )
}
