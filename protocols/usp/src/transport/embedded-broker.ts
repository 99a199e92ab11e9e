import { mqttVersion } from '../wire/index.ts'
import { agentTopic, controllerTopic, endpointId, isRecord, withReplyTo } from './endpoints.ts'
import type { Admitted, Door, Link, LinkEvents, UspTransport } from './transport.ts'

/** The hub's own MQTT 3.1.1 broker, as this package needs it: it lets clients in, and speaks with each alone. */
export interface UspBroker {
  add(face: UspFace): {
    publish(client: string, topic: string, payload: Uint8Array, properties?: RecordProperties): Promise<void>
    connected(client: string): boolean
    disconnect(client: string): void
  }
}

/** What a record has beside it over MQTT 5 (R-MQTT.23, R-MQTT.27). */
interface RecordProperties {
  readonly contentType?: string
  readonly responseTopic?: string
}

export interface UspFace {
  readonly name: string
  clientOf(username: string): string | null
  authenticate(client: string, password: string, certificate: unknown): Promise<boolean>
  maySubscribe(client: string, filter: string): boolean
  mayPublish(client: string, topic: string): boolean
  mayHear(client: string, topic: string): boolean
  received(client: string, topic: string, payload: Uint8Array, properties?: RecordProperties): void
  listening(client: string): void
  silent(client: string): void
  responseInformation(client: string): string
}

/** Agents over MQTT 3.1.1 and 5 on the hub's broker. The user name is the endpoint id; topics are `usp/<endpoint id>/…`. */
export class EmbeddedBrokerTransport implements UspTransport, UspFace {
  readonly name = 'mqtt'
  readonly #broker: ReturnType<UspBroker['add']>
  readonly #recordLimit: number
  /** Who has been let in and does not listen yet, or does. */
  readonly #admitted = new Map<string, Admitted>()
  readonly #links = new Map<string, LinkEvents>()
  /** Agents that listen to all below their topic, which is how they listen over MQTT 3.1.1 (R-MQTT.15). */
  readonly #below = new Set<string>()
  #door: Door | null = null

  /** @param recordLimit bytes of one message on the broker, topic included */
  constructor(broker: UspBroker, recordLimit: number) {
    this.#recordLimit = recordLimit - 1024
    this.#broker = broker.add(this)
  }

  async start(door: Door): Promise<void> {
    this.#door = door
  }

  async stop(): Promise<void> {
    this.#door = null
    for (const client of this.#links.keys()) this.#broker.disconnect(client)
  }

  clientOf(username: string): string | null {
    return endpointId.test(username) ? username : null
  }

  async authenticate(client: string, password: string): Promise<boolean> {
    const admitted = await this.#door?.admit(client, { password, username: client }, 'mqtt')
    if (!admitted) return false
    this.#admitted.set(client, admitted)
    return true
  }

  /** An agent subscribes to its topic, or to all below it (R-MQTT.15); both are whole strings here. */
  maySubscribe(client: string, filter: string): boolean {
    const topic = agentTopic(client)
    if (filter === `${topic}/#`) this.#below.add(client)
    return filter === topic || filter === `${topic}/#`
  }

  /** [R-MQTT.21] */
  responseInformation(client: string): string {
    return agentTopic(client)
  }

  /** With where to reply to, which can only be its own topic (R-MQTT.24, R-MQTT.25), or without. */
  mayPublish(client: string, topic: string): boolean {
    const own = controllerTopic(client)
    if (topic === own) return true
    const replyTo = topic.startsWith(`${own}/reply-to=`) ? topic.slice(own.length + '/reply-to='.length) : null
    return replyTo !== null && decoded(replyTo) === agentTopic(client)
  }

  mayHear(client: string, topic: string): boolean {
    return topic === downTopic(client) || topic === agentTopic(client)
  }

  received(client: string, _topic: string, payload: Uint8Array, properties?: RecordProperties): void {
    // [R-MQTT.27a] What says that it is something else is no record.
    if (isRecord(properties?.contentType)) this.#links.get(client)?.record(payload)
  }

  listening(client: string): void {
    const admitted = this.#admitted.get(client)
    if (admitted && this.#door) this.#links.set(client, this.#door.connected(this.#link(client), admitted))
    else this.#broker.disconnect(client)
  }

  silent(client: string): void {
    const link = this.#links.get(client)
    this.#links.delete(client)
    this.#below.delete(client)
    link?.closed()
  }

  #link(endpoint: string): Link {
    const old = this.#below.has(endpoint)
    const topic = old ? downTopic(endpoint) : agentTopic(endpoint)
    const properties = { contentType: 'usp.msg', responseTopic: controllerTopic(endpoint) }
    return {
      transport: this.name,
      endpoint,
      connectRecord: {
        case: 'mqttConnect',
        value: { version: old ? mqttVersion.v311 : mqttVersion.v5, subscribedTopic: controllerTopic(endpoint) },
      },
      recordLimit: this.#recordLimit,
      send: (record) => this.#broker.publish(endpoint, topic, record, properties),
      close: (unreadable) => {
        // What cannot be read is dropped (MQTT binding, Handling Errors): the connection is of no other use, but stays.
        if (!unreadable) this.#broker.disconnect(endpoint)
      },
    }
  }
}

function downTopic(endpoint: string): string {
  return withReplyTo(agentTopic(endpoint), controllerTopic(endpoint))
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
