import createFetchClient, { type Client, type Middleware } from 'openapi-fetch'
import { ApiError, problemOf } from './api-error.ts'
import type { components, paths } from './api.gen.ts'

/** The hub's documents by name, for example `Schemas['Order']`. */
export type Schemas = components['schemas']

export interface ClientOptions {
  /** Where the hub is, for example `http://127.0.0.1:8480`. */
  readonly hub: string
  /** Session token or API key; absent for login only. */
  readonly token?: string | undefined
  /** How long one request may take, milliseconds; event streams have none. */
  readonly timeout?: number
}

/** Every endpoint of the REST API, typed from its OpenAPI document; a refusal is thrown as `ApiError`. */
export type SutlerClient = Client<paths>

/** @throws ApiError, from every call, when the hub refuses or cannot be reached */
export function createClient(options: ClientOptions): SutlerClient {
  const client = createFetchClient<paths>({
    baseUrl: options.hub.replace(/\/$/, ''),
    fetch: (request) => send(request, options.timeout ?? 30_000),
  })
  client.use(authorised(options.token))
  return client
}

function authorised(token: string | undefined): Middleware {
  return {
    onRequest({ request }) {
      if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`)
    },
    async onResponse({ response }) {
      if (!response.ok) throw await problemOf(response)
    },
  }
}

async function send(request: Request, timeout: number): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeout)])
  try {
    return await fetch(request, { signal })
  } catch (error) {
    throw unreachable(request.url, error)
  }
}

/** The error for a hub that does not answer at all. */
export function unreachable(url: string, cause: unknown): ApiError {
  return new ApiError(
    {
      type: '/problems/unreachable',
      title: 'The hub cannot be reached',
      status: 0,
      detail: `no answer from ${new URL(url).origin}`,
      remedy: 'Check the address, and that the hub runs (`npm start`).',
    },
    { cause },
  )
}

/** The answer's document. Endpoints that answer none have `undefined`. */
export function answer<T>(result: { data?: T }): T {
  return result.data as T
}

/** Walks all pages of a list. `read` gets the cursor of the page wanted. */
export async function* pages<T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>,
): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    yield* page.items
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
}
