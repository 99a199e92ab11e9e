import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MqttClient } from 'mqtt'
import { decodeDown, digestBytes, digestHex, encode, parseManifest } from '@sutler/wire'
import type { Manifest, Output, ProgressStage, Unit } from '@sutler/device-model'
import type { SimulatedDevice, Stop } from '@sutler/device-model/conformance'
import type { Collect, DownMessage, Offer, Remove, UpMessage } from '@sutler/wire'

/** What a device has in place of one service: its manifest, and per path the digest of the file. */
interface InPlace {
  readonly version: string
  readonly manifest: Manifest
  readonly digest: Uint8Array
  readonly epoch: number
  readonly files: ReadonlyMap<string, string>
}

interface Work {
  offer: Offer
  readonly stop: AbortController
  /** The new version is in use: too late to stop. */
  activated: boolean
}

export const stages: readonly ProgressStage[] = ['downloading', 'verifying', 'installing', 'restarting', 'checking']

const features = ['takes-collect', 'takes-configure', 'takes-restart', 'takes-show']

/** Codes of a device whose install fails there; the last two find the new version in use and go back. */
const codes: Readonly<Record<ProgressStage, string>> = {
  downloading: 'not-available',
  verifying: 'digest-mismatch',
  installing: 'disk',
  restarting: 'restart',
  checking: 'unhealthy',
}

/**
 * A device that speaks the native protocol over a real connection, with a client of somebody else's. Its fields are its disk; what
 * `off` ends is its memory.
 */
export class ConformanceDevice implements SimulatedDevice {
  readonly id: string
  readonly claim: SimulatedDevice['claim']
  readonly #connect: () => MqttClient
  #client: MqttClient | null = null
  // On the disk.
  readonly #installed = new Map<string, InPlace>()
  readonly #newest = new Map<string, number>()
  readonly #outbox = new Map<string, Exclude<UpMessage, { t: 'ack' }>>()
  readonly #outcomes = new Map<string, Exclude<UpMessage, { t: 'ack' }>>()
  readonly #seen = new Set<string>()
  readonly #tombstones = new Set<string>()
  readonly #open = new Map<string, Offer>()
  readonly #restarts = new Map<string, string>()
  #interval = 60
  #reports = 0
  #installs = 0
  // In its memory, and the test's wishes.
  #boot = ''
  readonly #logs = new Map<string, string>()
  readonly #asked: Output['kind'][] = []
  readonly #works = new Map<string, Work>()
  #lastSent = 0
  #twice = false
  #pretends = false
  #fails: Stop | null = null
  #holds: ProgressStage | null = null
  #held = 0

  /** @param connect opens a connection that comes again by itself */
  constructor(id: string, connect: () => MqttClient) {
    this.id = id
    this.#connect = connect
    this.claim = { protocol: 'native', identity: id }
  }

