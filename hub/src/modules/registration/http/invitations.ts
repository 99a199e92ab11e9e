import type { Hono } from 'hono'
import { notFound, type Access } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { mailNotConfigured } from '../../../platform/mail.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import { accountNameTaken, invitationRefused, tooManyAttempts, unknownUser, weakPassword } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { acceptance, invitationView, newInvitation, newInvitationView, sessionView } from '../contract/accounts.ts'
import { idParams } from '../contract/parts.ts'
import { attempt } from './attempt.ts'
import { invitationOut, sessionOut } from './views.ts'

const tag = 'Invitations'

export function invitationRoutes(
  app: Hono<ApiEnv>,
  access: Access,
  { invitations, invitationMails, linkOf }: RegistrationApp,
): void {
  app.post(
    '/invitations',
    ...endpoint({
      id: 'createInvitation',
      summary: 'Makes a one-time link by which a person makes an account, with name and password of their own choice',
      tag,
      action: 'account.write',
      body: newInvitation,
      answer: { status: 201, schema: newInvitationView, secret: true },
      problems: [unknownUser, unknownHousehold, mailNotConfigured],
    }),
    async (c) => {
      const principal = c.get('principal')
      access.authorise(principal, 'account.write')
      const { send = false, ...wanted } = valid(c, 'json')
      if (send) invitationMails.requireServer()
      const { invitation, token } = await invitations.add(principal, wanted)
      const link = linkOf(token)
      const mailed = send ? await invitationMails.send(invitation, principal.name, link) : 'no'
      c.header('cache-control', 'no-store')
      return c.json({ ...invitationOut(invitation), link, mailed }, 201)
    },
  )

  app.get(
    '/invitations',
    ...endpoint({
      id: 'listInvitations',
      summary: 'Lists invitations',
      tag,
      action: 'account.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(invitationView) },
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'account.read')
      const { limit, cursor } = valid(c, 'query')
      const rows = await invitations.page({ limit: limit + 1, after: readCursor(cursor) }, c.get('principal'))
      return c.json(pageOf(rows.map(invitationOut), limit, (row) => row.id))
    },
  )

  app.delete(
    '/invitations/:id',
    ...endpoint({
      id: 'revokeInvitation',
      summary: 'Withdraws an invitation that was not used yet',
      tag,
      action: 'account.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'account.write')
      await invitations.revoke(c.get('principal').tenant, valid(c, 'param').id)
      return c.body(null, 204)
    },
  )

  app.post(
    '/setup',
    ...endpoint({
      id: 'acceptInvitation',
      summary: 'Makes the account that a one-time link is for, and logs in',
      description:
        'The token is what stands behind `#` in the link, up to the first dot. The first operator’s link is in the hub’s log.',
      tag,
      security: 'none',
      body: acceptance,
      answer: { status: 201, schema: sessionView },
      problems: [invitationRefused, accountNameTaken, weakPassword, tooManyAttempts],
    }),
    async (c) => {
      const session = await attempt(c, (address) => invitations.accept(valid(c, 'json'), address))
      c.header('cache-control', 'no-store')
      return c.json(sessionOut(session), 201)
    },
  )
}
