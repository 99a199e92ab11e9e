import {
  acknowledgeDown,
  createDeviceSession,
  decodeDown,
  decodeUp,
  dueMessages,
  encode,
  limits,
  queueUp,
  receiveDown,
  restoreDeviceSession,
  saveDeviceSession,
  sessionConnected,
} from '../index.ts'
import { LossyChannel } from './channel.ts'
import type { DeviceSession, DownMessage, Offer } from '../index.ts'

/** A device that installs at once; what it has done survives `restart`, what it has not saved does not. */
export class ModelDevice {
  session: DeviceSession = createDeviceSession('start-0')
  /** Service → version in place. */
  readonly installed = new Map<string, string>()
  readonly up = new LossyChannel()
  #starts = 0
  #saved = saveDeviceSession(this.session)

  connect(): void {
    sessionConnected(this.session)
    queueUp(this.session, { t: 'hello', versions: [1], agent: 'model/1', boot: this.session.boot })
  }

  restart(): void {
    this.#starts++
    this.session = restoreDeviceSession(this.#saved, `start-${this.#starts}`)
    this.connect()
  }

  receive(bytes: Uint8Array): void {
    const received = receiveDown(this.session, decodeDown(bytes))
    if (received.kind === 'new' || received.kind === 'again') {
      if (received.message.t === 'offer') this.#install(received.message)
      acknowledgeDown(this.session, received.message.id)
    }
    this.#saved = saveDeviceSession(this.session)
  }

  send(now: number): void {
    this.up.put(dueMessages(this.session, now))
  }

  #install(offer: Offer): void {
    this.installed.set(offer.service, offer.version)
    queueUp(this.session, { t: 'accept', delivery: offer.delivery })
    const result = { result: 'installed', digests: [offer.manifest.digest], health: { ok: true } } as const
    queueUp(this.session, { t: 'outcome', delivery: offer.delivery, ...result })
  }
}

/** A hub that keeps its queue until acknowledged, sends the oldest 16, and remembers what it has taken. */
export class ModelHub {
  readonly down = new LossyChannel()
  /** Delivery → what the device said of it last. */
  readonly results = new Map<string, string>()
  readonly #queue: { id: string; message: DownMessage; sentAt: number | null }[] = []
  readonly #taken = new Set<string>()
  #acks: string[] = []

  get queued(): number {
    return this.#queue.length
  }

  order(message: DownMessage & { readonly id: string }): void {
    this.#queue.push({ id: message.id, message, sentAt: null })
  }

  receive(bytes: Uint8Array): void {
    const message = decodeUp(bytes)
    if (message.t === 'ack') {
      for (const id of message.re) this.#leave(id)
      return
    }
    this.#acks.push(message.id)
    if (message.t === 'hello') for (const entry of this.#queue) entry.sentAt = null
    if (this.#taken.has(message.id)) return
    this.#taken.add(message.id)
    if (message.t === 'outcome') this.results.set(message.delivery, message.result)
    if (message.t === 'decline') this.results.set(message.delivery, message.reason)
  }

  send(now: number): void {
    if (this.#acks.length > 0) this.down.put([encode({ t: 'ack', re: this.#acks.splice(0, limits.acknowledgedIds) })])
    for (const entry of this.#queue.slice(0, limits.unacknowledged)) {
      if (entry.sentAt !== null && now - entry.sentAt < limits.resendMilliseconds) continue
      entry.sentAt = now
      this.down.put([encode(entry.message)])
    }
  }

  #leave(id: string): void {
    const at = this.#queue.findIndex((entry) => entry.id === id)
    if (at !== -1) this.#queue.splice(at, 1)
  }
}
