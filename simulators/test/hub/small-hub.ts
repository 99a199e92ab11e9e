import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeUp, digestBytes, encode, enrolStatement } from '@sutler/wire'
import type { Capabilities, DownMessage, Outcome, UpMessage } from '@sutler/wire'
import { derChildren, fromPem, readDer } from '@sutler/wire/der'
import { startBroker, verified } from './broker.ts'
import type { Broker, BrokerHost } from './broker.ts'
import { Catalogue } from './catalogue.ts'
import { problem, startWeb } from './web.ts'
import type { Reply, WebHost } from './web.ts'

/** A device as the test hub knows it. */
export interface KnownDevice {
  readonly id: string
  readonly serial: string
  readonly class: string
  readonly publicKey: string
  readonly household: string
  online: boolean
  report: Capabilities | null
  /** Messages not acknowledged by the device. */
  readonly queue: Map<string, DownMessage>
  /** Ids of messages taken from the device. */
  readonly seen: Set<string>
  repeats: number
  readonly outcomes: Map<string, Outcome>
  readonly declines: Map<string, string>
}

interface Order {
  readonly deliveries: { device: KnownDevice; delivery: string }[]
}

/** The hub's part of the native protocol and the few REST routes a fleet needs, in memory: enough to test a fleet with. */
export class SmallHub implements BrokerHost, WebHost {
  readonly catalogue = new Catalogue()
  readonly devices = new Map<string, KnownDevice>()
  readonly token = 'sut_test'
  readonly orders = new Map<string, Order>()
  readonly id = 'hub-test'
  /** Links given out with an offer for the first time are refused as expired. */
  expireFirstLinks = false
  #claims = new Map<string, { household: string; uses: number }>()
  #byKey = new Map<string, KnownDevice>()
  #households = 0
  #given = 0
  #renewed = new Set<string>()
  #broker!: Broker
  #web!: Server

  async start(): Promise<this> {
    this.#broker = await startBroker(this.id, this)
    this.#web = await startWeb(this)
    return this
  }

