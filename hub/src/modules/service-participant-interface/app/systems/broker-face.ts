import type { Principal } from '../../../../platform/access.ts'
import type { Log } from '../../../../platform/log.ts'
import type { BrokerFace, FaceBroker } from '../../../../platform/mqtt/face.ts'
import { filterCovers, isFilter } from '../../../../platform/mqtt/topic-filter.ts'
import { filterMistake } from '../../domain/event-filter.ts'
import { eventTopic, isEventFilter } from '../../domain/event-topic.ts'
import { cloudEvent, type LoggedEvent } from '../../domain/logged-event.ts'
import type { Feed, Listening } from '../feed.ts'

/** Filters of one connection. */
const mostFilters = 100
/** Connections that have said how they want to be told, and are not let in yet. */
const mostConnecting = 1_000
/** Systems that are known at a time; of those that listen to nothing the oldest are forgotten first. */
const mostKnown = 10_000

export interface SystemsDependencies {
  readonly log: Log
  readonly publicUrl: () => string
  /** Who a system is, by the id of its API key and the key itself. */
  readonly authenticateSystem: (keyId: string, key: string) => Promise<Principal | null>
  readonly mayListen: (principal: Principal) => boolean
}

const properties = { contentType: 'application/cloudevents+json; charset=utf-8' }

interface System {
  readonly principal: Principal
  readonly filter: string
  filters: readonly string[]
  listening: Promise<Listening> | null
}

/**
 * Systems that hear of events over MQTT: user name `system:<id of the API key>`, and `:<name>` behind it for a second connection
 * with the same key; the key as password. A doorbell: what happens while a system is away it reads from the event stream, by the
 * id of the last event that it was told of.
 */
export class SystemsFace implements BrokerFace {
  readonly name = 'systems'
  readonly encryptedOnly = true
  readonly #deps: SystemsDependencies
  readonly #feed: Feed
  readonly #systems = new Map<string, System>()
  /** CEL filters of those that connect. */
  readonly #wanted = new Map<string, string>()
  readonly #payloads = new WeakMap<LoggedEvent, Buffer>()
  #broker: FaceBroker | null = null

  constructor(deps: SystemsDependencies, feed: Feed) {
    this.#deps = deps
    this.#feed = feed
  }

  join(broker: { add(face: BrokerFace): FaceBroker }): void {
    this.#broker = broker.add(this)
  }

  clientOf(username: string): string | null {
    return /^system:key-[a-z0-9]{1,60}(:[\w-]{1,32})?$/.test(username) ? username : null
  }

  connecting(client: string, { filter }: Readonly<Record<string, string | readonly string[]>>): void {
    this.#wanted.delete(client)
    if (filter === undefined) return
    this.#wanted.set(client, String(filter))
    if (this.#wanted.size > mostConnecting) this.#wanted.delete(this.#wanted.keys().next().value!)
  }

  async authenticate(client: string, password: string): Promise<boolean> {
    const filter = this.#wanted.get(client) ?? ''
    this.#wanted.delete(client)
    const principal = await this.#deps.authenticateSystem(client.split(':')[1]!, password)
    if (principal === null || !this.#deps.mayListen(principal)) return false
    const mistake = filterMistake(filter)
    if (mistake !== null) {
      this.#deps.log.info({ client, mistake }, 'a system wants to be told by a filter that cannot be used')
      return false
    }
    this.#leave(client)
    this.#systems.delete(client)
    this.#systems.set(client, { principal, filter, filters: [], listening: null })
    if (this.#systems.size > mostKnown) this.#forgetOne()
    return true
  }

  #forgetOne(): void {
    for (const [client, { listening }] of this.#systems)
      if (listening === null) return void this.#systems.delete(client)
  }

  maySubscribe(client: string, filter: string): boolean {
    const system = this.#systems.get(client)
    if (system === undefined || !isFilter(filter) || !isEventFilter(filter)) return false
    return system.filters.includes(filter) || system.filters.length < mostFilters
  }

  mayPublish(): boolean {
    return false
  }

  mayHear(client: string, topic: string): boolean {
    return this.#systems.get(client)?.filters.some((filter) => filterCovers(filter, topic)) ?? false
  }

  received(): void {}

  subscribed(client: string, filters: readonly string[]): void {
    const system = this.#systems.get(client)
    if (system !== undefined) system.filters = filters
  }

  listening(client: string): void {
    const system = this.#systems.get(client)
    if (system === undefined || system.listening !== null) return
    system.listening = this.#feed.listen(
      system.principal,
      { types: [], filter: system.filter },
      {
        events: (events) => this.#tell(client, system, events),
        ended: () => this.#broker?.disconnect(client),
      },
    )
    system.listening.catch((error: unknown) => {
      this.#deps.log.warn({ err: error, client }, 'a system could not be told of events; it is cut, and comes back')
      this.#broker?.disconnect(client)
    })
  }

  silent(client: string): void {
    this.#leave(client)
  }

  #leave(client: string): void {
    const system = this.#systems.get(client)
    if (system === undefined) return
    void system.listening?.then(
      ({ stop }) => stop(),
      () => {},
    )
    system.listening = null
  }

  #tell(client: string, system: System, events: readonly LoggedEvent[]): void {
    for (const event of events) {
      const topic = eventTopic(event)
      if (!system.filters.some((filter) => filterCovers(filter, topic))) continue
      // One that reads too slowly is cut; it then reads from the stream what it has missed.
      this.#broker?.publish(client, topic, this.#payloadOf(event), properties).catch(() => {})
    }
  }

  /** Written once for all that hear of it. */
  #payloadOf(event: LoggedEvent): Buffer {
    const known = this.#payloads.get(event)
    if (known !== undefined) return known
    const payload = Buffer.from(JSON.stringify(cloudEvent(event, this.#deps.publicUrl())))
    this.#payloads.set(event, payload)
    return payload
  }
}
