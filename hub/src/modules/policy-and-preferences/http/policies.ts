import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import type { PoliciesDependencies } from '../app/policies/dependencies.ts'
import * as problems from '../app/policies/errors.ts'
import { createPolicy, createVersion, findingsOf, policyOf, versionOf } from '../app/policies/write-policy.ts'
import { policyVersionView, policyView, trialView } from '../contract-policies.ts'
import { policyDocument } from '../contract-policy-document.ts'
import { addFirings } from './firings.ts'
import { policyParams, versionParams } from './policy-params.ts'
import { addSwitching } from './policy-switching.ts'
import { policyOut, trialOut, versionOut } from './policy-views.ts'

const tag = 'Policies'
const finding = z.object({
  pointer: z.string(),
  detail: z.string(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
})

/** Policies, their versions, trials and firings under /api/v1. */
export function policiesRoutes(app: Hono<ApiEnv>, deps: PoliciesDependencies): void {
  writing(app, deps)
  reading(app, deps)
  addSwitching(app, deps)
  addFirings(app, deps)
}

function writing(app: Hono<ApiEnv>, deps: PoliciesDependencies): void {
  app.post(
    '/policies',
    ...endpoint({
      id: 'createPolicy',
      summary: 'Writes a policy: its first version',
      description: 'It does nothing until it was tried out and activated.',
      tag,
      action: 'policy.write',
      body: policyDocument,
      answer: { status: 201, schema: policyVersionView },
      problems: [problems.invalidPolicy, problems.policyExists],
    }),
    async (c) => {
      const { policy, version } = await createPolicy(deps, c.get('principal'), valid(c, 'json'))
      return c.json(versionOut(version), 201, { Location: `/api/v1/policies/${policy.id}` })
    },
  )
  app.post(
    '/policies/check',
    ...endpoint({
      id: 'checkPolicy',
      summary: 'Says what is wrong with a policy document, and keeps nothing',
      tag,
      action: 'policy.read',
      body: policyDocument,
      answer: { status: 200, schema: z.object({ findings: z.array(finding) }).meta({ id: 'PolicyFindings' }) },
    }),
    async (c) => {
      const { tenant } = deps.access.scope(c.get('principal'), 'policy.read')
      return c.json({ findings: await findingsOf(deps, tenant, valid(c, 'json')) })
    },
  )
  app.post(
    '/policies/:id/versions',
    ...endpoint({
      id: 'createPolicyVersion',
      summary: 'Writes the next version of a policy; those that are there stay as they are',
      tag,
      action: 'policy.write',
      params: policyParams,
      body: policyDocument,
      answer: { status: 201, schema: policyVersionView },
      problems: [notFound, problems.invalidPolicy],
    }),
    async (c) => {
      const { version } = await createVersion(deps, c.get('principal'), valid(c, 'param').id, valid(c, 'json'))
      return c.json(versionOut(version), 201)
    },
  )
}

function reading(app: Hono<ApiEnv>, deps: PoliciesDependencies): void {
  const { policies } = deps.storage
  app.get(
    '/policies',
    ...endpoint({
      id: 'listPolicies',
      summary: 'Lists policies, oldest first',
      tag,
      action: 'policy.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(policyView) },
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const { tenant } = deps.access.scope(c.get('principal'), 'policy.read')
      const found = await policies.page(deps.database.sql, tenant, { limit: limit + 1, after: readCursor(cursor) })
      return c.json(pageOf(found.map(policyOut), limit, (policy) => policy.id))
    },
  )
  app.get(
    '/policies/:id',
    ...endpoint({
      id: 'getPolicy',
      summary: 'Shows a policy',
      tag,
      action: 'policy.read',
      params: policyParams,
      answer: { status: 200, schema: policyView },
      problems: [notFound],
    }),
    async (c) => {
      const found = await policyOf(deps, c.get('principal'), valid(c, 'param').id)
      deps.access.authorise(c.get('principal'), 'policy.read', { tenant: found.tenant })
      return c.json(policyOut(found))
    },
  )
  app.get(
    '/policies/:id/versions',
    ...endpoint({
      id: 'listPolicyVersions',
      summary: 'Lists the versions of a policy, newest first',
      tag,
      action: 'policy.read',
      params: policyParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(policyVersionView) },
      problems: [notFound],
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const { id, tenant } = await policyOf(deps, c.get('principal'), valid(c, 'param').id)
      deps.access.authorise(c.get('principal'), 'policy.read', { tenant })
      const after = numberIn(readCursor(cursor))
      const found = await policies.versions(deps.database.sql, id, { limit: limit + 1, after })
      return c.json(pageOf(found.map(versionOut), limit, ({ version }) => String(version)))
    },
  )
  app.get(
    '/policies/:id/versions/:version',
    ...endpoint({
      id: 'getPolicyVersion',
      summary: 'Shows a version of a policy',
      tag,
      action: 'policy.read',
      params: versionParams,
      answer: { status: 200, schema: policyVersionView },
      problems: [notFound],
    }),
    async (c) => {
      const { id, version } = valid(c, 'param')
      const found = await versionOf(deps, c.get('principal'), id, version)
      deps.access.authorise(c.get('principal'), 'policy.read', { tenant: found.policy.tenant })
      return c.json(versionOut(found.version))
    },
  )
  app.get(
    '/policies/:id/versions/:version/trials',
    ...endpoint({
      id: 'listPolicyTrials',
      summary: 'Lists the trials of a version, oldest first; the last 50 of a policy are kept',
      tag,
      action: 'policy.read',
      params: versionParams,
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(trialView) },
      problems: [notFound],
    }),
    async (c) => {
      const { limit, cursor } = valid(c, 'query')
      const { id, version } = valid(c, 'param')
      const { policy } = await versionOf(deps, c.get('principal'), id, version)
      deps.access.authorise(c.get('principal'), 'policy.read', { tenant: policy.tenant })
      const page = { limit: limit + 1, after: readCursor(cursor) }
      const found = await policies.trials(deps.database.sql, policy.id, version, page)
      return c.json(pageOf(found.map(trialOut), limit, (trial) => trial.id))
    },
  )
}

/** The cursor of the list of versions is a number. */
function numberIn(position: string | undefined): string | undefined {
  return position !== undefined && /^\d{1,9}$/.test(position) ? position : undefined
}
