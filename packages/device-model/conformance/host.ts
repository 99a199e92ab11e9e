import {
  sameUnit,
  type DeviceClass,
  type DeviceProtocol,
  type DeviceSecret,
  type EnrolAnswer,
  type FileFacts,
  type IdentityClaim,
  type Input,
  type InstallOutput,
  type Manifest,
  type Output,
  type ProtocolHost,
  type QueuedOutput,
  type SecretUse,
  type Unit,
} from '../src/index.ts'
import { componentOf, hex } from './component.ts'
import { FileServer } from './file-server.ts'
import type { ComponentGiven } from './harness.ts'

/** Who may come in, and as which device. */
interface Admitted {
  readonly device: string
  readonly class: DeviceClass
  readonly accepts: (claim: IdentityClaim) => boolean
  readonly secret?: Omit<DeviceSecret, 'device'>
}

/**
 * The hub as a protocol sees it, in memory: a queue per device, inputs taken once each, files behind links. It outlives the
 * protocol, as the database outlives a hub.
 */
export class ConformanceHost implements ProtocolHost {
  readonly #files = new FileServer()
  readonly #manifests = new Map<string, { manifest: Manifest; contents: ReadonlyMap<string, Uint8Array> }>()
  readonly #admitted = new Map<string, Admitted>()
  readonly #queue: QueuedOutput[] = []
  readonly #given = new Set<number>()
  readonly #memory = new Map<string, { version: number; value: unknown }>()
  readonly #ids = new Set<string>()
  readonly #proved = new Map<string, Unit>()
  #protocol: DeviceProtocol | null = null
  #next = 1
  /** What each device has said, oldest first, repeats left out. */
  readonly said: { readonly device: string; readonly input: Input }[] = []
  /** Outputs that have left the queue. */
  readonly taken: { readonly device: string; readonly output: number; readonly error: string | null }[] = []
  readonly present = new Set<string>()
  /** How long each device that polls is taken to be there, milliseconds. */
  readonly seenWithin = new Map<string, number>()
  /** Who asked to come in, oldest first. */
  readonly claims: IdentityClaim[] = []
  /** What one is answered whom nobody has admitted. */
  stranger: EnrolAnswer = { refused: 'unknown-identity' }
  /** What everybody is answered, whatever they show. */
  verdict: EnrolAnswer | null = null
  /** Calls of this method fail. */
  failing: keyof ProtocolHost | null = null
  /** Outputs come in reverse order, and stay in the queue although they were taken: a hub whose words get lost. */
  disorderly = false

  async start(): Promise<void> {
    await this.#files.start()
  }

  async stop(): Promise<void> {
    await this.#files.stop()
  }

  /** The protocol that runs now: outputs for devices in reach are sent by it. */
  serve(protocol: DeviceProtocol | null): void {
    this.#protocol = protocol
  }

  /** Lets a device in by what it shows. */
  admit(protocol: string, identity: string, admitted: Admitted): void {
    this.#admitted.set(`${protocol}/${identity}`, admitted)
  }

  // What tests ask and order.

  of<K extends Input['kind']>(device: string, kind: K): Extract<Input, { kind: K }>[] {
    const all = this.said.filter((each) => each.device === device).map(({ input }) => input)
    return all.filter((input): input is Extract<Input, { kind: K }> => input.kind === kind)
  }

  /** A component with its files behind a link. */
  component(service: string, version: string, given: ComponentGiven): InstallOutput {
    const { manifest, text, digest, contents, output } = componentOf(service, version, given)
    this.#manifests.set(digest, { manifest, contents })
    this.#files.put(`/files/${digest}/${digest}`, text)
    for (const [each, content] of contents) this.#files.put(`/files/${digest}/${each}`, content)
    return output
  }

  /** Id of the output that is queued next. */
  get next(): number {
    return this.#next
  }

  /** Queues it, and sends it to a device in reach. Returns the output's id. */
  queue(device: string, output: Output): number {
    const id = this.#next++
    const from = output.kind === 'install' ? this.#proved.get(`${device}/${output.service}`) : undefined
    const whole = output.kind === 'install' && from ? { ...output, from } : output
    this.#queue.push({ id, device, output: whole })
    this.flush(device)
    return id
  }

  /** What the device has proved to run of a service. */
  proved(device: string, service: string): Unit | null {
    return this.#proved.get(`${device}/${service}`) ?? null
  }

  /** Takes a delivery's outputs out of the queue, as the hub does with what is superseded. Returns whether any was given out. */
  drop(delivery: string): boolean {
    let sent = false
    for (const queued of this.#queue.filter(({ output }) => 'delivery' in output && output.delivery === delivery)) {
      sent ||= this.#given.has(queued.id)
      this.#queue.splice(this.#queue.indexOf(queued), 1)
    }
    return sent
  }

