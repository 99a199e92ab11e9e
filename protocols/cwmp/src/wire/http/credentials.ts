import { authParameters, malformed } from './parameters.ts'

/** What a request's `Authorization` header says. */
export type Credentials =
  | { readonly scheme: 'basic'; readonly username: string; readonly password: string }
  | DigestCredentials

/** RFC 7616, 3.4 (and RFC 2069, without `qop`, `nc` and `cnonce`, as the oldest clients have it). */
export interface DigestCredentials {
  readonly scheme: 'digest'
  readonly username: string
  readonly realm: string
  readonly nonce: string
  readonly uri: string
  readonly algorithm: 'MD5' | 'SHA-256'
  /** Null: the client counts nothing (RFC 2069). */
  readonly qop: { readonly name: 'auth'; readonly count: string; readonly cnonce: string } | null
  /** Hexadecimal digits, lower case. */
  readonly response: string
}

/** Null where there is no header, or one of another scheme. @throws CwmpError `bad-authorization` */
export function credentialsOf(header: string | undefined): Credentials | null {
  if (header === undefined) return null
  const scheme = /^\s*([A-Za-z]+)(?:\s+|$)/.exec(header)
  const name = scheme?.[1]?.toLowerCase()
  if (name === 'basic') return basic(header.slice(scheme![0].length))
  if (name === 'digest') return digest(authParameters(header, scheme![0].length))
  return null
}

/** RFC 7617, 2 */
function basic(token: string): Credentials {
  const text = token.trim()
  if (text.length > 1024 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw malformed(null, 'no base64 after Basic')
  const bytes = Uint8Array.from(atob(padded(text)), (char) => char.charCodeAt(0))
  const pair = new TextDecoder().decode(bytes)
  const colon = pair.indexOf(':')
  if (colon === -1) throw malformed(null, 'no colon between user and password')
  return { scheme: 'basic', username: pair.slice(0, colon), password: pair.slice(colon + 1) }
}

function padded(text: string): string {
  const bare = text.replace(/=+$/, '')
  if (bare.length % 4 === 1) throw malformed(null, 'no base64 after Basic')
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, '=')
}

function digest(given: ReadonlyMap<string, string>): DigestCredentials {
  const need = (name: string): string => {
    const value = given.get(name)
    if (value === undefined) throw malformed(null, `no ${name}`)
    return value
  }
  const algorithm = (given.get('algorithm') ?? 'MD5').toUpperCase()
  if (algorithm !== 'MD5' && algorithm !== 'SHA-256') throw malformed(null, 'an algorithm that was not offered')
  const response = need('response').toLowerCase()
  if (!/^(?:[0-9a-f]{32}|[0-9a-f]{64})$/.test(response)) throw malformed(null, 'a response that is no digest')
  const named = given.get('qop')
  if (named !== undefined && named !== 'auth') throw malformed(null, 'a qop that was not offered')
  const qop = named === undefined ? null : { name: 'auth' as const, count: need('nc'), cnonce: need('cnonce') }
  if (qop && !/^[0-9a-fA-F]{1,8}$/.test(qop.count)) throw malformed(null, 'an nc that is no number')
  return {
    scheme: 'digest',
    username: need('username'),
    realm: need('realm'),
    nonce: need('nonce'),
    uri: need('uri'),
    algorithm,
    qop,
    response,
  }
}
