import type { Hono } from 'hono'
import { notFound, type Access, type AccessObject } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { accountNameTaken, lastOperator, missing, unknownUser, weakPassword } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import type { Account } from '../domain/account.ts'
import { accountChange, accountView, newAccount } from '../contract/accounts.ts'
import { idParams } from '../contract/parts.ts'
import { accountOut } from './views.ts'

const tag = 'Accounts'

export function accountRoutes(app: Hono<ApiEnv>, access: Access, { accounts }: RegistrationApp): void {
  app.post(
    '/accounts',
    ...endpoint({
      id: 'createAccount',
      summary: 'Gives a person an account',
      tag,
      action: 'account.write',
      body: newAccount,
      answer: { status: 201, schema: accountView },
      problems: [accountNameTaken, unknownUser, unknownHousehold, weakPassword],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'account.write')
      const made = await accounts.add({ tenant: c.get('principal').tenant, ...valid(c, 'json') })
      c.header('etag', etagOf(made.version))
      c.header('location', `/api/v1/accounts/${made.id}`)
      return c.json(accountOut(made), 201)
    },
  )

  app.get(
    '/accounts',
    ...endpoint({
      id: 'listAccounts',
      summary: 'Lists accounts',
      tag,
      action: 'account.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(accountView) },
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'account.read')
      const { limit, cursor } = valid(c, 'query')
      const rows = await accounts.page({ limit: limit + 1, after: readCursor(cursor) }, c.get('principal'))
      return c.json(pageOf(rows.map(accountOut), limit, (row) => row.id))
    },
  )

  app.get(
    '/accounts/:id',
    ...endpoint({
      id: 'getAccount',
      summary: 'Shows an account',
      tag,
      action: 'account.read',
      params: idParams,
      answer: { status: 200, schema: accountView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await accounts.find(id)
      access.authorise(c.get('principal'), 'account.read', accountObject(found))
      if (!found) throw missing('account', id)
      c.header('etag', etagOf(found.version))
      return c.json(accountOut(found))
    },
  )

  app.patch(
    '/accounts/:id',
    ...endpoint({
      id: 'changeAccount',
      summary: 'Changes an account’s roles or password, disables or enables it; ends its sessions',
      tag,
      action: 'account.write',
      params: idParams,
      body: accountChange,
      answer: { status: 200, schema: accountView },
      problems: [notFound, lastOperator, weakPassword, changedMeanwhile, ifMatchRequired],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      access.authorise(c.get('principal'), 'account.write')
      const changed = await accounts.change(id, valid(c, 'json'), (current) => {
        access.authorise(c.get('principal'), 'account.write', accountObject(current))
        requireMatch(c, etagOf(current.version))
      })
      c.header('etag', etagOf(changed.version))
      return c.json(accountOut(changed))
    },
  )
}

function accountObject(account: Account | null): AccessObject {
  return account === null ? {} : { tenant: account.tenant }
}
