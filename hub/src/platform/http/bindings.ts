import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { Context } from 'hono'

/** What the server hands to a route beside the request; absent when a router is called directly, as tests do. */
export interface Bindings {
  readonly incoming?: Incoming
  readonly outgoing?: ServerResponse
}

export interface Incoming extends IncomingMessage {
  /** The JSON body, read and bounded already. */
  rawBody?: Buffer
  requestId?: string
  /** Id of the decision that the answer rests on. */
  decision?: string | undefined
}

export function bindings(c: Context): Bindings {
  return (c.env ?? {}) as Bindings
}

/**
 * The body of an endpoint with `upload`, unread: as it comes from the socket, with back-pressure. Whoever stops reading
 * leaves the connection open, so that the answer that says why can still be sent.
 */
export function uploadStream(c: Context): AsyncIterable<Uint8Array> {
  const { incoming } = bindings(c)
  if (incoming) return incoming.iterator({ destroyOnReturn: false })
  return c.req.raw.body ? Readable.fromWeb(c.req.raw.body as never) : Readable.from([])
}
