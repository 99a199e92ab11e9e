import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import { answerApproval } from '../app/policies/approvals.ts'
import type { PoliciesDependencies } from '../app/policies/dependencies.ts'
import { approvalSettled } from '../app/policies/errors.ts'
import { approvalAnswer, approvalQuery, approvalView } from '../contract-policies.ts'
import { approvalOut } from './policy-views.ts'

const idParams = z.object({ id: storableText(64).min(1) })
const tag = 'Approvals'

/** What policies ask people, under /api/v1. */
export function approvalRoutes(app: Hono<ApiEnv>, deps: PoliciesDependencies): void {
  app.get(
    '/approvals',
    ...endpoint({
      id: 'listApprovals',
      summary: 'Lists what policies asked people, newest first',
      tag,
      action: 'approval.read',
      query: approvalQuery,
      answer: { status: 200, schema: pageSchema(approvalView) },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = valid(c, 'query')
      const scope = deps.access.scope(c.get('principal'), 'approval.read')
      const page = { ...filter, limit: limit + 1, after: readCursor(cursor) }
      const found = await deps.storage.work.approvals(deps.database.sql, scope, page)
      return c.json(pageOf(found.map(approvalOut), limit, (approval) => approval.id))
    },
  )
  app.get(
    '/approvals/:id',
    ...endpoint({
      id: 'getApproval',
      summary: 'Shows what a policy asked, and the answer',
      tag,
      action: 'approval.read',
      params: idParams,
      answer: { status: 200, schema: approvalView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await deps.storage.work.approval(deps.database.sql, id)
      if (found === null) throw new CallerError(notFound, `there is no approval ${id}`)
      const { tenant, household } = found
      deps.access.authorise(c.get('principal'), 'approval.read', { tenant, household })
      return c.json(approvalOut(found))
    },
  )
  answer(app, deps, 'approve')
  answer(app, deps, 'deny')
}

const answers = {
  approve: { id: 'approveApproval', state: 'approved', summary: 'Agrees: what the policy wants is done' },
  deny: { id: 'denyApproval', state: 'denied', summary: 'Refuses: what the policy wants is not done' },
} as const

function answer(app: Hono<ApiEnv>, deps: PoliciesDependencies, word: keyof typeof answers): void {
  const { id: operation, state, summary } = answers[word]
  app.post(
    `/approvals/:id/${word}`,
    ...endpoint({
      id: operation,
      summary,
      tag,
      action: 'approval.write',
      params: idParams,
      body: approvalAnswer,
      answer: { status: 200, schema: approvalView },
      problems: [notFound, approvalSettled],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      return c.json(approvalOut(await answerApproval(deps, c.get('principal'), id, state, valid(c, 'json').reason)))
    },
  )
}
