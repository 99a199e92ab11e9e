import type { Hono } from 'hono'
import { z } from 'zod'
import { sessionCookie, setSessionCookie } from '../../../platform/http/browser-session.ts'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { forbidden, notFound, type Access } from '../../../platform/access.ts'
import { loginRefused, tooManyAttempts, weakPassword, wrongPassword } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { login, openSessionView, passwordChange, principalView, sessionView } from '../contract/accounts.ts'
import { idParams } from '../contract/parts.ts'
import { attempt } from './attempt.ts'
import { sessionsPerAccount } from '../domain/account.ts'
import { openSessionOut, principalOut, sessionOut } from './views.ts'

const tag = 'Sessions'

export function sessionRoutes(app: Hono<ApiEnv>, access: Access, { sessions, accounts }: RegistrationApp): void {
  app.post(
    '/sessions',
    ...endpoint({
      id: 'createSession',
      summary: 'Logs a person in',
      tag,
      security: 'none',
      body: login,
      answer: { status: 201, schema: sessionView },
      problems: [loginRefused, tooManyAttempts],
    }),
    async (c) => {
      const { name, password } = valid(c, 'json')
      const session = await attempt(c, (address) => sessions.open(name, password, address))
      c.header('cache-control', 'no-store')
      return c.json(sessionOut(session), 201)
    },
  )

  app.delete(
    '/sessions',
    ...endpoint({
      id: 'deleteSession',
      summary: 'Logs out: ends the session whose token the request carries',
      tag,
      action: 'session.write',
      answer: { status: 204, schema: null },
      problems: [forbidden],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'session.write', { owner: c.get('principal').id })
      const ended = await sessions.end(c.req.header('authorization'), sessionCookie(c))
      if (!ended) throw new CallerError(forbidden, 'An API key is no session; DELETE /api/v1/api-keys/{id} ends it.')
      if (sessionCookie(c) !== undefined) {
        setSessionCookie(c, null, 0)
        c.header('clear-site-data', '"storage"')
      }
      return c.body(null, 204)
    },
  )

  app.get(
    '/sessions',
    ...endpoint({
      id: 'listSessions',
      summary: 'Lists where one is logged in, the newest first',
      tag,
      action: 'session.read',
      answer: { status: 200, schema: z.object({ items: z.array(openSessionView).max(sessionsPerAccount) }) },
    }),
    async (c) => {
      const { id } = c.get('principal')
      access.authorise(c.get('principal'), 'session.read', { owner: id })
      const found = await sessions.list(id, c.req.header('authorization'), sessionCookie(c))
      return c.json({ items: found.map(({ session, current }) => openSessionOut(session, current)) })
    },
  )

  app.delete(
    '/sessions/:id',
    ...endpoint({
      id: 'endSession',
      summary: 'Ends one of one’s own sessions',
      tag,
      action: 'session.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      const principal = c.get('principal')
      access.authorise(principal, 'session.write', { owner: principal.id })
      if (principal.kind === 'system')
        throw new CallerError(forbidden, `${principal.name} is an API key; it has no sessions.`)
      await sessions.endOne(principal.id, valid(c, 'param').id)
      return c.body(null, 204)
    },
  )

  app.get(
    '/me',
    ...endpoint({
      id: 'getPrincipal',
      summary: 'Says who the token belongs to',
      tag,
      answer: { status: 200, schema: principalView },
    }),
    (c) => c.json(principalOut(c.get('principal'))),
  )

  app.put(
    '/me/password',
    ...endpoint({
      id: 'changeOwnPassword',
      summary: 'Changes one’s own password and ends all of one’s sessions',
      tag,
      action: 'password.write',
      body: passwordChange,
      answer: { status: 204, schema: null },
      problems: [forbidden, wrongPassword, weakPassword, tooManyAttempts],
    }),
    async (c) => {
      const { id, kind, name } = c.get('principal')
      access.authorise(c.get('principal'), 'password.write', { owner: id })
      if (kind === 'system') throw new CallerError(forbidden, `${name} is an API key; it has no password.`)
      const { current, next } = valid(c, 'json')
      await attempt(c, (address) => accounts.changeOwnPassword(id, current, next, address))
      return c.body(null, 204)
    },
  )
}
