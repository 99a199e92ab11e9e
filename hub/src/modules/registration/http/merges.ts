import type { Hono } from 'hono'
import { notFound, type Access, type Principal } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import type { MergePlan } from '../../../platform/keepers.ts'
import { gone } from '../../entity-management/index.ts'
import { lastOperator } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { mergeBlocked } from '../app/people/people.ts'
import { mergeParams, mergeView } from '../contract/people.ts'

const kinds = [
  { kind: 'users', action: 'user.merge', name: 'Users', noun: 'people', tag: 'Users' },
  { kind: 'households', action: 'household.merge', name: 'Households', noun: 'households', tag: 'Households' },
] as const

/** Two people, or households, that are one. */
export function mergeRoutes(app: Hono<ApiEnv>, access: Access, { people, entities }: RegistrationApp): void {
  for (const { kind, action, name, noun, tag } of kinds) {
    const admitted = async (principal: Principal, ids: readonly string[]): Promise<void> => {
      const found = await entities[kind](ids)
      for (const id of ids) {
        const tenant = found.find((one) => one.id === id)?.tenant
        access.authorise(principal, action, { ...(tenant !== undefined && { tenant }), household: '-' })
      }
    }

    app.get(
      `/${kind}/:id/merge/:from`,
      ...endpoint({
        id: `previewMerge${name}`,
        summary: `What merging two ${noun} would move from one (\`from\`) to the other (\`id\`), what would end, and what keeps them apart`,
        tag,
        action,
        params: mergeParams,
        answer: { status: 200, schema: mergeView },
        problems: [notFound, mergeBlocked],
      }),
      async (c) => {
        const { id, from } = valid(c, 'param')
        await admitted(c.get('principal'), [id, from])
        const { version, ...plan } = await people.mergePlan(kind, from, id)
        c.header('etag', etagOf(version))
        return c.json(mergeOut(plan))
      },
    )

    app.post(
      `/${kind}/:id/merge/:from`,
      ...endpoint({
        id: `merge${name}`,
        summary: `Makes two ${noun} one: all of the one (\`from\`) is the other’s (\`id\`) from then on`,
        description: 'For good. The id that is given up answers with 410 and names the other.',
        tag,
        action,
        params: mergeParams,
        answer: { status: 200, schema: mergeView },
        problems: [notFound, gone, mergeBlocked, lastOperator, changedMeanwhile, ifMatchRequired],
      }),
      async (c) => {
        const { id, from } = valid(c, 'param')
        await admitted(c.get('principal'), [id, from])
        const plan = await people.merge(kind, from, id, (version) => requireMatch(c, etagOf(version)))
        return c.json(mergeOut(plan))
      },
    )
  }
}

function mergeOut({ moves, ends, blocks }: MergePlan) {
  return { moves: [...moves], ends: [...ends], blocks: [...blocks] }
}
