import { fromHex, hex } from '../bytes.ts'
import type { TrustCrypto } from '../crypto.ts'

const encoder = new TextEncoder()

/** The digests that the audit is chained by, SHA-256 in hexadecimal. */
export class AuditDigests {
  readonly #crypto: TrustCrypto

  constructor(crypto: TrustCrypto) {
    this.#crypto = crypto
  }

  async ofText(text: string): Promise<string> {
    return hex(await this.#crypto.sha256(encoder.encode(text)))
  }

  /** Hash of a row: of the hash before it and of the digest of its text. */
  async ofLink(previous: string, digest: string): Promise<string> {
    return hex(await this.#crypto.sha256(fromHex(previous + digest)!))
  }
}
