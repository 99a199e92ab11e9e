import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { createServer as createHttpServer } from 'node:http'
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server as TcpServer, Socket } from 'node:net'
import {
  connectStatement,
  decodeUp,
  digestBytes,
  encode,
  encodeChunk,
  enrolStatement,
  limits,
  readConnectPassword,
  topics,
} from '@sutler/wire'
import { derChildren, fromPem, readDer } from '@sutler/wire/der'
import type { Chunk, DownMessage, Fetch, Outcome, UpMessage } from '@sutler/wire'
import { Aedes } from 'aedes'
import type { AuthenticateError } from 'aedes'
import { sha256 } from './components.ts'
import type { Component } from './components.ts'
import { TrustDouble } from './trust-double.ts'

type FileFault = (digest: string, request: IncomingMessage, response: ServerResponse) => boolean

/** The device's view of a hub: a real broker, a real file server, the rules of the native protocol; no database. */
export class HubDouble {
  readonly id = 'hub-0123456789'
  /** Unused claims. */
  readonly claims = new Set<string>()
  readonly keys = new Map<string, Buffer>()
  /** Every up message once, by id, in the order of arrival. */
  readonly received: UpMessage[] = []
  /** Digest and Range of every file request. */
  readonly requests: { readonly digest: string; readonly range: string | undefined; readonly coding?: 'dcz' }[] = []
  readonly blobs = new Map<string, Buffer>()
  /** Patches content coded dcz, by `<digest of the older file> <digest of the newer>`. */
  readonly patches = new Map<string, Buffer>()
  /** Bytes of files and patches that were sent, heads not counted. */
  sent = 0
  /** Added to the true time to get the hub's. */
  clockAhead = 0
  /** Milliseconds a link is good for. */
  linkLife = 3_600_000
  /** Milliseconds that a certificate is good for. */
  certificateLife = 90 * 86_400_000
  /** Made so far. */
  certificates = 0
  /** Whether up messages are acknowledged. */
  acknowledges = true
  /** What was asked for over MQTT. */
  readonly fetches: Fetch[] = []
  /** What is sent in answer to a fetch: a chunk as it is or changed, nothing, or an error code, as from a hub that knows no chunks. */
  chunkFault: (chunk: Chunk, fetch: Fetch) => Chunk | null | string = (chunk) => chunk
  /** Answers a file request instead of the server when it returns true. */
  fileFault: FileFault = () => false
  /** Paths of requests for signed metadata, below /tuf/. */
  readonly metadataRequests: string[] = []
  trust!: TrustDouble
  connections = 0
  refusals = 0
  private readonly lastTime = new Map<string, number>()
  private readonly outputs: { readonly device: string; readonly message: Exclude<DownMessage, { t: 'ack' }> }[] = []
  private readonly sockets = new Set<Socket>()
  private readonly waiting = new Set<() => void>()
  private broker!: Aedes
  private tcp!: TcpServer
  private http!: HttpServer
  private nextOutput = 1

  static async start(): Promise<HubDouble> {
    const hub = new HubDouble()
    hub.trust = await TrustDouble.create(() => Math.floor(hub.now() / 1000))
    hub.broker = await Aedes.createBroker({
      authenticate: (client, user, password, done) => {
        const right = hub.authenticates(client.id, user, password?.toString() ?? '')
        if (!right) hub.refusals++
        done(right ? null : (Object.assign(new Error('no'), { returnCode: 5 }) as AuthenticateError), right)
      },
    })
    hub.broker.on('publish', (packet, client) => client && hub.take(client.id, packet.payload as Buffer))
    hub.tcp = createTcpServer((socket) => {
      hub.connections++
      hub.sockets.add(socket.setNoDelay())
      socket.on('close', () => hub.sockets.delete(socket)).on('error', () => undefined)
      hub.broker.handle(socket)
    })
    hub.http = createHttpServer((request, response) => void hub.answer(request, response))
    await new Promise<void>((resolve) => hub.tcp.listen(0, '127.0.0.1', resolve))
    await new Promise<void>((resolve) => hub.http.listen(0, '127.0.0.1', resolve))
    return hub
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.dropConnections()
    this.http.closeAllConnections()
    await new Promise<void>((resolve) => this.broker.close(() => resolve()))
    await new Promise((resolve) => this.tcp.close(resolve))
    await new Promise((resolve) => this.http.close(resolve))
  }