  async stop(): Promise<void> {
    await this.#broker.stop()
    this.#web.closeAllConnections()
    await new Promise<void>((resolve) => this.#web.close(() => resolve()))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#web.address() as AddressInfo).port}`
  }

  createClaim(household: string, uses: number): string {
    const claim = `clm_${++this.#given}`
    this.#claims.set(claim, { household, uses })
    return claim
  }

  /** Queues a message for a device and sends it when the device is online. @returns its id */
  send(device: KnownDevice, message: DownMessage): void {
    if ('id' in message) device.queue.set(message.id, message)
    if (device.online) this.#broker.publish(device.id, encode(message))
  }

  nextId(): string {
    return String(++this.#given)
  }

  /** Offers a version to a device. @returns the delivery, or null when it has no component for the device's class */
  offer(device: KnownDevice, service: string, version: string, epoch: number, again?: string): string | null {
    const component = this.catalogue.component(service, version, device.class)
    if (!component) return null
    const delivery = again ?? `dlv-${++this.#given}`
    const expires = this.expireFirstLinks && !again ? 0 : Math.floor(Date.now() / 1000) + 600
    const link = { base: `${this.url}/files/${component.digest}`, query: `d=${device.id}&e=${expires}`, expires }
    const manifest = { digest: digestBytes(component.digest), size: Buffer.byteLength(component.text) }
    const what = { service, version, component: component.name, manifest, files: component.manifest.files.length }
    this.send(device, { id: this.nextId(), t: 'offer', delivery, epoch, ...what, bytes: component.bytes, link })
    return delivery
  }

  // BrokerHost

  publicKeyOf(device: string): string | null {
    return this.devices.get(device)?.publicKey ?? null
  }

  subscribed(id: string): void {
    const device = this.devices.get(id)!
    device.online = true
    for (const message of device.queue.values()) this.#broker.publish(id, encode(message))
  }

  left(id: string): void {
    const device = this.devices.get(id)
    if (device) device.online = false
  }

  received(id: string, payload: Uint8Array): void {
    const device = this.devices.get(id)!
    const message = decodeUp(payload)
    if (message.t === 'ack') {
      for (const taken of message.re) device.queue.delete(taken)
      return
    }
    if (device.seen.has(message.id)) device.repeats++
    else this.#take(device, message)
    device.seen.add(message.id)
    this.send(device, { t: 'ack', re: [message.id] })
  }

  #take(device: KnownDevice, message: UpMessage): void {
    switch (message.t) {
      case 'capabilities':
        device.report = message
        break
      case 'decline':
        device.declines.set(message.delivery, message.reason)
        break
      case 'outcome':
        device.outcomes.set(message.delivery, message)
        break
      case 'renew': {
        if (this.#renewed.has(message.delivery)) break
        this.#renewed.add(message.delivery)
        const [service, version, epoch] = this.#offered.get(message.delivery)!
        this.offer(device, service, version, epoch, message.delivery)
      }
    }
  }

  readonly #offered = new Map<string, [service: string, version: string, epoch: number]>()

  // WebHost

  answer(method: string, path: string, body: Record<string, unknown>, token: string): Reply | null {
    if (path === '/healthz') {
      return { status: 200, body: { status: 'ok', time: new Date().toISOString(), hub: this.id } }
    }
    if (path === '/api/v1/enrolments') return this.#enrol(body)
    if (token !== this.token) return problem(401, 'not-authenticated', 'log in')
    if (path === '/api/v1/households') return { status: 201, body: { id: `hh-${++this.#households}` } }
    if (path === '/api/v1/claims') {
      const claim = this.createClaim(String(body.household), Number(body.uses))
      return { status: 201, body: { id: claim, claim } }
    }
    if (path === '/api/v1/orders' && method === 'POST') return this.#order(body)
    const order = this.orders.get(path.replace('/api/v1/orders/', ''))
    return order ? { status: 200, body: { id: path.slice(15), state: this.#stateOf(order) } } : null
  }

  file(manifest: string, digest: string, query: URLSearchParams): Buffer | 'expired' | null {
    if (Number(query.get('e')) < Date.now() / 1000) return 'expired'
    const known = this.catalogue.blobs.get(manifest)?.toString() ?? ''
    return manifest === digest || known.includes(digest) ? (this.catalogue.blobs.get(digest) ?? null) : null
  }

  #enrol(body: Record<string, unknown>): Reply {
    const { claim, serial, csr, signature } = body as Record<string, string>
    const publicKey = keyOf(csr!)
    const found = this.#claims.get(claim!)
    const signed = verified(publicKey, enrolStatement(claim!, serial!, publicKey), signature!)
    const known = this.#byKey.get(publicKey)
    if (!found || !signed || (!known && found.uses-- <= 0))
      return problem(403, 'claim-refused', 'the claim is not valid')
    const device = known ?? this.#addDevice(body, publicKey, found.household)
    const answer = {
      device: device.id,
      hub: this.id,
      mqtt: this.#broker.url,
      household: device.household,
      certificate: '',
    }
    return { status: known ? 200 : 201, body: answer }
  }

  #addDevice(body: Record<string, unknown>, publicKey: string, household: string): KnownDevice {
    const { serial } = body as Record<string, string>
    const device: KnownDevice = {
      id: `dev-${String(this.devices.size + 1).padStart(8, '0')}`,
      serial: serial!,
      class: String(body.class),
      publicKey,
      household,
      online: false,
      report: null,
      queue: new Map(),
      seen: new Set(),
      repeats: 0,
      outcomes: new Map(),
      declines: new Map(),
    }
    this.devices.set(device.id, device)
    this.#byKey.set(publicKey, device)
    return device
  }

  #order(body: Record<string, unknown>): Reply {
    const { service, version = '1.0.0' } = (body.items as { service: string; version?: string }[])[0]!
    const members = [...this.devices.values()].filter((device) => device.household === body.household)
    const order: Order = { deliveries: [] }
    for (const device of members) {
      const epoch = device.outcomes.size + 1
      const delivery = this.offer(device, service, version, epoch)
      if (delivery === null) continue
      this.#offered.set(delivery, [service, version, epoch])
      order.deliveries.push({ device, delivery })
    }
    const id = `ord-${++this.#given}`
    this.orders.set(id, order)
    return { status: 201, body: { id, state: 'acknowledged' } }
  }

  #stateOf({ deliveries }: Order): string {
    const ended = ({ device, delivery }: Order['deliveries'][number]): boolean =>
      device.outcomes.has(delivery) || device.declines.has(delivery)
    if (!deliveries.every(ended)) return 'inProgress'
    const good = deliveries.every(({ device, delivery }) => device.outcomes.get(delivery)?.result === 'installed')
    return good ? 'completed' : 'failed'
  }
}

/** SubjectPublicKeyInfo of a certification request, base64url. */
function keyOf(csr: string): string {
  const [info] = derChildren(readDer(fromPem('CERTIFICATE REQUEST', csr)[0]!))
  return Buffer.from(derChildren(info!)[2]!.whole).toString('base64url')
}
