import { dueMessages, limits, nextDueAt, sessionConnected, topics } from '@sutler/wire'
import { createMqttClient } from '@sutler/wire/mqtt'
import type { MqttClient, MqttEvent } from '@sutler/wire/mqtt'
import type { Desk } from './desk.ts'
import { AgentError, reasonOf } from './errors.ts'
import type { FilesOverMqtt } from './files-over-mqtt.ts'
import type { Clock, Socket, Sockets } from './platform.ts'

export interface LinkOptions {
  readonly clock: Clock
  readonly sockets: Sockets
  readonly desk: Desk
  readonly url: string
  readonly device: string
  readonly password: string
  readonly keepAliveSeconds: number
  readonly connectTimeout: number
  /** Null where files are fetched over HTTP. */
  readonly files: FilesOverMqtt | null
  /** Subscribed: messages flow from now on. */
  readonly onReady: () => void
  readonly onMessage: (payload: Uint8Array) => void
}

/** How a link ended. `refused` = CONNACK's return code, when that was it. */
export interface LinkEnd {
  readonly reason: string
  readonly refused: number | null
  /** By the agent's own will. */
  readonly left?: boolean
}

/** Resolves when the link has ended, by the network, the hub or `stop`. */
export async function holdLink(options: LinkOptions, stop: AbortSignal): Promise<LinkEnd> {
  const link = new Link(options)
  const leave = (): void => link.leave()
  stop.addEventListener('abort', leave)
  try {
    return await link.run()
  } finally {
    stop.removeEventListener('abort', leave)
  }
}

/** One MQTT connection, from its socket to its end. */
class Link {
  private readonly options: LinkOptions
  private readonly mqtt: MqttClient
  private socket: Socket | null = null
  private ready = false
  private left = false
  private cancelTimer = (): void => undefined
  private end: (end: LinkEnd) => void = () => undefined

  constructor(options: LinkOptions) {
    const { device, password, keepAliveSeconds } = options
    this.options = options
    this.mqtt = createMqttClient({ clientId: device, username: device, password, keepAliveSeconds })
  }

  async run(): Promise<LinkEnd> {
    const { sockets, url, connectTimeout, desk } = this.options
    const ended = new Promise<LinkEnd>((resolve) => (this.end = resolve))
    try {
      this.socket = await sockets.connect(url, connectTimeout, {
        data: (bytes) => this.receive(bytes),
        closed: (reason) => this.end({ reason, refused: null }),
      })
    } catch (error) {
      return { reason: reasonOf(error), refused: null }
    }
    this.socket.write(this.mqtt.connect())
    if (this.left) this.leave()
    desk.onSendable = () => this.send()
    this.tick()
    try {
      return await ended
    } finally {
      this.options.files?.closed()
      desk.onSendable = () => undefined
      this.cancelTimer()
      this.socket.close()
    }
  }

  /** Says good-bye and closes. */
  leave(): void {
    this.left = true
    this.socket?.write(this.mqtt.disconnect())
    this.end({ reason: 'the agent leaves', refused: null, left: true })
  }

  private receive(bytes: Uint8Array): void {
    try {
      for (const event of this.mqtt.receive(bytes)) this.take(event)
    } catch (error) {
      this.end({ reason: reasonOf(error), refused: null })
    }
  }

  private take(event: MqttEvent): void {
    const { device, desk, files, onReady, onMessage } = this.options
    switch (event.kind) {
      case 'connected':
        return this.socket!.write(this.mqtt.subscribe(topics(device).down))
      case 'refused':
        return this.end({ reason: `the hub refused the connection (${event.code})`, refused: event.code })
      case 'subscribed':
        if (!event.granted) throw new AgentError('network', 'the hub refused the subscription')
        this.ready = true
        sessionConnected(desk.session)
        onReady()
        files?.opened((payload) => this.socket!.write(this.mqtt.publish(topics(device).up, payload).bytes))
        return this.send()
      case 'message':
        if (!files?.arrived(event.payload)) onMessage(event.payload)
        if (event.id !== 0) this.socket!.write(this.mqtt.puback(event.id))
        return undefined
      case 'published':
        return this.send()
      case 'pong':
        return undefined
    }
  }

  /** Publishes what is due, unless something the session holds is not durable yet. */
  private send(): void {
    const { desk, clock, device } = this.options
    if (!this.ready || !desk.sendable || this.mqtt.inFlight >= limits.unacknowledged) return
    for (const message of dueMessages(desk.session, clock.monotonic())) {
      this.socket!.write(this.mqtt.publish(topics(device).up, message).bytes)
    }
    this.arm()
  }

  /** Keeps the connection alive and comes back when the next message is due. */
  private tick(): void {
    const { clock } = this.options
    const due = this.mqtt.tick(clock.monotonic())
    if (due === 'dead') return this.end({ reason: 'the hub is silent', refused: null })
    if (due !== null) this.socket!.write(due)
    this.arm()
    this.send()
  }

  private arm(): void {
    const { clock, desk, keepAliveSeconds } = this.options
    const regular = Math.min(keepAliveSeconds * 250, 5000)
    const next = (this.ready && desk.sendable ? nextDueAt(desk.session) : null) ?? Number.POSITIVE_INFINITY
    this.cancelTimer()
    this.cancelTimer = clock.after(Math.max(50, Math.min(regular, next - clock.monotonic())), () => this.tick())
  }
}
