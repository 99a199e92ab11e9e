import { errors, jwtVerify, SignJWT } from 'jose'
import { MenderError } from '../errors.ts'
import { Recent } from '../session/recent.ts'
import type { webcrypto } from 'node:crypto'

/** Who a token was given to, and on which proof. */
export interface TokenHolder {
  readonly device: string
  readonly identity: string
  /** PEM of the key that signed the authentication request. */
  readonly publicKey: string
}

const issuer = 'sutler/mender'
const algorithm = 'HS256'
/** Where its token has ended a client authenticates again by itself. What is revoked is refused at once, whatever the token says. */
export const tokenSeconds = 3_600
/** Tokens in memory at once; one is about 2 KB with its key. */
const tokensKnown = 20_000

/** The tokens of Mender devices: made and read by any hub that has the key. */
export class Tokens {
  readonly #key: Promise<webcrypto.CryptoKey>
  /** Tokens that were found good: verifying one costs more than all else that a poll with nothing to do asks for. */
  readonly #good = new Recent<{ readonly holder: TokenHolder; readonly until: number }>(tokensKnown)
  readonly #now: () => number

  /**
   * @param key 32 bytes, the same at every hub
   * @param now milliseconds since the Unix epoch
   */
  constructor(key: Uint8Array<ArrayBuffer>, now: () => number) {
    this.#key = crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify'])
    this.#now = now
  }

  async make({ device, identity, publicKey }: TokenHolder): Promise<string> {
    const now = Math.floor(this.#now() / 1000)
    return new SignJWT({ 'mender.device': true, idn: identity, spki: bare(publicKey) })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject(device)
      .setIssuedAt(now)
      .setExpirationTime(now + tokenSeconds)
      .sign(await this.#key)
  }

  /** @param authorization the header. @throws MenderError `no-token` */
  async read(authorization: string | undefined): Promise<TokenHolder> {
    const token = /^Bearer ([\w.-]{1,8192})$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) throw new MenderError('no-token', 'authorization', 'there is no bearer token')
    const known = this.#good.get(token)
    if (known !== undefined && this.#now() < known.until) return known.holder
    this.#good.delete(token)
    const { holder, until } = await this.#verified(token)
    this.#good.set(token, { holder, until })
    return holder
  }

  async #verified(token: string): Promise<{ readonly holder: TokenHolder; readonly until: number }> {
    const currentDate = new Date(this.#now())
    try {
      const required = { algorithms: [algorithm], issuer, currentDate, requiredClaims: ['sub', 'exp', 'idn', 'spki'] }
      const { sub, idn, spki, exp } = (await jwtVerify(token, await this.#key, required)).payload
      const holder = { device: String(sub), identity: String(idn), publicKey: framed(String(spki)) }
      return { holder, until: Number(exp) * 1000 }
    } catch (cause) {
      if (!(cause instanceof errors.JOSEError)) throw cause
      throw new MenderError('no-token', 'authorization', `the token is not good (${cause.code})`, null, cause)
    }
  }
}

/** A PEM without its frame and line breaks. */
function bare(pem: string): string {
  return pem.replaceAll(/-----[A-Z ]+-----|\s/g, '')
}

function framed(base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n')
}
