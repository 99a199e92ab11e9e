import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds that a file link is good for. */
export const fileLinkSeconds = 15 * 60

/** `d=<device>&e=<unix seconds>&m=<HMAC-SHA256>`: lets that device, until then, fetch that manifest and its files. */
export function fileLinkQuery(secret: Buffer, device: string, manifest: string, expires: number): string {
  return `d=${device}&e=${expires}&m=${mac(secret, device, manifest, expires).toString('base64url')}`
}

/** The device that the link was made for and when it ends (unix seconds); null when the hub did not make it for this manifest. */
export function readFileLink(
  secret: Buffer,
  manifest: string,
  query: string,
): { device: string; expires: number } | null {
  const parts = /^d=([a-z0-9-]{8,64})&e=(\d{1,12})&m=([A-Za-z0-9_-]{43})$/.exec(query)
  if (!parts) return null
  const device = parts[1]!
  const expires = Number(parts[2])
  const given = Buffer.from(parts[3]!, 'base64url')
  return timingSafeEqual(given, mac(secret, device, manifest, expires)) ? { device, expires } : null
}

function mac(secret: Buffer, device: string, manifest: string, expires: number): Buffer {
  return createHmac('sha256', secret).update(`sutler-file/1\n${device}\n${manifest}\n${expires}`).digest()
}