  /** Sends what is open to a device in reach; the real hub does this again and again. */
  flush(device: string): void {
    const protocol = this.#protocol
    if (protocol === null) return
    if (protocol.reaches(device)) void protocol.send(this.#open(device, 16)).catch(() => undefined)
    else void protocol.wake?.(device).catch(() => undefined)
  }

  waiting(device: string): number {
    return this.#queue.filter((queued) => queued.device === device).length
  }

  #open(device: string, limit: number): QueuedOutput[] {
    const open = this.#queue.filter((queued) => queued.device === device)
    const able = open.filter(({ id, output }) => {
      const reason = this.#protocol?.limits(output, this.of(device, 'capabilities').at(-1)?.report ?? null) ?? null
      if (reason === null) return true
      this.outputTaken(device, id, reason)
      return false
    })
    if (this.disorderly) able.reverse()
    const given = able.slice(0, limit)
    for (const { id } of given) this.#given.add(id)
    return given.map((queued) => (queued.output.kind === 'install' ? this.#linked(queued, queued.output) : queued))
  }

  #linked(queued: QueuedOutput, { manifest }: InstallOutput): QueuedOutput {
    const base = `${this.#files.origin}/files/${manifest.digest}`
    return { ...queued, link: { base, query: `d=${queued.device}`, expires: 4_000_000_000 } }
  }

  // ProtocolHost.

  async inputs(device: string, inputs: readonly Input[]): Promise<(string | null)[]> {
    this.#mayFail('inputs')
    for (const input of inputs) {
      const key = `${device}/${input.id}`
      if (this.#ids.has(key)) continue
      this.#ids.add(key)
      this.said.push({ device, input })
      if (input.kind === 'outcome') this.#judge(device, input)
    }
    return inputs.map(() => null)
  }

  /** By delivery, what was ordered; kept when the queue has let go of it. */
  readonly ordered = new Map<string, InstallOutput | { readonly kind: 'remove'; readonly service: string }>()

  #judge(device: string, outcome: Extract<Input, { kind: 'outcome' }>): void {
    const ordered = this.ordered.get(outcome.delivery)
    if (ordered?.kind === 'remove' && outcome.result === 'removed') this.#proved.delete(`${device}/${ordered.service}`)
    if (ordered?.kind !== 'install' || outcome.result !== 'installed' || !this.proves(outcome, ordered)) return
    this.#proved.set(`${device}/${ordered.service}`, ordered.reports)
  }

  /** Whether an outcome proves what was ordered, as the hub judges it. */
  proves(outcome: Extract<Input, { kind: 'outcome' }>, ordered: InstallOutput): boolean {
    if (outcome.result !== 'installed' || !outcome.health.ok) return false
    if (outcome.reported !== undefined) return sameUnit(outcome.reported, ordered.reports)
    const files = this.#manifests.get(ordered.manifest.digest)?.manifest.files ?? []
    return files.length === outcome.digests.length && files.every(({ digest }, at) => digest === outcome.digests[at])
  }

  async outputs(device: string, limit: number): Promise<QueuedOutput[]> {
    this.#mayFail('outputs')
    return this.#open(device, limit)
  }

  outputTaken(device: string, output: number, error: string | null): void {
    this.taken.push({ device, output, error })
    if (this.disorderly) return
    const at = this.#queue.findIndex(({ id }) => id === output)
    if (at >= 0) this.#queue.splice(at, 1)
  }

  reachable(device: string): void {
    this.present.add(device)
    setImmediate(() => this.flush(device))
  }

  unreachable(device: string): void {
    this.present.delete(device)
  }

  seen(device: string, within: number): void {
    this.present.add(device)
    this.seenWithin.set(device, within)
  }

  async authenticate(claim: IdentityClaim): Promise<EnrolAnswer> {
    this.claims.push(claim)
    if (this.verdict !== null) return this.verdict
    const found = this.#admitted.get(`${claim.protocol}/${claim.identity}`)
    if (found === undefined) return this.stranger
    if (!found.accepts(claim)) return { refused: 'wrong-credential' }
    return { device: found.device, class: found.class, tenant: 'main' }
  }

  async secret(protocol: string, identity: string, _use: SecretUse): Promise<DeviceSecret | null> {
    const found = this.#admitted.get(`${protocol}/${identity}`)
    return found?.secret === undefined ? null : { device: found.device, ...found.secret }
  }

  async manifest(digest: string): Promise<Manifest | null> {
    return this.#manifests.get(digest)?.manifest ?? null
  }

  async fileFacts(manifest: string, digest: string): Promise<FileFacts | null> {
    const content = this.#manifests.get(manifest)?.contents.get(digest)
    if (content === undefined) return null
    return { size: content.length, sha256: digest, sha1: hex('sha1', content), md5: hex('md5', content) }
  }

  async openFile(
    manifest: string,
    digest: string,
    range?: { start: number; end: number },
  ): Promise<AsyncIterable<Uint8Array> | null> {
    const content = this.#manifests.get(manifest)?.contents.get(digest)
    return content === undefined ? null : pieces(range ? content.subarray(range.start, range.end) : content)
  }

  async recall(device: string): Promise<{ version: number; value: unknown }> {
    return structuredClone(this.#memory.get(device) ?? { version: 0, value: null })
  }

  async remember(device: string, value: unknown, version: number): Promise<number | null> {
    this.#mayFail('remember')
    if ((this.#memory.get(device)?.version ?? 0) !== version) return null
    this.#memory.set(device, { version: version + 1, value: JSON.parse(JSON.stringify(value)) as unknown })
    return version + 1
  }

  #mayFail(method: keyof ProtocolHost): void {
    if (this.failing === method) throw new Error(`${method} failed`)
  }
}

async function* pieces(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536)
}
