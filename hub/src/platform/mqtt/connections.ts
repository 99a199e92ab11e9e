import type { Client, Subscription } from 'aedes'
import { DeviceConnection } from './device-connection.ts'
import type { BrokerFace } from './face.ts'

/** The connections that stand, one per client of a face, and which of them listen. */
export class Connections {
  readonly #faceOf: (client: Client) => BrokerFace
  readonly #queueLimit: number
  readonly #byId = new Map<string, DeviceConnection>()

  /** @param queueLimit bytes that wait for one device at the most */
  constructor(faceOf: (client: Client) => BrokerFace, queueLimit: number) {
    this.#faceOf = faceOf
    this.#queueLimit = queueLimit
  }

  get size(): number {
    return this.#byId.size
  }

  /** The connection of this face's client. */
  of(face: BrokerFace, client: string): DeviceConnection | undefined {
    const connection = this.#byId.get(client)
    return connection?.face === face ? connection : undefined
  }

  ready(client: Client): void {
    if (client.closed) return
    const previous = this.#byId.get(client.id)
    // Aedes closes the previous one; make sure that nothing of it lives on.
    if (previous && previous.client !== client) {
      previous.close()
      this.#drop(previous)
    }
    this.#connectionOf(client)
  }

  left(client: Client): void {
    const connection = this.#own(client)
    if (connection) this.#drop(connection)
  }

  subscribed(subscriptions: readonly Subscription[], client: Client): void {
    const face = this.#faceOf(client)
    const own = subscriptions.filter(({ topic }) => face.maySubscribe(client.id, topic))
    if (client.closed || own.length === 0) return
    const connection = this.#connectionOf(client)
    const before = connection.listening
    for (const { topic, qos } of own) connection.filters.set(topic, qos)
    face.subscribed?.(client.id, [...connection.filters.keys()])
    if (!before) face.listening(client.id)
  }

  unsubscribed(filters: readonly string[], client: Client): void {
    const connection = this.#own(client)
    if (!connection?.listening) return
    for (const filter of filters) connection.filters.delete(filter)
    connection.face.subscribed?.(client.id, [...connection.filters.keys()])
    if (!connection.listening) connection.face.silent(client.id)
  }

  acknowledged(client: Client): void {
    this.#own(client)?.acknowledged()
  }

  /** A certificate that ends while its device is connected ends the connection. */
  cutExpired(now: number): void {
    for (const connection of this.#byId.values()) if (connection.expiresAt <= now) connection.close()
  }

  /** What stands under the client's id, if it is this client's and not a later one's. */
  #own(client: Client): DeviceConnection | undefined {
    const connection = this.#byId.get(client.id)
    return connection?.client === client ? connection : undefined
  }

  /** A SUBSCRIBE that came together with CONNECT is worked on before `clientReady`. */
  #connectionOf(client: Client): DeviceConnection {
    const known = this.#byId.get(client.id)
    if (known?.client === client) return known
    if (known) this.#drop(known)
    const connection = new DeviceConnection(client, this.#faceOf(client), this.#queueLimit)
    this.#byId.set(client.id, connection)
    return connection
  }

  #drop(connection: DeviceConnection): void {
    this.#byId.delete(connection.device)
    if (!connection.listening) return
    connection.filters.clear()
    connection.face.silent(connection.device)
  }
}
