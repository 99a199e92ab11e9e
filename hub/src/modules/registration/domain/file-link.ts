import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'

/** Seconds that a file link is good for. */
export const fileLinkSeconds = 15 * 60

/** `d=<device>&e=<unix seconds>&m=<HMAC-SHA256>`: lets that device, until then, fetch that manifest and its files. */
export function fileLinkQuery(key: KeyObject, device: string, manifest: string, expires: number): string {
  return `d=${device}&e=${expires}&m=${mac(key, device, manifest, expires).toString('base64url')}`
}

/** The device that the link was made for and when it ends (unix seconds); null when the hub did not make it for this manifest. */
export function readFileLink(
  key: KeyObject,
  manifest: string,
  query: string,
): { device: string; expires: number } | null {
  const parts = /^d=([a-z0-9-]{8,64})&e=(\d{1,12})&m=([A-Za-z0-9_-]{43})$/.exec(query)
  if (!parts) return null
  const device = parts[1]!
  const expires = Number(parts[2])
  const given = Buffer.from(parts[3]!, 'base64url')
  return timingSafeEqual(given, mac(key, device, manifest, expires)) ? { device, expires } : null
}

/** A key object, not its bytes: making one of them costs five times as much as the rest. */
function mac(key: KeyObject, device: string, manifest: string, expires: number): Buffer {
  return createHmac('sha256', key).update(`sutler-file/1\n${device}\n${manifest}\n${expires}`).digest()
}
