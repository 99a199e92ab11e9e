import { equal, seal } from './crypto.ts'
import type { FileAccess } from '../session/situation.ts'

/** The address of one work's file: it holds as long as the device has that work, for whoever was told it. */
export interface Ticket {
  readonly device: string
  readonly commandKey: string
}

const address = /^\/cwmp\/file\/([a-z0-9-]{8,64})\/([a-z0-9.]{1,32})\/([A-Za-z0-9_-]{22})$/

/** TR-069 A.3.2.8 allows an address of 256 characters, which a link of the hub may exceed. */
export function fileAccess(key: Uint8Array, base: string, { device, commandKey }: Ticket): FileAccess {
  const url = `${base}/cwmp/file/${device}/${commandKey}/${seal(key, 'file', device, commandKey)}`
  return { url, username: '', password: '' }
}

/** Null where the path is none of these, or was made up. */
export function ticketOf(key: Uint8Array, path: string): Ticket | null {
  const found = address.exec(path)
  if (!found) return null
  const [, device, commandKey, proof] = found as unknown as [string, string, string, string]
  return equal(proof, seal(key, 'file', device, commandKey)) ? { device, commandKey } : null
}
