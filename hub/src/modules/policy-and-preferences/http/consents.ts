import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { answerConsent } from '../app/consents/answer.ts'
import type { PolicyDependencies } from '../app/dependencies.ts'
import { consentAnswer, consentQuery, consentView, consentWithHistory } from '../contract-consents.ts'
import { nothingToRevoke, unknownConsentTarget } from '../errors.ts'
import { consentChangeOut, consentOut } from './views.ts'

const tag = 'Preferences'

/** What households were asked, and what they answered. */
export function addConsents(app: Hono<ApiEnv>, deps: PolicyDependencies): void {
  const { access, storage, database } = deps
  app.post(
    '/consents',
    ...endpoint({
      id: 'answerConsent',
      summary: 'Grants, denies or takes back a household’s consent',
      description:
        'May be given before anybody asks. What is held for it is decided again; what is installed already stays.',
      tag,
      action: 'consent.write',
      body: consentAnswer,
      answer: { status: 200, schema: consentView },
      problems: [unknownHousehold, unknownConsentTarget, nothingToRevoke],
    }),
    async (c) => c.json(consentOut(await answerConsent(deps, c.get('principal'), valid(c, 'json')))),
  )
  app.get(
    '/consents',
    ...endpoint({
      id: 'listConsents',
      summary: 'Lists what households were asked and have answered',
      tag,
      action: 'consent.read',
      query: consentQuery,
      answer: { status: 200, schema: pageSchema(consentView) },
    }),
    async (c) => {
      const scope = access.scope(c.get('principal'), 'consent.read')
      const { limit, cursor, household, state } = valid(c, 'query')
      const page = { limit: limit + 1, after: readCursor(cursor), household, state }
      const rows = await storage.consents.page(database.sql, page, scope)
      return c.json(pageOf(rows.map(consentOut), limit, (row) => row.id))
    },
  )
  app.get(
    '/consents/:id',
    ...endpoint({
      id: 'getConsent',
      summary: 'Shows a consent with all that led to it',
      tag,
      action: 'consent.read',
      params: z.object({ id: storableText(64).min(1) }),
      answer: { status: 200, schema: consentWithHistory },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await storage.consents.find(database.sql, id)
      if (found === null) {
        access.authorise(c.get('principal'), 'consent.read', {})
        throw new CallerError(notFound, `there is no consent ${id}`)
      }
      const { tenant, household } = found
      access.authorise(c.get('principal'), 'consent.read', { tenant, household })
      const history = await storage.consents.changes(database.sql, id)
      return c.json({ ...consentOut(found), history: history.map(consentChangeOut) })
    },
  )
}
