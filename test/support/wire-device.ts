import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import {
  connectPassword,
  connectStatement,
  decodeDown,
  digestBytes,
  encode,
  enrolStatement,
  parseManifest,
  topics,
  type Ack,
  type Capabilities,
  type DownMessage,
  type Manifest,
  type Offer,
  type UpBody,
} from '@sutler/wire'
import { certificationRequest, requestInfo, toPem } from '@sutler/wire/der'
import { createMqttClient, type MqttClient } from '@sutler/wire/mqtt'
import { until } from './until.ts'

type Order = Exclude<DownMessage, Ack>

/** What a device of the household says of itself unless the test wants something else. */
const report: Omit<Capabilities, 'id'> = {
  t: 'capabilities',
  class: 'phone',
  hardware: { model: 'test', arch: 'x64', cpus: 1 },
  os: { name: 'linux', version: '6' },
  memory: { total: 1e9 },
  storage: { total: 1e10, free: 1e10 },
  runtimes: { node: '20.0.0' },
  features: [],
  tz: 'UTC',
  installed: [],
}

/** A hub on this machine as it is reached without TLS. */
export interface PlainHub {
  readonly url: string
  readonly plainMqtt: string
}

export interface StartOptions {
  readonly class?: string
  readonly serial?: string
  readonly now?: () => number
  readonly report?: Partial<Omit<Capabilities, 'id' | 't'>>
  /** Opens the connection that MQTT goes over. */
  readonly open?: () => Duplex
}

function openPlain({ plainMqtt }: PlainHub): Duplex {
  const { port, hostname } = new URL(plainMqtt)
  return connect(Number(port), hostname).setNoDelay(true)
}

/**
 * A device that does only what its test says, message by message, over real sockets. It acknowledges what it receives and
 * connects by the clock it is given; nothing is repeated or decided on its own.
 */
export class WireDevice {
  readonly id: string
  /** Everything received but acks, in order, each id once. */
  readonly received: Order[] = []
  readonly acks: Ack[] = []
  acknowledges = true
  readonly #hub: string
  readonly #at: PlainHub
  readonly #key: KeyObject
  readonly #now: () => number
  readonly #open: () => Duplex
  #lastTime = 0
  #report = report
  #count = 0
  #socket: Duplex | null = null
  #client: MqttClient | null = null

  private constructor(
    enrolled: { device: string; hub: string },
    at: PlainHub,
    key: KeyObject,
    { now = Date.now, open = () => openPlain(at) }: StartOptions,
  ) {
    this.id = enrolled.device
    this.#hub = enrolled.hub
    this.#at = at
    this.#key = key
    this.#now = now
    this.#open = open
  }

