import type { IncomingMessage } from 'node:http'
import { Agent, request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FetchFunction } from '../client.ts'

/** Answers that have no body (Fetch standard, 2.2.3). */
const withoutBody = new Set([204, 205, 304])

/**
 * `fetch` over HTTPS that trusts this authority and no other: for hubs with a certificate of their own authority. Node's own
 * fetch cannot be told whom to trust.
 * @param ca PEM
 */
export function trustingFetch(ca: string): FetchFunction {
  const agent = new Agent({ ca, keepAlive: true, scheduling: 'lifo' })
  return (request, { signal }) =>
    new Promise((resolve, reject) => {
      // As fetch does: what the network does is a TypeError with its cause.
      const failed = (cause: unknown): void =>
        reject(signal?.aborted ? signal.reason : new TypeError('fetch failed', { cause }))
      const headers = Object.fromEntries(request.headers)
      const { method } = request
      if (new URL(request.url).protocol !== 'https:') return failed(new TypeError(`${request.url} is not https`))
      const outgoing = httpsRequest(request.url, { method, headers, agent, ...(signal && { signal }) })
      outgoing.on('error', failed)
      outgoing.on('response', (incoming) => resolve(responseOf(incoming)))
      if (request.body === null) outgoing.end()
      else pipeline(Readable.fromWeb(request.body as never), outgoing).catch(failed)
    })
}

function responseOf(incoming: IncomingMessage): Response {
  const { statusCode: status = 500, statusMessage: statusText = '', headersDistinct } = incoming
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(headersDistinct))
    for (const value of values) headers.append(name, value)
  if (!withoutBody.has(status)) return new Response(Readable.toWeb(incoming) as never, { status, statusText, headers })
  incoming.resume()
  return new Response(null, { status, statusText, headers })
}
