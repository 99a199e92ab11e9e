import type { PeerCertificate } from '../tls/peer-certificate.ts'

/** What a message may carry beside its payload (MQTT 5, 3.3.2.3); clients with MQTT 3.1.1 neither send nor get it. */
export interface MessageProperties {
  readonly contentType?: string
  readonly responseTopic?: string
  readonly correlationData?: Uint8Array
  readonly userProperties?: Readonly<Record<string, string | string[]>>
}

/**
 * A protocol that speaks over the broker. Each of its clients talks with the hub alone: nothing is passed from one client to
 * another. The broker matches no filter: which topics a client hears is the face's to decide.
 */
export interface BrokerFace {
  readonly name: string
  /**
   * Who the client with this user name is, when the name has the form of this face's clients; null when it has not. Decided by
   * the form alone, before any password is looked at. No two faces claim one name; a device id is the native protocol's.
   */
  clientOf(username: string): string | null
  /** It takes no client whose connection can be read by others on its way. */
  readonly encryptedOnly?: boolean
  /** User properties of a CONNECT (MQTT 5, 3.1.2.11.8) of a client that is claimed, before it is authenticated. */
  connecting?(client: string, properties: Readonly<Record<string, string | readonly string[]>>): void
  /** True if it is this client. A rejection counts as “the hub cannot say now”. */
  authenticate(client: string, password: string, certificate: PeerCertificate | null): Promise<boolean>
  /** Filters it may subscribe to. */
  maySubscribe(client: string, filter: string): boolean
  mayPublish(client: string, topic: string): boolean
  /** Topics on which the hub speaks to it. */
  mayHear(client: string, topic: string): boolean
  /** While a returned promise is pending, no more is read from that client. */
  received(client: string, topic: string, payload: Uint8Array, properties?: MessageProperties): void | Promise<void>
  /** The client listens now: after its first SUBSCRIBE, not already after CONNECT. */
  listening(client: string): void
  silent(client: string): void
  /** All that the client has subscribed to by now, whenever that changes; before `listening`. */
  subscribed?(client: string, filters: readonly string[]): void
  /** MQTT 5, 3.2.2.3.15: the topic for answers to a client that asks for it when it connects. */
  responseInformation?(client: string): string
}

/** The broker, as a face sees it. Clients of other faces are not there. */
export interface FaceBroker {
  /**
   * Hands one message to the client's connection; resolves when the connection has taken it, which says nothing about the
   * client. Messages to one client keep their order.
   * @throws OutsideError `device-not-connected`, also when the client reads too slowly and was cut
   */
  publish(client: string, topic: string, payload: Uint8Array, properties?: MessageProperties): Promise<void>
  /** True if the client is connected and listens. */
  connected(client: string): boolean
  /** Closes the client's connection, if it has one. */
  disconnect(client: string): void
}