  /** Enrols with a claim of `hub`, connects, without TLS unless told otherwise, and reports what it is. */
  static async start(hub: PlainHub, claim: string, options: StartOptions = {}): Promise<WireDevice> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const key = publicKey.export({ type: 'spki', format: 'der' })
    const info = requestInfo('', key)
    const csr = toPem('CERTIFICATE REQUEST', certificationRequest(info, 'ed25519', sign(null, info, privateKey)))
    const serial = options.serial ?? randomBytes(8).toString('hex')
    const statement = enrolStatement(claim, serial, key.toString('base64url'))
    const signature = sign(null, Buffer.from(statement), privateKey).toString('base64url')
    const deviceClass = options.class ?? report.class
    const response = await fetch(`${hub.url}/api/v1/enrolments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ claim, serial, class: deviceClass, csr, signature }),
    })
    if (!response.ok) throw new Error(`enrolment: ${await response.text()}`)
    const enrolled = (await response.json()) as { device: string; hub: string }
    const device = new WireDevice(enrolled, hub, privateKey, options)
    await device.connect()
    await device.report({ class: deviceClass, ...options.report })
    return device
  }

  /** Says what it is once more, with these changes. */
  async report(changes: Partial<Omit<Capabilities, 'id' | 't'>>): Promise<void> {
    this.#report = { ...this.#report, ...changes }
    await this.say(this.#report)
  }

  /** Connects, subscribes and says hello; resolves when the hub has taken the hello. */
  async connect(): Promise<void> {
    const time = Math.max(this.#now(), this.#lastTime + 1)
    this.#lastTime = time
    const nonce = randomBytes(16).toString('base64url')
    const signature = sign(null, Buffer.from(connectStatement(this.#hub, this.id, time, nonce)), this.#key)
    const password = connectPassword(time, nonce, signature.toString('base64url'))
    const client = createMqttClient({ clientId: this.id, username: this.id, password, keepAliveSeconds: 0 })
    const socket = this.#open()
    socket.on('error', () => socket.destroy())
    this.#socket = socket
    this.#client = client
    const subscribed = new Promise<void>((resolve, reject) => {
      socket.on('close', () => reject(new Error('the hub closed the connection')))
      socket.on('data', (bytes) => this.#read(client, socket, bytes, resolve, reject))
    })
    socket.write(client.connect())
    await subscribed
    await this.say({ t: 'hello', versions: [1], agent: 'test', boot: nonce })
  }

  /** Cuts the connection, as a device that is switched off. */
  async disconnect(): Promise<void> {
    const socket = this.#socket
    this.#socket = null
    if (socket === null || socket.closed) return
    const closed = once(socket, 'close')
    socket.destroy()
    await closed
  }

  get connected(): boolean {
    return this.#socket !== null && !this.#socket.destroyed
  }

  /** Sends a message and waits for its ack. @returns its error code, or null */
  async say(body: UpBody): Promise<string | null> {
    const id = `m${++this.#count}`
    this.send(encode({ id, ...body }))
    const ack = await until(() => this.acks.find(({ re }) => re.includes(id)), {
      deadline: 30_000,
      what: `ack of ${id}`,
    })
    return ack.error ?? null
  }

  /** Publishes these bytes as they are. */
  send(bytes: Uint8Array): void {
    this.#socket!.write(this.#client!.publish(topics(this.id).up, bytes).bytes)
  }

  /** The offer, removal or cancellation of this type and delivery, once it comes. */
  wait<T extends Order['t']>(t: T, delivery: string): Promise<Extract<Order, { t: T }>> {
    const wanted = (message: Order): message is Extract<Order, { t: T }> =>
      message.t === t && 'delivery' in message && message.delivery === delivery
    return until(() => this.received.find(wanted), { deadline: 30_000, what: `${t} of ${delivery}` })
  }

  /** Fetches the manifest of an offer by its link. */
  async manifest({ link, manifest }: Offer): Promise<Manifest> {
    const digest = Buffer.from(manifest.digest).toString('hex')
    const base = link.base.startsWith('https:') ? this.#at.url + new URL(link.base).pathname : link.base
    const response = await fetch(`${base}/${digest}?${link.query}`)
    const text = await response.text()
    if (!response.ok) throw new Error(text)
    if (createHash('sha256').update(text).digest('hex') !== digest) throw new Error('the manifest has another digest')
    return parseManifest(text)
  }

  /**
   * Accepts the offer and reports its whole, healthy install.
   * @param accepted waited for in between: the hub makes one event of what it hears at once
   * @returns the ack's error code, or null
   */
  async prove(offer: Offer, accepted: () => Promise<unknown> = async () => null): Promise<string | null> {
    const { files } = await this.manifest(offer)
    await this.say({ t: 'accept', delivery: offer.delivery })
    await accepted()
    const digests = files.map((file) => digestBytes(file.digest))
    return this.say({ t: 'outcome', delivery: offer.delivery, result: 'installed', digests, health: { ok: true } })
  }

  /** Accepts an offer or a removal and reports that it failed. */
  async fail(delivery: string): Promise<void> {
    await this.say({ t: 'accept', delivery })
    const health = { ok: false, detail: 'no picture' }
    await this.say({ t: 'outcome', delivery, result: 'failed', digests: [], health, error: 'health-check-failed' })
  }

  /** Waits for the removal, accepts it and reports that it is done. */
  async remove(delivery: string): Promise<void> {
    await this.wait('remove', delivery)
    await this.say({ t: 'accept', delivery })
    await this.say({ t: 'outcome', delivery, result: 'removed', digests: [], health: { ok: true } })
  }

  #read(client: MqttClient, socket: Duplex, bytes: Uint8Array, ready: () => void, refused: (why: Error) => void): void {
    for (const event of client.receive(bytes)) {
      if (event.kind === 'connected') socket.write(client.subscribe(topics(this.id).down))
      else if (event.kind === 'refused') refused(new Error(`refused with ${event.code}`))
      else if (event.kind === 'subscribed') ready()
      else if (event.kind === 'message') {
        if (event.id !== 0) socket.write(client.puback(event.id))
        this.#take(decodeDown(event.payload))
      }
    }
  }

  #take(message: DownMessage): void {
    if (message.t === 'ack') {
      this.acks.push(message)
      return
    }
    if (!this.received.some(({ id }) => id === message.id)) this.received.push(message)
    if (this.acknowledges) this.send(encode({ t: 'ack', re: [message.id] }))
  }
}
