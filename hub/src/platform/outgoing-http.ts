import { lookup as systemLookup } from 'node:dns'
import { request as plainRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { OutsideError, errorCode } from './errors.ts'

export const addressNotAllowed = errorCode(
  'address-not-allowed',
  422,
  'The address is inside the hub’s own network',
  'Use a public address, or let the operator allow private ones (SUTLER_WEBHOOKS_PRIVATE, SUTLER_IDENTITY_PROVIDERS_PRIVATE, SUTLER_DIRECTORIES_PRIVATE).',
)
export const receiverFailed = errorCode(
  'receiver-failed',
  503,
  'The receiver did not take the message',
  'Check that the address answers with 2xx within ten seconds; redirects are not followed. It is tried again.',
)

/** Loopback, private, link-local, shared, multicast and otherwise special addresses (IANA special-purpose registries). */
const inside = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(network, prefix, 'ipv6')

/** Whether an address (IPv4, IPv6, or IPv4 mapped into IPv6) is not one of the public internet. */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return inside.check(mapped, 'ipv4')
  return inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** Resolves a name and lets only public addresses through, so that the address checked is the address connected to. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [], 0)
    // Which address it is stays here: names inside would tell the network's plan to whoever may add a webhook.
    if (addresses.some(({ address }) => isInside(address)))
      return callback(new OutsideError(addressNotAllowed, `${hostname} is inside the hub’s network`), [], 0)
    if (options.all === true) return callback(null, addresses)
    callback(null, addresses[0]!.address, addresses[0]!.family)
  })
}

interface Exchange {
  readonly headers: Readonly<Record<string, string>>
  readonly allowInside: boolean
  /** Milliseconds for the whole exchange. */
  readonly timeout: number
}

/** What a receiver said. */
export interface Reception {
  readonly status: number
  /** The beginning of its answer; empty unless asked for. */
  readonly beginning: string
  /** It is inside the hub's own network. */
  readonly inside: boolean
  /** Of `Retry-After`, where that is a number of seconds (RFC 9110, 10.2.3). */
  readonly retryAfterSeconds: number | null
}

export interface PostOptions extends Exchange {
  /** Bytes of the answer that are waited for, at most a second. */
  readonly beginning: number
}

/** Time that the beginning of an answer may take, milliseconds: what was said is known by its status already. */
const beginningWithin = 1_000

/**
 * Posts `body` and resolves with what the receiver said, whatever that is; redirects are not followed, and no more of the answer
 * is read than its beginning.
 * @throws OutsideError `receiver-failed` when there was no answer, or `address-not-allowed`
 */
export function post(url: string, body: string, options: PostOptions): Promise<Reception> {
  const headers = { ...options.headers, 'content-length': String(Buffer.byteLength(body)) }
  return exchange(url, { ...options, headers, method: 'POST', body }, (response, { done }) => {
    const chunks: Buffer[] = []
    let length = 0
    const inside = isInside(response.socket.remoteAddress ?? '')
    const said = (): void => {
      clearTimeout(timer)
      response.destroy()
      const beginning = Buffer.concat(chunks).subarray(0, options.beginning).toString('utf8')
      const retryAfter = response.headers['retry-after'] ?? ''
      const retryAfterSeconds = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : null
      done({ status: response.statusCode ?? 0, beginning, inside, retryAfterSeconds })
    }
    const timer = setTimeout(said, beginningWithin)
    if (options.beginning === 0) return said()
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (length >= options.beginning) said()
    })
    response.on('end', said)
    // The status has come: that the rest does not come whole changes nothing.
    response.on('error', said)
  })
}

export interface AskOptions extends Exchange {
  readonly method: string
  readonly body?: string | undefined
  /** Largest answer, bytes. */
  readonly answerLimit: number
}

/**
 * Asks a server and reads its answer, whatever its status; redirects are not followed.
 * @throws OutsideError `receiver-failed` or `address-not-allowed`
 */
export function ask(url: string, options: AskOptions): Promise<Response> {
  return exchange(url, options, (response, { done, failed }) => {
    const chunks: Buffer[] = []
    let length = 0
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (length <= options.answerLimit) return
      failed(`the answer is larger than ${options.answerLimit} bytes`)
      response.destroy()
    })
    response.on('error', (error) => failed(error.message, error))
    response.on('end', () => done(answerOf(response, Buffer.concat(chunks))))
  })
}

function answerOf(response: IncomingMessage, body: Buffer): Response {
  const type = response.headers['content-type']
  const headers = type === undefined ? {} : { 'content-type': type }
  const status = response.statusCode ?? 502
  const bodyless = status < 200 || status === 204 || status === 304
  return new Response(bodyless ? null : body, { status: Math.max(200, status), headers })
}

interface Ending<T> {
  readonly done: (result: T) => void
  readonly failed: (detail: string, cause?: unknown) => void
}

/** One request on a connection of its own, to an address outside unless inside ones are allowed; `take` ends it by its answer. */
function exchange<T>(
  url: string,
  options: Exchange & { readonly method: string; readonly body?: string | undefined },
  take: (response: IncomingMessage, ending: Ending<T>) => void,
): Promise<T> {
  const { hostname, protocol } = new URL(url)
  const literal = hostname.replace(/^\[|\]$/g, '')
  if (!options.allowInside && isIP(literal) !== 0 && isInside(literal))
    return Promise.reject(new OutsideError(addressNotAllowed, `${url} is an address inside the hub’s network`))
  const send = protocol === 'https:' ? secureRequest : plainRequest
  return new Promise((resolve, reject) => {
    const failed = (detail: string, cause?: unknown): void =>
      reject(cause instanceof OutsideError ? cause : new OutsideError(receiverFailed, `${url}: ${detail}`, { cause }))
    const request = send(url, {
      method: options.method,
      headers: options.headers,
      signal: AbortSignal.timeout(options.timeout),
      agent: false,
      ...(options.allowInside ? {} : { lookup: publicLookup }),
    })
    request.on('error', (error) => failed(error.name === 'TimeoutError' ? 'no answer in time' : error.message, error))
    request.on('response', (response) => take(response, { done: resolve, failed }))
    request.end(options.body)
  })
}
