import type { Hono } from 'hono'
import { z } from 'zod'
import { notFound } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { storableText } from '../../../platform/storable-text.ts'
import type { PolicyDependencies } from '../app/dependencies.ts'
import { readDocument } from '../app/preferences/read-document.ts'
import { setPreferences } from '../app/preferences/set-preferences.ts'
import { subjectObject } from '../app/preferences/subject.ts'
import { preferencesDocument, preferencesView, subjectKinds } from '../contract.ts'
import { invalidWindow, preferenceMisplaced, preferencesTooLarge, windowNeverOpens, windowOverlaps } from '../errors.ts'

const tag = 'Preferences'
const params = z.object({ kind: z.enum(subjectKinds), id: storableText(64).min(1) })

/** The documents of tenants, households, users and devices. */
export function addPreferences(app: Hono<ApiEnv>, deps: PolicyDependencies): void {
  app.get(
    '/preferences/:kind/:id',
    ...endpoint({
      id: 'getPreferences',
      summary: 'Shows the preferences of a tenant, household, user or device',
      tag,
      action: 'preference.read',
      params,
      answer: { status: 200, schema: preferencesView },
      problems: [notFound],
    }),
    async (c) => {
      const { kind, id } = valid(c, 'param')
      deps.access.authorise(c.get('principal'), 'preference.read', await subjectObject(deps.entities, { kind, id }))
      const [stored] = await deps.entities.preferences([{ kind, id }])
      c.header('ETag', etagOf(stored?.version ?? 0))
      return c.json({ kind, id, preferences: readDocument(stored?.document ?? {}) })
    },
  )
  app.put(
    '/preferences/:kind/:id',
    ...endpoint({
      id: 'putPreferences',
      summary: 'Sets the preferences of a tenant, household, user or device',
      description: 'Replaces the whole document. Deliveries that are held are decided again on what it says.',
      tag,
      action: 'preference.write',
      params,
      body: preferencesDocument,
      answer: { status: 200, schema: preferencesView },
      problems: [
        notFound,
        changedMeanwhile,
        invalidWindow,
        windowNeverOpens,
        windowOverlaps,
        preferencesTooLarge,
        preferenceMisplaced,
      ],
    }),
    async (c) => {
      const { kind, id } = valid(c, 'param')
      const object = await subjectObject(deps.entities, { kind, id })
      deps.access.authorise(c.get('principal'), 'preference.write', object)
      const [stored] = await deps.entities.preferences([{ kind, id }])
      const conditional = c.req.header('If-Match') !== undefined
      if (conditional) requireMatch(c, etagOf(stored?.version ?? 0))
      const expected = conditional ? (stored?.version ?? 0) : undefined
      const saved = await setPreferences(deps, { kind, id }, object, valid(c, 'json'), expected)
      c.header('ETag', etagOf(saved.version))
      return c.json({ kind, id, preferences: readDocument(saved.document) })
    },
  )
}
