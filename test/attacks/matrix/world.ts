import { answer, createClient } from '@sutler/client'
import type { Role } from '../../../hub/src/platform/access.ts'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { composeHub, type ComposedHub } from '../../support/composed-hub.ts'
import { becomeOperator, firstOperator } from '../../support/first-operator.ts'
import { bodies } from './bodies.ts'
import { furnish, password, type Ids } from './furnish.ts'
import { operationsOf, type Operation } from './operations.ts'

export const roles: readonly Role[] = ['operator', 'developer', 'sponsor', 'subscriber', 'auditor']

/** A hub of two tenants, both of which have one of everything. */
export interface World {
  readonly hub: ComposedHub
  readonly operations: readonly Operation[]
  readonly main: Ids
  readonly acme: Ids
  /** Of acme, by role. */
  readonly tokens: ReadonlyMap<Role, string>
}

export async function build(secondWall: boolean): Promise<World> {
  const hub = await composeHub({
    clock: systemClock,
    secondWall,
    env: { SUTLER_REQUEST_RATE: '1000000', SUTLER_REQUEST_RATE_PER_ADDRESS: '1000000' },
  })
  const made = answer(await hub.api.POST('/api/v1/tenants', { body: { id: 'acme', name: 'Acme' } }))
  const session = answer(await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: firstOperator }))
  const operator = await becomeOperator(made.link, hub.url, { name: 'acme-operator', password })
  const [main, acme] = [await furnish(hub, 'main', session.token), await furnish(hub, 'acme', operator)]
  const tokens = new Map<Role, string>()
  for (const role of roles) {
    const body = { name: `acme-${role}s`, password, roles: [role], households: [acme['households']!] }
    answer(await createClient({ hub: hub.url, token: operator }).POST('/api/v1/accounts', { body }))
    const session = answer(
      await createClient({ hub: hub.url }).POST('/api/v1/sessions', { body: { name: body.name, password } }),
    )
    tokens.set(role, session.token)
  }
  return { hub, operations: await operationsOf(hub.url), main, acme, tokens }
}

/** They take bytes. */
const uploads: ReadonlySet<string> = new Set(['uploadBlob', 'continueUpload'])

export async function ask(world: World, token: string, { id, method }: Operation, path: string) {
  const abort = new AbortController()
  const response = await fetch(`${world.hub.url}${path}`, {
    method,
    signal: abort.signal,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': uploads.has(id) ? 'application/octet-stream' : 'application/json',
      'if-match': '*',
    },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(bodies[id] ?? {}) }),
  })
  const told = response.status >= 400 && response.headers.get('content-type')?.includes('json')
  const problem = told ? ((await response.json()) as { type?: string; referenceError?: string }) : null
  abort.abort()
  return { status: response.status, type: problem?.type ?? problem?.referenceError ?? null }
}
