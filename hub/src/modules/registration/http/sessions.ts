import type { Hono } from 'hono'
import { CallerError } from '../../../platform/errors.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { forbidden } from '../../../platform/access.ts'
import { loginRefused, tooManyAttempts, weakPassword, wrongPassword } from '../app/codes.ts'
import type { RegistrationApp } from '../app/index.ts'
import { login, passwordChange, principalView, sessionView } from '../contract.ts'
import { attempt } from './attempt.ts'
import { principalOut, sessionOut } from './views.ts'

const tag = 'Sessions'

export function sessionRoutes(app: Hono<ApiEnv>, { sessions, accounts }: RegistrationApp): void {
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
      answer: { status: 204, schema: null },
      problems: [forbidden],
    }),
    async (c) => {
      const ended = await sessions.end(c.req.header('authorization'))
      if (!ended) throw new CallerError(forbidden, 'An API key is no session; DELETE /api/v1/api-keys/{id} ends it.')
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
      body: passwordChange,
      answer: { status: 204, schema: null },
      problems: [forbidden, wrongPassword, weakPassword, tooManyAttempts],
    }),
    async (c) => {
      const { id, kind, name } = c.get('principal')
      if (kind === 'system') throw new CallerError(forbidden, `${name} is an API key; it has no password.`)
      const { current, next } = valid(c, 'json')
      await attempt(c, (address) => accounts.changeOwnPassword(id, current, next, address))
      return c.body(null, 204)
    },
  )
}