  async on(): Promise<void> {
    const boot = randomUUID()
    this.#boot = boot
    const client = this.#connect()
    this.#client = client
    client.on('error', () => {})
    client.on('message', (_topic, payload) => this.#take(decodeDown(payload)))
    client.on('connect', () => void this.#greet(client, boot))
    for (const offer of this.#open.values()) this.#begin(offer)
  }

  async #greet(client: MqttClient, boot: string): Promise<void> {
    await client.subscribeAsync(`sutler/1/${this.id}/down`, { qos: 1 }).catch(() => {})
    this.#send({ id: `${boot}-${++this.#reports}`, t: 'hello', versions: [1], agent: 'conformance/1', boot })
    this.#say(this.#report())
    this.#resend()
  }

  async off(): Promise<void> {
    for (const work of this.#works.values()) work.stop.abort()
    this.#works.clear()
    for (const id of this.#logs.keys()) this.#outbox.delete(id)
    this.#logs.clear()
    await this.#client?.endAsync(true)
    this.#client = null
  }

  /** What was not acknowledged is sent again, here sooner than after the protocol's 30 seconds. */
  async turn(): Promise<void> {
    if (performance.now() - this.#lastSent > 300) this.#resend()
  }

  failAt(stop: Stop | null): void {
    this.#fails = stop
  }

  holdAt(stage: ProgressStage | null): void {
    this.#holds = stage
  }

  held(): boolean {
    return this.#held > 0
  }

  stutter(on: boolean): void {
    this.#twice = on
  }

  pretend(on: boolean): void {
    this.#pretends = on
  }

  runs(): readonly Unit[] {
    return [...this.#installed].map(([name, { version }]) => ({ name, version }))
  }

  alter(units: readonly Unit[]): void {
    for (const name of this.#installed.keys())
      if (!units.some((unit) => unit.name === name)) this.#installed.delete(name)
  }

  installs(): number {
    return this.#installs
  }

  asked(): readonly Output['kind'][] {
    return this.#asked
  }

  #report(): Exclude<UpMessage, { t: 'ack' }> {
    const installed = [...this.#installed].map(([service, { version, manifest, digest, epoch }]) => ({
      service,
      version,
      component: manifest.component,
      manifest: digest,
      epoch,
    }))
    const about = { hardware: { model: 'Conformance 1', arch: 'x64', cpus: 1 }, os: { name: 'none', version: '1' } }
    const room = { memory: { total: 1 }, storage: { total: 2, free: 1 }, runtimes: {}, features, tz: 'UTC' }
    const settings = { interval: { value: this.#interval, least: 1 } }
    return {
      id: `report-${++this.#reports}`,
      t: 'capabilities',
      class: 'phone',
      ...about,
      ...room,
      settings,
      installed,
    }
  }

  /** Durable until acknowledged. */
  #say(message: Exclude<UpMessage, { t: 'ack' }>): void {
    this.#outbox.set(message.id, message)
    this.#send(message)
  }

  #send(message: UpMessage): void {
    this.#lastSent = performance.now()
    for (let time = 0; time < (this.#twice ? 2 : 1); time++)
      this.#client?.publish(`sutler/1/${this.id}/up`, Buffer.from(encode(message)), { qos: 1 })
  }

  #resend(): void {
    if (this.#client?.connected) for (const message of this.#outbox.values()) this.#send(message)
  }

  #take(message: DownMessage): void {
    if (message.t === 'ack') {
      for (const id of message.re) this.#acknowledged(id)
      return
    }
    // What is acknowledged when it is done, by whoever has done it.
    if (!this.#seen.has(message.id) && !this.#act(message)) return
    this.#done(message.id)
  }

  #done(id: string): void {
    this.#seen.add(id)
    this.#send({ t: 'ack', re: [id] })
  }

  #acknowledged(id: string): void {
    this.#outbox.delete(id)
    const asked = this.#logs.get(id)
    this.#logs.delete(id)
    if (asked !== undefined) this.#done(asked)
  }

  /** @returns whether it is done */
  #act(message: Exclude<DownMessage, { t: 'ack' }>): boolean {
    if (message.t === 'query') this.#say(this.#report())
    else if (message.t === 'cancel') this.#cancel(message.delivery)
    else if (message.t === 'offer') this.#offered(message)
    else if (message.t === 'remove') this.#remove(message)
    else if (message.t === 'restart') return this.#restart(message.id)
    else if (message.t === 'collect') return this.#collect(message)
    else if (message.t === 'configure') {
      this.#asked.push('configure')
      this.#interval = Number(message.settings['interval'])
      this.#say(this.#report())
    } else if (message.t === 'show') this.#asked.push('message')
    return true
  }

  #restart(id: string): boolean {
    const since = this.#restarts.get(id)
    if (since !== undefined && since !== this.#boot) return true
    if (since !== undefined) return false
    this.#restarts.set(id, this.#boot)
    this.#asked.push('restart')
    void this.off().then(() => this.on())
    return false
  }

  #collect({ id, request }: Collect): boolean {
    if ([...this.#logs.values()].includes(id)) return false
    this.#asked.push('collect-log')
    const log = `${this.#boot}-log-${id}`
    this.#logs.set(log, id)
    this.#say({ id: log, t: 'log', request, lines: ['switched on', 'said hello'] })
    return false
  }

  #cancel(delivery: string): void {
    this.#tombstones.add(delivery)
    const work = this.#works.get(delivery)
    if (work === undefined || work.activated) return
    this.#drop(work)
    this.#end(delivery, 'failed', 'cancelled', [])
  }

  /** Whether it is the newest intention; what is not is declined. */
  #newer({ delivery, service, epoch }: Offer | Remove): boolean {
    const decline = (reason: string, detail: string): boolean => {
      this.#say({ id: `${delivery}-decline`, t: 'decline', delivery, reason, detail })
      return false
    }
    if (this.#tombstones.has(delivery)) return decline('refused', 'it was cancelled before it came')
    if (epoch < (this.#newest.get(service) ?? 0)) return decline('superseded', 'there is a newer intention')
    if (this.#fails === 'accept') return decline('no-space', 'there is no room')
    this.#newest.set(service, epoch)
    return true
  }

  #offered(offer: Offer): void {
    const { delivery, service } = offer
    const ended = this.#outcomes.get(delivery)
    if (ended !== undefined) return this.#say(ended)
    const going = this.#works.get(delivery)
    if (going !== undefined) return void (going.offer = offer)
    if (!this.#newer(offer)) return
    for (const work of this.#works.values())
      if (work.offer.service === service && !work.activated) {
        this.#drop(work)
        this.#end(work.offer.delivery, 'failed', 'superseded', [])
      }
    this.#open.set(delivery, offer)
    this.#say({ id: `${delivery}-accept`, t: 'accept', delivery })
    this.#begin(offer)
  }

  #remove(remove: Remove): void {
    const { delivery, service } = remove
    const ended = this.#outcomes.get(delivery)
    if (ended !== undefined) return this.#say(ended)
    if (!this.#newer(remove)) return
    this.#say({ id: `${delivery}-accept`, t: 'accept', delivery })
    this.#installed.delete(service)
    this.#end(delivery, 'removed', '', [])
  }

  #drop(work: Work): void {
    work.stop.abort()
    this.#works.delete(work.offer.delivery)
  }

  #begin(offer: Offer): void {
    const work: Work = { offer, stop: new AbortController(), activated: false }
    this.#works.set(offer.delivery, work)
    void this.#install(work).catch((error: unknown) => {
      if (work.stop.signal.aborted) return
      this.#drop(work)
      this.#end(offer.delivery, 'failed', String(error), [])
    })
  }

  async #install(work: Work): Promise<void> {
    const { delivery, service, version, epoch } = work.offer
    const before = this.#installed.get(service)
    let manifest: Manifest | null = null
    let bytes = new Map<string, Uint8Array>()
    for (const stage of stages) {
      if (stage === 'downloading') ({ manifest, bytes } = await download(work))
      await this.#pass(work, stage)
      if (this.#fails === stage) {
        if (before !== undefined) this.#installed.set(service, before)
        else this.#installed.delete(service)
        this.#works.delete(delivery)
        return this.#end(delivery, work.activated ? 'rolled-back' : 'failed', codes[stage], [])
      }
      if (stage !== 'installing') continue
      work.activated = true
      this.#installs++
      const files = new Map(manifest!.files.map(({ path }) => [path, hex(bytes.get(path)!)]))
      const digest = digestBytes(digestHex(work.offer.manifest.digest))
      if (!this.#pretends) this.#installed.set(service, { version, manifest: manifest!, digest, epoch, files })
    }
    this.#works.delete(delivery)
    const now = this.#installed.get(service)?.files
    const digests = manifest!.files.map(({ path }) => now?.get(path) ?? null)
    this.#end(delivery, 'installed', '', digests)
  }

  /** Waits there as long as the test wants it to. */
  async #pass({ stop }: Work, stage: ProgressStage): Promise<void> {
    if (this.#holds !== stage) return
    this.#held++
    try {
      while (this.#holds === stage) {
        await sleep(2)
        stop.signal.throwIfAborted()
      }
    } finally {
      this.#held--
    }
  }

  #end(delivery: string, result: string, error: string, digests: readonly (string | null)[]): void {
    this.#open.delete(delivery)
    const proof = {
      digests: digests.map((digest) => (digest === null ? null : digestBytes(digest))),
      health: { ok: true },
    }
    const outcome = {
      id: `${delivery}-outcome`,
      t: 'outcome',
      delivery,
      result,
      ...proof,
      ...(error && { error }),
    } as const
    this.#outcomes.set(delivery, outcome)
    this.#say(outcome)
  }
}

async function download({ offer, stop }: Work): Promise<{ manifest: Manifest; bytes: Map<string, Uint8Array> }> {
  const get = async (digest: string): Promise<Uint8Array> => {
    const { base, query } = offer.link
    const response = await fetch(`${base}/${digest}?${query}`, { signal: stop.signal })
    const content = new Uint8Array(await response.arrayBuffer())
    if (hex(content) !== digest) throw new Error('digest-mismatch')
    return content
  }
  const manifest = parseManifest(new TextDecoder().decode(await get(digestHex(offer.manifest.digest))))
  const bytes = new Map<string, Uint8Array>()
  for (const { path, digest } of manifest.files) bytes.set(path, await get(digest))
  stop.signal.throwIfAborted()
  return { manifest, bytes }
}

function hex(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
