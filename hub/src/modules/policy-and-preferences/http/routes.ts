import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { api, endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { storableText } from '../../../platform/storable-text.ts'
import { decideDeliveries, readDocument } from '../app/decide-deliveries.ts'
import type { PolicyDependencies } from '../app/dependencies.ts'
import { decisionSchema, preferencesDocument, preferencesView } from '../contract.ts'

const subject = z.object({ kind: z.enum(['household', 'device']), id: storableText(64).min(1) })
type Subject = z.infer<typeof subject>

/** Preferences, and what the policies say about a device right now. */
export function policyRoutes(deps: PolicyDependencies): Hono<ApiEnv> {
  const app = api()
  app.get(
    '/preferences/:kind/:id',
    ...endpoint({
      id: 'getPreferences',
      summary: 'Shows the preferences of a household or device',
      tag: 'Preferences',
      action: 'preference.read',
      params: subject,
      answer: { status: 200, schema: preferencesView },
      problems: [notFound],
    }),
    async (c) => {
      const { kind, id } = valid(c, 'param')
      deps.access.authorise(c.get('principal'), 'preference.read', await objectOf(deps, { kind, id }))
      const [stored] = await deps.entities.preferences([{ kind, id }])
      c.header('ETag', etagOf(stored?.version ?? 0))
      return c.json({ kind, id, preferences: readDocument(stored?.document ?? {}) })
    },
  )
  app.put(
    '/preferences/:kind/:id',
    ...endpoint({
      id: 'putPreferences',
      summary: 'Sets the preferences of a household or device',
      description: 'Replaces the whole document. Deliveries that are held already ask again when their time comes.',
      tag: 'Preferences',
      action: 'preference.write',
      params: subject,
      body: preferencesDocument,
      answer: { status: 200, schema: preferencesView },
      problems: [notFound, changedMeanwhile],
    }),
    async (c) => {
      const { kind, id } = valid(c, 'param')
      const object = await objectOf(deps, { kind, id })
      deps.access.authorise(c.get('principal'), 'preference.write', object)
      const document = valid(c, 'json')
      const [stored] = await deps.entities.preferences([{ kind, id }])
      const conditional = c.req.header('If-Match') !== undefined
      if (conditional) requireMatch(c, etagOf(stored?.version ?? 0))
      const expected = conditional ? (stored?.version ?? 0) : undefined
      const saved = await deps.database.transaction(async (tx) => {
        const set = await deps.entities.setPreferences(tx, { kind, id }, document, expected)
        const data = { kind, version: set.version }
        tx.audit.events.push({ type: 'preferences.changed', subject: id, household: object.household, data })
        return set
      })
      c.header('ETag', etagOf(saved.version))
      return c.json({ kind, id, preferences: readDocument(saved.document) })
    },
  )
  app.get(
    '/devices/:id/policy',
    ...endpoint({
      id: 'explainDevicePolicy',
      summary: 'Explains whether a delivery to the device would be offered now, rule by rule',
      tag: 'Preferences',
      action: 'preference.read',
      params: z.object({ id: storableText(64).min(1) }),
      answer: { status: 200, schema: decisionSchema },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const object = await objectOf(deps, { kind: 'device', id })
      deps.access.authorise(c.get('principal'), 'preference.read', object)
      const question = { device: id, household: object.household }
      const [decision] = await decideDeliveries(deps, deps.database.sql, [question])
      const until = decision!.until === null ? null : new Date(decision!.until).toISOString()
      return c.json({ ...decision!, rules: [...decision!.rules], until })
    },
  )
  return app
}

/** Whose it is. @throws CallerError `not-found` */
async function objectOf(
  deps: PolicyDependencies,
  { kind, id }: Subject,
): Promise<{ readonly tenant: string; readonly household: string }> {
  const found = kind === 'device' ? await deps.entities.device(id) : await deps.entities.household(id)
  if (found === null) throw new CallerError(notFound, `there is no ${kind} ${id}`)
  return { tenant: found.tenant, household: 'household' in found ? found.household : found.id }
}