  /** So many enrolments are answered that a person has to agree first. */
  undecided = 0

  claim(): string {
    const claim = `clm_${randomBytes(16).toString('base64url')}`
    this.claims.add(claim)
    return claim
  }

  /** The one device that has enrolled. */
  get device(): string {
    const [device] = this.keys.keys()
    if (device === undefined) throw new Error('no device has enrolled')
    return device
  }

  dropConnections(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  now(): number {
    return Date.now() + this.clockAhead
  }

  publish(component: Component): void {
    this.trust.offer(component)
    for (const [digest, content] of component.blobs) this.blobs.set(digest, content)
  }

  /** Publishes a component and offers it. @returns the offer as sent */
  offer(component: Component, delivery: string, epoch: number): Extract<DownMessage, { t: 'offer' }> {
    this.publish(component)
    const offer = this.offerOf(component, delivery, epoch)
    this.send(offer)
    return offer
  }

  offerOf(component: Component, delivery: string, epoch: number): Extract<DownMessage, { t: 'offer' }> {
    const { service, version, component: name, files } = component.manifest
    const bytes = files.reduce((sum, file) => sum + file.size, 0)
    const manifest = { digest: digestBytes(component.manifestDigest), size: Buffer.byteLength(component.manifestText) }
    const link = this.linkTo(component.manifestDigest)
    const base = { id: this.outputId(), t: 'offer', delivery, epoch, service, version, component: name } as const
    return { ...base, manifest, files: files.length, bytes, link }
  }

  outputId(): string {
    return String(this.nextOutput++)
  }

  /** Queues a message to the device and sends it if it is connected; repeated at each hello until acknowledged. */
  send(message: Exclude<DownMessage, { t: 'ack' }>, device = this.device): void {
    this.outputs.push({ device, message })
    this.transmit(device, message)
  }

  transmit(device: string, message: DownMessage): void {
    this.publishTo(device, encode(message))
  }

  private publishTo(device: string, payload: Uint8Array): void {
    const packet = { cmd: 'publish', topic: topics(device).down, payload: Buffer.from(payload) } as const
    this.broker.publish({ ...packet, qos: 1, dup: false, retain: false }, () => undefined)
  }

  /** Whether the device has acknowledged everything sent to it. */
  get quiet(): boolean {
    return this.outputs.length === 0
  }

  /** The first up message that fits, now or within ten seconds. */
  up<T extends UpMessage>(fits: (message: UpMessage) => message is T): Promise<T> {
    return this.when(() => this.received.find(fits), 'an up message')
  }

  outcome(delivery: string): Promise<Outcome> {
    return this.up((message): message is Outcome => message.t === 'outcome' && message.delivery === delivery)
  }

  /** What `look` finds as soon as it finds something. */
  when<T>(look: () => T | undefined | false | null, what = 'a condition'): Promise<T> {
    return new Promise((resolve, reject) => {
      const look1 = (): void => {
        const found = look()
        if (found === undefined || found === false || found === null) return
        settle()
        resolve(found)
      }
      const late = setTimeout(() => {
        settle()
        reject(new Error(`${what} did not come; got ${JSON.stringify(this.received.slice(-12))}`))
      }, 10_000)
      const poll = setInterval(look1, 5)
      const settle = (): void => {
        clearTimeout(late)
        clearInterval(poll)
        this.waiting.delete(look1)
      }
      this.waiting.add(look1)
      look1()
    })
  }

  /** Nobody looks at it without TLS. */
  private certified() {
    const [now, end] = [this.now(), this.now() + this.certificateLife].map((time) => new Date(time).toISOString())
    return { certificate: `certificate ${++this.certificates}`, issuedAt: now, expiresAt: end }
  }

  private linkTo(manifestDigest: string): { base: string; query: string; expires: number } {
    const expires = Math.floor((this.now() + this.linkLife) / 1000)
    return { base: `${this.url}/files/${manifestDigest}`, query: `e=${expires}`, expires }
  }

  /** A chunk of what there is over HTTP. */
  private async give(device: string, fetched: Fetch): Promise<void> {
    this.fetches.push(fetched)
    const range = `bytes=${fetched.from}-`
    const response = await fetch(this.url + fetched.path, fetched.from > 0 ? { headers: { range } } : {})
    const bytes = new Uint8Array(await response.arrayBuffer())
    const status = response.status === 206 ? 200 : response.status
    const total = fetched.from + bytes.length
    const chunk = { re: fetched.id, status, from: fetched.from, total, bytes: bytes.subarray(0, limits.chunkBytes) }
    const sent = this.chunkFault(chunk, fetched)
    if (typeof sent === 'string') this.transmit(device, { t: 'ack', re: [fetched.id], error: sent })
    else if (sent !== null) this.publishTo(device, encodeChunk(sent))
    for (const look of this.waiting) look()
  }

  private authenticates(clientId: string, user: string | undefined, password: string): boolean {
    const key = this.keys.get(clientId)
    const parts = readConnectPassword(password)
    if (!key || !parts || user !== clientId) return false
    if (Math.abs(parts.time - this.now()) > 300_000 || parts.time <= (this.lastTime.get(clientId) ?? 0)) return false
    const statement = connectStatement(this.id, clientId, parts.time, parts.nonce)
    if (!verifies(key, statement, parts.signature)) return false
    this.lastTime.set(clientId, parts.time)
    return true
  }

  private take(device: string, payload: Buffer): void {
    const message = decodeUp(payload)
    if (message.t === 'fetch') void this.give(device, message)
    else if (message.t === 'ack') {
      for (const id of message.re) {
        const at = this.outputs.findIndex((output) => output.message.id === id)
        if (at >= 0) this.outputs.splice(at, 1)
      }
    } else {
      if (this.acknowledges) this.transmit(device, { t: 'ack', re: [message.id] })
      const known = this.received.some((earlier) => earlier.t !== 'ack' && earlier.id === message.id)
      if (!known) this.received.push(message)
      if (message.t === 'hello')
        for (const output of this.outputs) this.transmit(device, this.refreshed(output.message))
    }
    for (const look of this.waiting) look()
  }

  /** Links are made when an offer is sent, not when it is queued. */
  private refreshed<T extends DownMessage>(message: T): T {
    if (message.t !== 'offer') return message
    return { ...message, link: this.linkTo(message.link.base.slice(-64)) }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    if (url.pathname === '/healthz') {
      return json(response, 200, { status: 'ok', time: new Date(this.now()).toISOString(), hub: this.id })
    }
    if (url.pathname === '/api/v1/enrolments') return this.enrol(request, response)
    if (url.pathname.startsWith('/tuf/')) return this.metadata(url, response)
    if (url.pathname === '/api/v1/enrolments/renewals') return json(response, 201, this.certified())
    const [, , manifest = '', digest = ''] = url.pathname.split('/')
    if (!this.blobs.has(manifest)) return json(response, 404, { type: '/problems/not-found' })
    const patch = this.patchFor(digest, request)
    this.requests.push({ digest, range: request.headers.range, ...(patch && { coding: 'dcz' as const }) })
    const write = response.write.bind(response) as (bytes: Uint8Array, ...rest: never[]) => boolean
    const count = (bytes: unknown): void => void (this.sent += bytes instanceof Uint8Array ? bytes.length : 0)
    response.write = ((bytes: Uint8Array, ...rest: never[]) => (count(bytes), write(bytes, ...rest))) as never
    const end = response.end.bind(response) as (bytes?: Uint8Array, ...rest: never[]) => ServerResponse
    response.end = ((bytes?: Uint8Array, ...rest: never[]) => (count(bytes), end(bytes, ...rest))) as never
    if (Number(url.searchParams.get('e')) * 1000 <= this.now()) {
      return json(response, 403, { type: '/problems/link-expired', title: 'The link has expired' })
    }
    if (this.fileFault(digest, request, response)) return
    if (patch === undefined) return serveFile(this.blobs.get(digest), digest, request, response)
    response.setHeader('content-encoding', 'dcz')
    serveFile(patch, sha256(patch), request, response)
  }

  private patchFor(digest: string, { headers }: IncomingMessage): Buffer | undefined {
    const base64 = /^:(.*):$/.exec(String(headers['available-dictionary']))?.[1]
    if (base64 === undefined || headers['accept-encoding'] !== 'dcz') return undefined
    return this.patches.get(`${Buffer.from(base64, 'base64').toString('hex')} ${digest}`)
  }

  private async metadata({ pathname, searchParams }: URL, response: ServerResponse): Promise<void> {
    const path = pathname.slice('/tuf/'.length)
    this.metadataRequests.push(path)
    if (path.startsWith('assignments/') && Number(searchParams.get('e')) * 1000 <= this.now()) {
      return json(response, 403, { type: '/problems/link-expired', title: 'The link has expired' })
    }
    const bytes = await this.trust.answer(path, path.split('/')[1] ?? '')
    if (bytes === null) return json(response, 404, { type: '/problems/not-found' })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes)
  }

