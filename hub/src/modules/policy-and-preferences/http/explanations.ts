import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { storableText } from '../../../platform/storable-text.ts'
import type { PolicyDependencies } from '../app/dependencies.ts'
import { foreseeDecision, type ForeseenByPolicies } from '../app/foresee-decision.ts'
import { effectivePreferences } from '../app/preferences/effective.ts'
import { subjectObject } from '../app/preferences/subject.ts'
import {
  answerSchema,
  answersQuery,
  decisionSchema,
  effectiveQuestion,
  effectiveSchema,
  policyQuestion,
} from '../contract.ts'
import { answerOut, decisionOut } from './views.ts'

const tag = 'Preferences'
const idParams = z.object({ id: storableText(64).min(1) })

/** Why something is held, or would be. */
export function addExplanations(app: Hono<ApiEnv>, deps: PolicyDependencies, policies: ForeseenByPolicies): void {
  addDevicePolicy(app, deps, policies)
  addEffective(app, deps)
  addAnswers(app, deps)
}

function addDevicePolicy(app: Hono<ApiEnv>, deps: PolicyDependencies, policies: ForeseenByPolicies): void {
  app.get(
    '/devices/:id/policy',
    ...endpoint({
      id: 'explainDevicePolicy',
      summary: 'Explains whether a delivery to the device would be offered now, rule by rule',
      description:
        'The rules of preferences, then what policies say. Of the delivery no version and no size is known: its `version` is empty, its `bytes` and `files` are 0.',
      tag,
      action: 'preference.read',
      params: idParams,
      query: policyQuestion,
      answer: { status: 200, schema: decisionSchema },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const { service = null, origin, priority } = valid(c, 'query')
      const object = await subjectObject(deps.entities, { kind: 'device', id })
      deps.access.authorise(c.get('principal'), 'preference.read', object)
      const imagined = { tenant: object.tenant, household: object.household!, device: id, service, origin, priority }
      return c.json(decisionOut(await foreseeDecision(deps, policies, imagined)))
    },
  )
}

function addEffective(app: Hono<ApiEnv>, deps: PolicyDependencies): void {
  app.get(
    '/households/:id/preferences/effective',
    ...endpoint({
      id: 'effectivePreferences',
      summary: 'Shows which preferences hold for a household or one of its devices, and who decided each matter',
      tag,
      action: 'preference.read',
      params: idParams,
      query: effectiveQuestion,
      answer: { status: 200, schema: effectiveSchema },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const { device = null, service = null } = valid(c, 'query')
      const object = await subjectObject(deps.entities, { kind: 'household', id })
      deps.access.authorise(c.get('principal'), 'preference.read', object)
      if (device !== null && (await deps.entities.device(device))?.household !== id)
        throw new CallerError(notFound, `household ${id} has no device ${device}`)
      const whose = { tenant: object.tenant, household: id, device }
      const { matters, ...found } = await effectivePreferences(deps.entities, deps.database.sql, whose, service)
      const shown = matters.map((each) => ({ ...each, value: each.value ?? null, overridden: [...each.overridden] }))
      return c.json({ household: id, device, ...found, matters: shown })
    },
  )
}

function addAnswers(app: Hono<ApiEnv>, deps: PolicyDependencies): void {
  app.get(
    '/deliveries/:id/answers',
    ...endpoint({
      id: 'listPolicyAnswers',
      summary: 'Lists what policy answered about a delivery, newest first; none when it went at once',
      tag,
      action: 'delivery.read',
      params: idParams,
      query: answersQuery,
      answer: { status: 200, schema: pageSchema(answerSchema) },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const delivery = await deps.orders.delivery(id)
      if (delivery === null) {
        deps.access.authorise(c.get('principal'), 'delivery.read', {})
        throw new CallerError(notFound, `there is no delivery ${id}`)
      }
      deps.access.authorise(c.get('principal'), 'delivery.read', delivery)
      const { limit, cursor } = valid(c, 'query')
      const after = readCursor(cursor)
      const before = after === undefined ? undefined : Number(after)
      const found = await deps.storage.answers.page(deps.database.sql, id, limit + 1, before)
      const { items, next } = pageOf(found, limit, (answer) => String(answer.id))
      return c.json({ items: items.map(answerOut), next })
    },
  )
}
