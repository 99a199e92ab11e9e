import { lookup } from 'node:dns/promises'
import { request as httpRequest } from 'node:http'
import { isIP } from 'node:net'
import { challengeOf } from '../wire/http/challenge.ts'
import { authorizationFor } from '../wire/http/digest.ts'
import { fresh, hash } from './crypto.ts'
import type { AllowedAddresses } from './allowed-addresses.ts'

/** How a connection request (TR-069 3.2.2) ended, in words for the log. */
export interface ConnectionRequestEnd {
  readonly reached: boolean
  readonly detail: string
}

const deadline = 5_000
/** Bytes of an answer that are looked at; there is nothing in it to be read. */
const answerLimit = 16_384

interface Target {
  readonly url: URL
  readonly address: string
}

/**
 * Asks a device to open a session: a GET of its ConnectionRequestURL, proved by HTTP Digest. The address is a device's word, so
 * it is looked up once, held against what the operator allows, and exactly that is connected to; redirects are not followed.
 */
export async function connectionRequest(
  given: string,
  login: { readonly username: string; readonly password: string },
  allowed: AllowedAddresses,
): Promise<ConnectionRequestEnd> {
  try {
    const target = await targetOf(given, allowed)
    if (typeof target === 'string') return { reached: false, detail: target }
    const first = await get(target, null)
    if (first.status !== 401) return endOf(first.status)
    const challenge = challengeOf(first.challenge)
    if (challenge?.scheme !== 'digest') return { reached: false, detail: 'it asks for another proof than Digest' }
    const uri = target.url.pathname + target.url.search
    return endOf((await get(target, authorizationFor(hash, challenge, { method: 'GET', uri }, login, fresh(9)))).status)
  } catch (error) {
    return { reached: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

function endOf(status: number): ConnectionRequestEnd {
  return { reached: status === 200 || status === 204, detail: `it answered ${status}` }
}

/** The address to connect to, or why there is none. */
async function targetOf(given: string, allowed: AllowedAddresses): Promise<Target | string> {
  const url = URL.canParse(given) ? new URL(given) : null
  // TR-069 3.2.2: the address is one of HTTP.
  if (url?.protocol !== 'http:' || url.username !== '') return 'its ConnectionRequestURL is no address of HTTP'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(host) ? [host] : (await lookup(host, { all: true })).map(({ address }) => address)
  const address = addresses.find((each) => allowed.has(each))
  return address === undefined
    ? `${host} is outside of the networks that connection requests may go to`
    : { url, address }
}

function get(
  { url, address }: Target,
  authorization: string | null,
): Promise<{ status: number; challenge: string | undefined }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      host: address,
      port: url.port === '' ? 80 : Number(url.port),
      path: url.pathname + url.search,
      method: 'GET',
      agent: false,
      maxHeaderSize: answerLimit,
      signal: AbortSignal.timeout(deadline),
      headers: { host: url.host, connection: 'close', ...(authorization !== null && { authorization }) },
    })
    request.on('response', (response) => {
      resolve({ status: response.statusCode ?? 0, challenge: response.headers['www-authenticate'] })
      // Nothing in the body matters.
      response.on('error', () => {})
      request.destroy()
    })
    request.on('error', reject)
    request.end()
  })
}
