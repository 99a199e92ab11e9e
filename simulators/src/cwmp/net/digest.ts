import { createHash, randomBytes } from 'node:crypto'

export interface Login {
  readonly username: string
  readonly password: string
}

const hashed = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')

/** The parameters of a `Digest` header by name. */
export function digestParameters(header: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name, quoted, bare] of header.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g))
    found[name!.toLowerCase()] = quoted ?? bare ?? ''
  return found
}

/** RFC 7616 with `qop=auth`, or RFC 2069 where the server offers none. */
export function digestAuthorization(
  challenge: string,
  method: string,
  uri: string,
  login: Login,
  count: number,
): string {
  const { realm = '', nonce = '', qop, opaque, algorithm = 'MD5' } = digestParameters(challenge)
  const hash = (text: string) => hashed(algorithm === 'SHA-256' ? 'sha256' : 'md5', text)
  const secret = hash(`${login.username}:${realm}:${login.password}`)
  const request = hash(`${method}:${uri}`)
  const nc = count.toString(16).padStart(8, '0')
  const cnonce = randomBytes(8).toString('hex')
  const response = hash(qop ? `${secret}:${nonce}:${nc}:${cnonce}:auth:${request}` : `${secret}:${nonce}:${request}`)
  const parts = [
    `Digest username="${login.username}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `algorithm="${algorithm}"`,
    `response="${response}"`,
  ]
  if (qop) parts.push('qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`)
  if (opaque) parts.push(`opaque="${opaque}"`)
  return parts.join(', ')
}

/** The answer that a client with this login gives to the nonce, for a server to compare. */
export function expectedResponse(given: Record<string, string>, method: string, { username, password }: Login): string {
  const hash = (text: string) => hashed(given['algorithm'] === 'SHA-256' ? 'sha256' : 'md5', text)
  const secret = hash(`${username}:${given['realm']}:${password}`)
  const middle = given['qop'] ? `:${given['nc']}:${given['cnonce']}:auth:` : ':'
  return hash(`${secret}:${given['nonce']}${middle}${hash(`${method}:${given['uri']}`)}`)
}
