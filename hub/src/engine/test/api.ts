import type { Model } from '@sutler/engine'
import type { Hono } from 'hono'
import { expect } from 'vitest'
import { databaseForThisTest } from '../../../../test/support/database.ts'
import type { Clock } from '../../platform/clock.ts'
import { api, type ApiEnv } from '../../platform/http/api.ts'
import type { RoleContract, Task } from '../index.ts'
import { startHub, type TestHub } from './hub.ts'
import { somebody } from './principals.ts'

type Document = Record<string, unknown>

export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly body: Document & { readonly items: Document[]; readonly next: string | null }
}

export interface TestApi {
  readonly hub: TestHub
  readonly app: Hono<ApiEnv>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>
  put(path: string, body: unknown): Promise<Answered>
  get(path: string, headers?: Record<string, string>): Promise<Answered>
  /** The refusal's code, after making sure that it is one of status `status`. */
  refused(answered: Promise<Answered>, status: number): Promise<string>
  /** The body, after making sure that it was not refused. */
  items(path: string): Promise<Document[]>
}

/** The engine's endpoints of a hub on a database of its own, or on a given one. */
export async function startApi(options: {
  url?: string
  models?: readonly Model[]
  tasks?: Readonly<Record<string, Task>>
  clock?: Clock
  roles?: readonly RoleContract[]
}): Promise<TestApi> {
  const url = options.url ?? (await databaseForThisTest()).url
  const hub = await startHub({ ...options, url })
  const app = api()
  app.use(async (c, next) => {
    c.set('principal', somebody)
    await next()
  })
  app.route('/', hub.engine.routes())
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
    const init = { method, body: JSON.stringify(body) }
    return answered(await app.request(path, { ...init, headers: { 'content-type': 'application/json', ...headers } }))
  }
  const get: TestApi['get'] = async (path, headers = {}) => answered(await app.request(path, { headers }))
  return {
    hub,
    app,
    get,
    post: (path, body, headers) => send('POST', path, body, headers),
    put: (path, body) => send('PUT', path, body),
    async refused(answering, expected) {
      const { status, body } = await answering
      expect(status).toBe(expected)
      return String(body['type']).replace('/problems/', '')
    },
    async items(path) {
      const { status, body } = await get(path)
      expect(status).toBe(200)
      return body.items
    },
  }
}

async function answered(response: Response): Promise<Answered> {
  const { status, headers } = response
  const isJson = /json/.test(headers.get('content-type') ?? '')
  return { status, headers, body: (isJson ? await response.json() : { text: await response.text() }) as never }
}
