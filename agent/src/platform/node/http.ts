import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { AgentError, reasonOf } from '../../core/errors.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../core/platform.ts'

interface Client {
  readonly agent: Agent
  request(url: URL, options: RequestOptions): ClientRequest
}

/** HTTP over kept connections, at most four; the answer's body is read from the socket only as fast as it is consumed. */
export function nodeHttp(): Http {
  const clients = new Map<string, Promise<Client>>()
  const clientFor = (protocol: string): Promise<Client> => {
    const known = clients.get(protocol) ?? load(protocol)
    clients.set(protocol, known)
    return known
  }
  return {
    async request(request) {
      const url = new URL(request.url)
      return send(await clientFor(url.protocol), url, request)
    },
    close() {
      for (const client of clients.values()) void client.then(({ agent }) => agent.destroy())
      clients.clear()
    },
  }
}

/** Loaded when first needed: an agent with nothing to fetch need not pay for them. */
async function load(protocol: string): Promise<Client> {
  const options = { keepAlive: true, maxSockets: 4, maxFreeSockets: 1, timeout: 5000, scheduling: 'lifo' } as const
  if (protocol === 'http:') {
    const http = await import('node:http')
    return { agent: new http.Agent(options), request: (url, more) => http.request(url, more) }
  }
  if (protocol !== 'https:') throw new AgentError('network', `${protocol} is not supported: use http or https`)
  const https = await import('node:https')
  return { agent: new https.Agent(options), request: (url, more) => https.request(url, more) }
}

function send(client: Client, url: URL, request: HttpRequest): Promise<HttpAnswer> {
  const { method, headers = {}, body, idle, stop } = request
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const options = { agent: client.agent, method, headers: { ...headers, ...length }, timeout: idle }
  return new Promise((resolve, reject) => {
    const outgoing = client.request(url, options)
    const give = (): void => void outgoing.destroy(new Error('given up'))
    stop?.addEventListener('abort', give)
    outgoing.on('close', () => stop?.removeEventListener('abort', give))
    outgoing.on('timeout', () => outgoing.destroy(new Error(`nothing came for ${idle} ms`)))
    outgoing.on('error', (error) => reject(networkError(url, error)))
    outgoing.on('response', (incoming) => resolve(answerOf(url, incoming, outgoing)))
    if (stop?.aborted) give()
    outgoing.end(body)
  })
}

function answerOf(url: URL, incoming: IncomingMessage, outgoing: ClientRequest): HttpAnswer {
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(incoming.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : value
  return {
    status: incoming.statusCode ?? 0,
    headers,
    body: chunks(url, incoming),
    close: () => {
      // A body read to its end leaves the connection to the next request.
      if (!incoming.readableEnded) outgoing.destroy()
    },
  }
}

async function* chunks(url: URL, incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of incoming as AsyncIterable<Uint8Array>) yield chunk
  } catch (error) {
    throw networkError(url, error)
  }
}

function networkError(url: URL, error: unknown): AgentError {
  return new AgentError('network', `${url.origin}: ${reasonOf(error)}`, error)
}
