import type { Hono } from 'hono'
import { stream } from 'hono/streaming'
import type { Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { CallerError } from '../../../platform/errors.ts'
import { invalidCursor } from '../../../platform/http/codes.ts'
import { pageOf, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { tooManyExports } from '../app/audit/export.ts'
import type { PlacedEntry } from '../app/audit/list.ts'
import type { RegistrationApp } from '../app/index.ts'
import { auditEntryView, auditHeadView, auditQuery, headQuery } from '../contract/audit.ts'

const tag = 'Audit'
const action = 'audit.read'
/** Lines of one write. */
const together = 200

export function auditRoutes(app: Hono<ApiEnv>, access: Access, { audit }: RegistrationApp): void {
  app.get(
    '/audit',
    ...endpoint({
      id: 'listAudit',
      summary: 'Lists who did what to what, and why it was allowed or refused',
      description:
        '`about` is the id of anything: an order, a delivery, a device, a decision, an account. All filters must hold.',
      tag,
      action,
      query: auditQuery,
      answer: { status: 200, schema: pageSchema(auditEntryView) },
    }),
    async (c) => {
      const principal = c.get('principal')
      access.authorise(principal, action)
      const { limit, cursor, sort, since, about, principal: by, action: wanted } = valid(c, 'query')
      const ids = [about, by].filter((id) => id !== undefined)
      const rows = await audit.list({
        tenant: principal.tenant,
        since: since === undefined ? new Date(0) : new Date(since),
        ids,
        action: wanted,
        limit: limit + 1,
        sort,
        after: placeOf(readCursor(cursor)),
      })
      return c.json(pageOf(rows, limit, cursorOf))
    },
  )

  app.get(
    '/audit/heads',
    ...endpoint({
      id: 'listAuditHeads',
      summary: 'Lists the signed heads of the audit',
      description: 'Whoever keeps them elsewhere can show later that nothing before them was altered or removed.',
      tag,
      action,
      query: headQuery,
      answer: { status: 200, schema: pageSchema(auditHeadView) },
    }),
    async (c) => {
      access.authorise(c.get('principal'), action)
      const { limit, cursor, sort } = valid(c, 'query')
      const after = numberOf(readCursor(cursor))
      const rows = await audit.heads.page({ after, sort, limit: limit + 1 })
      const key = audit.heads.publicKey()
      return c.json(
        pageOf(
          rows.map(({ number, head, signature, cut }) => ({ number, head, signature, cut, key })),
          limit,
          ({ number }) => String(number),
        ),
      )
    },
  )

  app.get(
    '/audit/export',
    ...endpoint({
      id: 'exportAudit',
      summary: 'The whole audit as lines of JSON, for `sutler audit verify`',
      description: 'Rows of other tenants are in it as digests, which the chains need. A head is signed first.',
      tag,
      action,
      answer: { status: 200, schema: null, mediaType: 'application/x-ndjson' },
      problems: [tooManyExports],
    }),
    (c) => {
      const principal = c.get('principal')
      access.authorise(principal, action)
      const lines = audit.export(principal.tenant)
      c.header('content-type', 'application/x-ndjson')
      return stream(c, async (out) => {
        let text = ''
        let count = 0
        for await (const line of lines) {
          text += `${JSON.stringify(line)}\n`
          if (++count % together !== 0) continue
          if (out.aborted) return
          await out.write(text)
          text = ''
        }
        await out.write(text)
      })
    },
  )
}

function cursorOf({ at, chain, position }: PlacedEntry): string {
  return `${at} ${chain} ${position}`
}

function placeOf(cursor: string | undefined) {
  if (cursor === undefined) return undefined
  const [, at, chain, position] = /^(\d{4}-\d\d-\d\dT[\d:.]{12}Z) (\d{1,2}) (\d{1,15})$/.exec(cursor) ?? []
  if (at === undefined || Number.isNaN(Date.parse(at))) throw new CallerError(invalidCursor, 'It is of another list.')
  return { at: new Date(at), chain: Number(chain), position: Number(position) }
}

function numberOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor)) throw new CallerError(invalidCursor, 'It is of another list.')
  return Number(cursor)
}
