import { answer, type Schemas } from '@sutler/client'
import { expect } from 'vitest'
import type { ComposedHub } from '../support/composed-hub.ts'

/** Policies as their author puts them in force, and what then comes of them. */

interface Answer {
  readonly id: string
  readonly state: string
  /** Of a problem: ends in its code. */
  readonly type?: string
  readonly errors?: readonly { readonly pointer: string }[]
}

export const codeOf = ({ type }: Answer): string => type?.split('/').at(-1) ?? ''

/** Takes any body: policies are also sent wrong. */
export async function post(hub: ComposedHub, path: string, body: object): Promise<{ status: number; body: Answer }> {
  const { token } = hub.connection
  const response = await fetch(`${hub.url}/api/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Answer }
}

/** Writes, tries and activates; what the dry run noticed is acknowledged. */
export async function inForce(
  hub: ComposedHub,
  document: object,
  tried: { group?: string } = {},
): Promise<Schemas['PolicyTrial']> {
  const { name } = document as { name: string }
  const written = await post(hub, '/policies', document)
  expect([written.status, JSON.stringify(written.body)]).toEqual([201, expect.anything()])
  const { body } = await post(hub, `/policies/${name}/versions/1/trials`, tried)
  const trial = body as unknown as Schemas['PolicyTrial']
  const acknowledge = ['everyone', 'nothing-seen']
  const activated = await post(hub, `/policies/${name}/versions/1/activate`, { trial: trial.id, acknowledge })
  expect([activated.status, JSON.stringify(activated.body)]).toEqual([200, expect.anything()])
  return trial
}

export const off = (hub: ComposedHub, name: string) =>
  post(hub, `/policies/${name}/off`, { reason: 'the test is over' })

export async function firings(hub: ComposedHub, policy: string, state?: string): Promise<Schemas['PolicyFiring'][]> {
  const query = { policy, ...(state === undefined ? {} : { state: state as 'done' }) }
  return answer(await hub.api.GET('/api/v1/firings', { params: { query } })).items
}

export async function ordersOf(hub: ComposedHub, household: string): Promise<Schemas['Order'][]> {
  return answer(await hub.api.GET('/api/v1/orders', { params: { query: { household } } })).items
}

/** For waiting: null as long as there is nothing. */
export function orNone<T>(all: T[]): T[] | null {
  return all.length === 0 ? null : all
}
