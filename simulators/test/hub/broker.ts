import { createPublicKey, verify } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { Aedes } from 'aedes'
import { connectStatement, deviceOfTopic, readConnectPassword, topics } from '@sutler/wire'

/** Verifies an Ed25519 signature. @param publicKey SubjectPublicKeyInfo, base64url */
export function verified(publicKey: string, statement: string, signature: string): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64url'), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(statement), key, Buffer.from(signature, 'base64url'))
}

export interface BrokerHost {
  publicKeyOf(device: string): string | null
  subscribed(device: string): void
  left(device: string): void
  received(device: string, payload: Uint8Array): void
}

/** A real broker that lets in those who sign as the protocol says. */
export async function startBroker(hub: string, host: BrokerHost): Promise<Broker> {
  const aedes = await Aedes.createBroker({ concurrency: 0 })
  const lastTimes = new Map<string, number>()
  aedes.authenticate = (client, _username, password, done) => {
    const parts = readConnectPassword(password?.toString() ?? '')
    const key = host.publicKeyOf(client.id)
    const statement = parts && connectStatement(hub, client.id, parts.time, parts.nonce)
    const signed = parts && key && statement && verified(key, statement, parts.signature)
    const timely = parts && Math.abs(parts.time - Date.now()) <= 300_000 && parts.time > (lastTimes.get(client.id) ?? 0)
    if (signed && timely) {
      lastTimes.set(client.id, parts.time)
      return done(null, true)
    }
    done(Object.assign(new Error('not authorised'), { returnCode: 5 }), false)
  }
  aedes.authorizePublish = (client, packet, done) => {
    const own = client !== null && packet.topic === topics(client.id).up
    done(own ? null : new Error('not allowed'))
  }
  aedes.on('subscribe', (_subscriptions, client) => host.subscribed(client.id))
  aedes.on('clientDisconnect', (client) => host.left(client.id))
  aedes.on('publish', (packet, client) => {
    const device = client && deviceOfTopic(packet.topic)
    if (device) host.received(device, packet.payload as Buffer)
  })
  const server = createServer({ noDelay: true }, (socket) => void aedes.handle(socket))
  await new Promise<void>((resolve) => server.listen({ host: '127.0.0.1', port: 0, backlog: 2048 }, resolve))
  return new Broker(aedes, server)
}

export class Broker {
  readonly #aedes: Aedes
  readonly #server: Server

  constructor(aedes: Aedes, server: Server) {
    this.#aedes = aedes
    this.#server = server
  }

  get url(): string {
    return `mqtt://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  publish(device: string, message: Uint8Array): void {
    const packet = { cmd: 'publish', topic: topics(device).down, payload: Buffer.from(message), qos: 1 } as const
    this.#aedes.publish({ ...packet, dup: false, retain: false }, (error) => {
      if (error) throw error
    })
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#aedes.close(resolve))
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}
