/** Signature schemes that count; keys of any other scheme are kept, and never count. */
export type Scheme = 'ed25519' | 'ecdsa-sha2-nistp256' | 'rsassa-pss-sha256'

/**
 * What the host does for this package: `node:crypto` on Node, Web Crypto in a page.
 * Both may answer at once or later.
 */
export interface TrustCrypto {
  /**
   * Whether the signature is one of this key over these bytes. False also for a key or a signature that is none, and for a scheme
   * that the host does not have; an error means that the host itself failed.
   * @param publicKey Ed25519: the 32 bytes; the others: SubjectPublicKeyInfo in DER
   * @param signature Ed25519: 64 bytes; ECDSA: DER, as TUF has it; RSA: as long as the modulus
   */
  verifySignature(
    scheme: Scheme,
    publicKey: Uint8Array,
    bytes: Uint8Array,
    signature: Uint8Array,
  ): boolean | Promise<boolean>
  /** The 32 bytes of the digest. */
  sha256(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
}
