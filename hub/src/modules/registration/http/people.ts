import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { lastOperator } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import type { Erasure } from '../app/people/people.ts'
import { erasureView, personalData, personParams } from '../contract/people.ts'
import { iso } from './views.ts'

const tag = 'Users'

/** All that is kept about a person: shown, erased. */
export function peopleRoutes(app: Hono<ApiEnv>, access: Access, { people, entities, clock }: RegistrationApp): void {
  const admitted = async (
    principal: ApiEnv['Variables']['principal'],
    action: 'user.export' | 'user.erase',
    id: string,
  ) => {
    const [found] = await entities.users([id])
    access.authorise(principal, action, { ...(found && { tenant: found.tenant }), owner: found?.id ?? '-' })
  }

  app.post(
    '/users/:id/export',
    ...endpoint({
      id: 'exportUser',
      summary: 'Everything that is kept about a person',
      description:
        'People may ask for themselves. No secrets are in it. Each list has at most 10,000 entries, the newest ones.',
      tag,
      action: 'user.export',
      params: personParams,
      answer: { status: 200, schema: personalData },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      await admitted(c.get('principal'), 'user.export', id)
      const data = await people.export(id)
      return c.json({ exportedAt: iso(clock.now()), user: id, data })
    },
  )

  app.get(
    '/users/:id/erasure',
    ...endpoint({
      id: 'previewErasure',
      summary: 'What erasing a person would take away, and what would stay and why',
      tag,
      action: 'user.erase',
      params: personParams,
      answer: { status: 200, schema: erasureView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      await admitted(c.get('principal'), 'user.erase', id)
      const { version, ...plan } = await people.erasure(id)
      c.header('etag', etagOf(version))
      return c.json(erasureOut(plan))
    },
  )

  app.post(
    '/users/:id/erasure',
    ...endpoint({
      id: 'eraseUser',
      summary: 'Erases a person: nothing of them stays but what the law asks to be kept, under an id without a name',
      description: 'For good. If-Match with the ETag of the preview makes sure that it is of what was shown.',
      tag,
      action: 'user.erase',
      params: personParams,
      answer: { status: 200, schema: erasureView },
      problems: [notFound, lastOperator, changedMeanwhile, ifMatchRequired],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      await admitted(c.get('principal'), 'user.erase', id)
      return c.json(erasureOut(await people.erase(id, (version) => requireMatch(c, etagOf(version)))))
    },
  )
}

function erasureOut({ erased, stays }: Erasure) {
  return { erased: [...erased], stays: [...stays] }
}
