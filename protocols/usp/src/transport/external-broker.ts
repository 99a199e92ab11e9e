import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt'
import { limits, mqttVersion } from '../wire/index.ts'
import { agentTopic, controllerTopic, endpointId, isRecord } from './endpoints.ts'
import type { Door, Link, LinkEvents, UspTransport } from './transport.ts'

export interface ExternalBrokerOptions {
  /** `mqtts://user:password@broker.example:8883`, or `mqtt://…` */
  readonly url: string
  /** The hub's endpoint id (R-MQTT.13). */
  readonly controller: string
  /** Of the broker's authority, PEM; absent = the system's. */
  readonly authority?: string
  readonly onProblem?: (detail: string, cause?: unknown) => void
}

const filter = 'usp/+/controller/#'
/** Agents of which a first record is being looked at, and records that wait for it. */
const bounds = { agents: 1024, records: 16 } as const

/**
 * Agents over MQTT 5 on a broker of the operator's. The broker authenticates them and lets each publish to
 * `usp/<user name>/controller` only: the topic says who it was.
 */
export class ExternalBrokerTransport implements UspTransport {
  readonly name = 'mqtt5'
  readonly #options: ExternalBrokerOptions
  readonly #links = new Map<string, LinkEvents>()
  /** What came before it was known whether the agent is let in. */
  readonly #asking = new Map<string, Uint8Array[]>()
  #client: MqttClient | null = null
  #door: Door | null = null

  constructor(options: ExternalBrokerOptions) {
    this.#options = options
  }

  /** Does not wait for the broker: it may come later than the hub. */
  async start(door: Door): Promise<void> {
    this.#door = door
    const { url, controller, authority } = this.#options
    const options: IClientOptions = {
      protocolVersion: 5,
      clientId: `sutler-${controller.replaceAll(/[^A-Za-z0-9]/g, '-')}`.slice(0, 60),
      clean: true,
      properties: { userProperties: { 'usp-endpoint-id': controller }, maximumPacketSize: limits.recordBytes + 4096 },
      reconnectPeriod: 5_000,
      ...(authority !== undefined && { ca: authority }),
    }
    const client = connect(url, options)
    this.#client = client
    client.on('error', (error) => this.#problem('the external broker', error))
    client.on('connect', () => client.subscribe(filter, { qos: 1 }, (error) => error && this.#problem(filter, error)))
    client.on('close', () => this.#lost())
    client.on('message', (topic, payload, packet) => this.#received(topic, payload, packet))
  }

  async stop(): Promise<void> {
    this.#door = null
    this.#lost()
    await this.#client?.endAsync(true)
    this.#client = null
  }

  /** For readiness. */
  get connected(): boolean {
    return this.#client?.connected === true
  }

  async knock(endpoint: string): Promise<void> {
    if (!this.connected || !endpointId.test(endpoint) || this.#links.has(endpoint) || this.#asking.has(endpoint)) return
    this.#asking.set(endpoint, [])
    await this.#admit(endpoint)
  }

  #received(topic: string, payload: Uint8Array, { retain, properties }: IPublishPacket): void {
    const endpoint = /^usp\/([^/]+)\/controller(?:\/.*)?$/.exec(topic)?.[1] ?? ''
    // [R-MQTT.27a] What is retained is of another time; what is of another type is no record.
    if (retain || !endpointId.test(endpoint) || !isRecord(properties?.contentType ?? '')) return
    const link = this.#links.get(endpoint)
    if (link) return link.record(payload)
    const waiting = this.#asking.get(endpoint)
    if (waiting) {
      if (waiting.length < bounds.records) waiting.push(payload)
    } else if (this.#asking.size < bounds.agents) {
      this.#asking.set(endpoint, [payload])
      void this.#admit(endpoint)
    }
  }

  async #admit(endpoint: string): Promise<void> {
    try {
      const admitted = await this.#door?.admit(endpoint, { preShared: endpoint }, new URL(this.#options.url).host)
      if (!admitted || !this.#door || this.#links.has(endpoint)) return
      const events = this.#door.connected(this.#link(endpoint), admitted)
      this.#links.set(endpoint, events)
      for (const record of this.#asking.get(endpoint) ?? []) events.record(record)
    } catch (error) {
      this.#problem(endpoint, error)
    } finally {
      this.#asking.delete(endpoint)
    }
  }

  #link(endpoint: string): Link {
    const properties = { contentType: 'usp.msg', responseTopic: controllerTopic(endpoint) }
    return {
      transport: this.name,
      endpoint,
      connectRecord: {
        case: 'mqttConnect',
        value: { version: mqttVersion.v5, subscribedTopic: controllerTopic(endpoint) },
      },
      recordLimit: 256 * 1024,
      send: async (record) => {
        if (!this.#client?.connected) throw new Error('the external broker is not connected')
        await this.#client.publishAsync(agentTopic(endpoint), Buffer.from(record), { qos: 1, properties })
      },
      close: (unreadable) => {
        if (!unreadable) this.#forget(endpoint)
      },
    }
  }

  #forget(endpoint: string): void {
    const link = this.#links.get(endpoint)
    this.#links.delete(endpoint)
    link?.closed()
  }

  #lost(): void {
    for (const endpoint of this.#links.keys()) this.#forget(endpoint)
  }

  #problem(detail: string, cause: unknown): void {
    this.#options.onProblem?.(detail, cause)
  }
}
