import type { Client, ConnectPacket } from 'aedes'
import type { PeerCertificate } from '../tls/peer-certificate.ts'
import { deviceId } from '../ids.ts'
import type { BrokerFace } from './face.ts'

/** Clients that brought a will; they are refused once there is a CONNACK to say so with. */
const wills = new WeakSet<Client>()

/** Clients with MQTT 5 that asked for a session that outlives the connection. */
const lasting = new WeakSet<Client>()

/**
 * Bends a CONNECT to what the hub serves: always a clean session (a kept one would let denied filters come back), never a
 * will, and a keep-alive that ends.
 */
export function forceSession(client: Client, packet: ConnectPacket, keepAliveLimit: number): void {
  const connect = packet as unknown as {
    clean: boolean
    will?: unknown
    keepalive: number
    protocolVersion: number
    properties?: { sessionExpiryInterval?: number }
  }
  connect.clean = true
  if (connect.will) wills.add(client)
  delete connect.will
  if (connect.protocolVersion === 5) {
    // A client with MQTT 5 is told its keep-alive (3.2.2.3.14), which is for the broker to do.
    if (connect.properties?.sessionExpiryInterval) lasting.add(client)
    delete connect.properties?.sessionExpiryInterval
  } else if (connect.keepalive === 0 || connect.keepalive > keepAliveLimit) connect.keepalive = keepAliveLimit
}

/** MQTT 5, 3.2.2.3.2: a client that asked for a longer session is told that it has none. To be called between CONNECT and CONNACK. */
export function tellSession(client: Client): void {
  // Aedes says the interval, which is 0, when it believes that it has shortened it.
  if (lasting.has(client)) Object.assign(client, { _sessionExpiryClamped: true })
}

/** A face that is not the native one, with the client that it takes this connection for. */
export interface Claim {
  readonly face: BrokerFace
  readonly client: string
}

export interface Refusal {
  /** CONNACK return code (3.1.1, 3.2.2.3). */
  readonly returnCode: 2 | 4 | 5
  readonly why: string
}

/** Why a client of another face than the native one is refused before its password is looked at; or null. */
export function claimRefusal(
  client: Client,
  certificate: PeerCertificate | null,
  password: Buffer | undefined,
): Refusal | null {
  if (wills.has(client)) return { returnCode: 5, why: 'wills are not taken' }
  if (certificate === null && (password === undefined || password.length === 0))
    return { returnCode: 4, why: 'no password' }
  return null
}

export const notForNative: Refusal = { returnCode: 5, why: 'native devices are not let in here' }

/** Why a client of the native protocol is refused before its password is looked at; or null. */
export function admissionRefusal(
  client: Client,
  certificate: PeerCertificate | null,
  username: string | undefined,
  password: Buffer | undefined,
): Refusal | null {
  if (!deviceId.test(client.id)) return { returnCode: 2, why: 'the client id is not a device id' }
  if (wills.has(client)) return { returnCode: 5, why: 'wills are not taken' }
  if (username !== client.id) return { returnCode: 5, why: 'user name and client id differ' }
  if (certificate !== null) {
    return certificate.name === client.id ? null : { returnCode: 5, why: 'the client id is not the certificate’s name' }
  }
  if (password === undefined || password.length === 0) return { returnCode: 4, why: 'no password' }
  return null
}