  private async enrol(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const { claim, serial, csr, signature } = JSON.parse(text) as Record<string, string>
    const key = keyOf(csr!)
    const publicKey = key.toString('base64url')
    const device = `dev-${key.subarray(-32).toString('hex').slice(0, 20)}`
    const known = this.keys.has(device)
    if (this.undecided > 0) {
      this.undecided--
      return json(response, 202, { ticket: 'enr-1', expiresAt: new Date(this.now()).toISOString() })
    }
    const proven = verifies(key, enrolStatement(claim!, serial!, publicKey), signature!)
    if (!proven || (!known && !this.claims.delete(claim!))) {
      return json(response, 403, {
        type: '/problems/claim-refused',
        detail: 'the claim is unknown, used up or expired',
      })
    }
    this.keys.set(device, key)
    const mqtt = `mqtt://127.0.0.1:${(this.tcp.address() as AddressInfo).port}`
    const place = { device, hub: this.id, mqtt, household: 'hh-1', trustRoot: await this.trust.root() }
    json(response, known ? 200 : 201, { ...place, ...this.certified() })
  }
}

/** Serves content with a strong ETag and Range, as the hub does. */
export function serveFile(
  content: Buffer | undefined,
  digest: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (content === undefined) return json(response, 404, { type: '/problems/not-found' })
  const etag = `"${digest}"`
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')
  const from = range && (request.headers['if-range'] ?? etag) === etag ? Number(range[1]) : 0
  if (from > 0 && from >= content.length) return json(response, 416, { type: '/problems/range' })
  const headers = { etag, 'accept-ranges': 'bytes', 'content-length': content.length - from }
  const partial = { ...headers, 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }
  response.writeHead(from > 0 ? 206 : 200, from > 0 ? partial : headers).end(content.subarray(from))
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** SubjectPublicKeyInfo of a certification request. */
function keyOf(csr: string): Buffer {
  const [info] = derChildren(readDer(fromPem('CERTIFICATE REQUEST', csr)[0]!))
  return Buffer.from(derChildren(info!)[2]!.whole)
}

/** @param key SubjectPublicKeyInfo */
function verifies(key: Buffer, statement: string, signature: string): boolean {
  const publicKey = createPublicKey({ key, format: 'der', type: 'spki' })
  return verify(null, Buffer.from(statement), publicKey, Buffer.from(signature, 'base64url'))
}
