import createFetchClient, { type Client, type Middleware } from 'openapi-fetch'
import { ApiError, problemOf } from './api-error.ts'
import type { components, paths } from './api.gen.ts'

/** The hub's documents by name, for example `Schemas['Order']`. */
export type Schemas = components['schemas']

/** Ends what it sends, and the reading of its answer, by the signal that is given beside: see `sendWith`. */
export type FetchFunction = (request: Request, init: { readonly signal: AbortSignal | null }) => Promise<Response>

export interface ClientOptions {
  /** Where the hub is, for example `https://127.0.0.1:8480`. */
  readonly hub: string
  /** Session token or API key; absent for login only. */
  readonly token?: string | undefined
  /** Sends a request, in place of the runtime's own fetch: `trustingFetch` of `@sutler/client/node`. */
  readonly fetch?: FetchFunction | undefined
  /** How long one request may take, milliseconds; event streams have none. */
  readonly timeout?: number
}

/** Every endpoint of the REST API, typed from its OpenAPI document; a refusal is thrown as `ApiError`. */
export type SutlerClient = Client<paths>

/** @throws ApiError, from every call, when the hub refuses or cannot be reached */
export function createClient(options: ClientOptions): SutlerClient {
  const client = createFetchClient<paths>({
    baseUrl: options.hub.replace(/\/$/, ''),
    fetch: (request) => send(options, request, options.timeout ?? 30_000),
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

async function send(client: ClientOptions, request: Request, timeout: number): Promise<Response> {
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeout)])
  return sendWith(client, request, signal)
}

/**
 * @param signal ends the request, and the reading of its answer. Not one of the request's own: Node hands that on only until the
 * request is collected as garbage, which may be while its answer is still read
 * @throws ApiError `unreachable`, `untrusted`
 */
export async function sendWith(
  client: ClientOptions,
  request: Request,
  signal: AbortSignal | null = null,
): Promise<Response> {
  try {
    return await (client.fetch ?? fetch)(request, { signal })
  } catch (error) {
    throw unreachable(request.url, error)
  }
}

/** Of OpenSSL, and of Node when the name is another. */
const untrustedCodes = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_)/

/** The error for a hub that does not answer at all, or not as the one that was meant. */
export function unreachable(url: string, cause: unknown): ApiError {
  const code = String(((cause as Error | undefined)?.cause as { code?: unknown } | undefined)?.code ?? '')
  if (untrustedCodes.test(code)) return untrusted(url, cause)
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

function untrusted(url: string, cause: unknown): ApiError {
  return new ApiError(
    {
      type: '/problems/untrusted',
      title: 'The hub’s certificate is not trusted',
      status: 0,
      detail: `${new URL(url).origin} shows a certificate that nobody trusted has signed`,
      remedy:
        'For a hub with an authority of its own: `sutler login --ca FILE` (ca.pem in its data directory), or `--fingerprint`.',
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
