/** What a claim is made of: `<token>` or `<token>.<fingerprint>`, the latter of the hub's root certificate (SHA-256, base64url). */
export function readClaim(claim: string): { readonly token: string; readonly fingerprint: string | null } {
  const [token = '', fingerprint = null] = claim.split('.', 2)
  return { token, fingerprint }
}

/**
 * What a device signs to enrol: it binds the claim to the key of the certification request.
 * @param publicKey of the request: SubjectPublicKeyInfo (DER) in base64url without padding
 */
export function enrolStatement(claim: string, serial: string, publicKey: string): string {
  return `sutler-enrol/1\n${readClaim(claim).token}\n${serial}\n${publicKey}`
}

/**
 * What a device signs to renew its certificate where it cannot show it.
 * @param time milliseconds since the Unix epoch, by the hub's clock
 * @param publicKey of the certification request: SubjectPublicKeyInfo in base64url without padding
 */
export function renewStatement(hub: string, device: string, time: number, publicKey: string): string {
  return `sutler-renew/1\n${hub}\n${device}\n${time}\n${publicKey}`
}

/**
 * What a device signs to connect where it cannot show its certificate.
 * @param time milliseconds since the Unix epoch, by the hub's clock
 * @param nonce 16 random bytes in base64url without padding
 */
export function connectStatement(hub: string, device: string, time: number, nonce: string): string {
  return `sutler-connect/1\n${hub}\n${device}\n${time}\n${nonce}`
}

/** The MQTT password: `<time>.<nonce>.<signature>`, the signature over `connectStatement` in base64url without padding. */
export function connectPassword(time: number, nonce: string, signature: string): string {
  return `${time}.${nonce}.${signature}`
}

/** The parts of an MQTT password, or null when it has not the form of one. */
export function readConnectPassword(password: string): { time: number; nonce: string; signature: string } | null {
  const parts = /^(\d{1,15})\.([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{86})$/.exec(password)
  if (!parts) return null
  return { time: Number(parts[1]), nonce: parts[2]!, signature: parts[3]! }
}
