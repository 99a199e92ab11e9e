import type { Client, ConnectPacket } from 'aedes'
import type { PeerCertificate } from '../tls/peer-certificate.ts'
import { deviceId } from '../ids.ts'

/** Clients that brought a will; they are refused once there is a CONNACK to say so with. */
const wills = new WeakSet<Client>()

/**
 * Bends a CONNECT to what the hub serves: always a clean session (a kept one would let denied filters come back), never a
 * will, and a keep-alive that ends.
 */
export function forceSession(client: Client, packet: ConnectPacket, keepAliveLimit: number): void {
  const connect = packet as unknown as { clean: boolean; will?: unknown; keepalive: number }
  connect.clean = true
  if (connect.will) wills.add(client)
  delete connect.will
  if (connect.keepalive === 0 || connect.keepalive > keepAliveLimit) connect.keepalive = keepAliveLimit
}

/** Why this client is refused before its password is looked at, with the CONNACK return code (3.1.1, 3.2.2.3); or null. */
export function admissionRefusal(
  client: Client,
  certificate: PeerCertificate | null,
  username: string | undefined,
  password: Buffer | undefined,
): { returnCode: 2 | 4 | 5; why: string } | null {
  if (!deviceId.test(client.id)) return { returnCode: 2, why: 'the client id is not a device id' }
  if (wills.has(client)) return { returnCode: 5, why: 'wills are not taken' }
  if (username !== client.id) return { returnCode: 5, why: 'user name and client id differ' }
  if (certificate !== null) {
    return certificate.name === client.id ? null : { returnCode: 5, why: 'the client id is not the certificate’s name' }
  }
  if (password === undefined || password.length === 0) return { returnCode: 4, why: 'no password' }
  return null
}
