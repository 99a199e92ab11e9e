import { createHash } from 'node:crypto'
import type {
  DeliveryTerms,
  EnrolAnswer,
  FileFacts,
  IdentityClaim,
  Input,
  InstallOutput,
  Manifest,
  Output,
  ProtocolHost,
  QueuedOutput,
} from '@sutler/device-model'

/** A hub in memory: a queue per device, tokens, files, and what devices have said. */
export class MemoryHost implements ProtocolHost {
  readonly said: { device: string; input: Input }[] = []
  readonly taken: { id: number; error: string | null }[] = []
  readonly seenDevices = new Map<string, number>()
  readonly claims: IdentityClaim[] = []
  /** What policy says of each delivery. */
  readonly termsOf = new Map<string, DeliveryTerms>()
  readonly memories = new Map<string, { version: number; value: unknown }>()
  /** Who is let in, by identity. */
  readonly identities = new Map<string, { proof: unknown; answer: EnrolAnswer }>()
  /** Makes the next call of this method fail. */
  failing: keyof ProtocolHost | null = null
  readonly #queue: QueuedOutput[] = []
  readonly #manifests = new Map<string, Manifest>()
  readonly #files = new Map<string, Uint8Array>()
  #next = 1

  enrol(identity: string, proof: IdentityClaim['proof'] = { token: `token-${identity}` }): void {
    this.identities.set(identity, { proof, answer: { device: `dev-${identity}`, class: 'gateway', tenant: 'home' } })
  }

  queue(device: string, output: Output): number {
    this.#queue.push({ id: this.#next, device, output })
    return this.#next++
  }

  /** A version of one service whose files are `files`, by path. */
  install(device: string, files: Record<string, Uint8Array>, over: Partial<InstallOutput> = {}): number {
    const stored = Object.entries(files).map(([path, bytes]) => {
      const digest = createHash('sha256').update(bytes).digest('hex')
      this.#files.set(digest, bytes)
      return { path, size: bytes.length, digest, mode: 0o644 }
    })
    const reports = over.reports ?? { name: 'linux', version: over.version ?? '2.0' }
    const service = over.service ?? 'os'
    const manifest: Manifest = {
      service,
      version: '2.0',
      component: 'image',
      restart: 'none',
      health: null,
      files: stored,
    }
    const text = JSON.stringify(manifest)
    const digest = createHash('sha256').update(text).digest('hex')
    this.#manifests.set(digest, manifest)
    return this.queue(device, {
      kind: 'install',
      delivery: `delivery-${this.#next}`,
      epoch: this.#next,
      service,
      version: '2.0',
      component: 'image',
      manifest: { digest, size: text.length },
      files: stored.length,
      bytes: stored.reduce((sum, { size }) => sum + size, 0),
      role: 'firmware',
      reports,
      ...over,
    })
  }

  kinds(): string[] {
    return this.said.map(({ input }) => input.kind)
  }

  last(kind: Input['kind']): Input | undefined {
    return this.said.findLast(({ input }) => input.kind === kind)?.input
  }

  async inputs(device: string, inputs: readonly Input[]): Promise<(string | null)[]> {
    this.#mayFail('inputs')
    const known = new Set(this.said.filter((each) => each.device === device).map(({ input }) => input.id))
    this.said.push(...inputs.filter(({ id }) => !known.has(id)).map((input) => ({ device, input })))
    return inputs.map(() => null)
  }

  async outputs(device: string, limit: number): Promise<QueuedOutput[]> {
    this.#mayFail('outputs')
    const done = new Set(this.taken.map(({ id }) => id))
    return this.#queue.filter((each) => each.device === device && !done.has(each.id)).slice(0, limit)
  }

  outputTaken(_device: string, id: number, error: string | null): void {
    this.taken.push({ id, error })
  }

  reachable(): void {}
  unreachable(): void {}

  seen(device: string, within: number): void {
    this.seenDevices.set(device, within)
  }

  async authenticate(claim: IdentityClaim): Promise<EnrolAnswer> {
    this.claims.push(claim)
    const known = this.identities.get(claim.identity)
    return known && JSON.stringify(known.proof) === JSON.stringify(claim.proof)
      ? known.answer
      : { refused: 'unknown-identity' }
  }

  async secret(): Promise<null> {
    return null
  }

  async manifest(digest: string): Promise<Manifest | null> {
    return this.#manifests.get(digest) ?? null
  }

  async fileFacts(_manifest: string, digest: string): Promise<FileFacts | null> {
    const bytes = this.#files.get(digest)
    if (!bytes) return null
    const hash = (name: string) => createHash(name).update(bytes).digest('hex')
    return { size: bytes.length, sha256: digest, sha1: hash('sha1'), md5: hash('md5') }
  }

  async openFile(
    _manifest: string,
    digest: string,
    range = { start: 0, end: Infinity },
  ): Promise<AsyncIterable<Uint8Array> | null> {
    const bytes = this.#files.get(digest)?.subarray(range.start, range.end)
    return bytes === undefined ? null : inPieces(bytes)
  }

  async terms(_device: string, delivery: string): Promise<DeliveryTerms | null> {
    return this.termsOf.get(delivery) ?? null
  }

  async recall(device: string): Promise<{ version: number; value: unknown }> {
    const { version, value } = this.memories.get(device) ?? { version: 0, value: null }
    return { version, value: structuredClone(value) }
  }

  async remember(device: string, value: unknown, version: number): Promise<number | null> {
    this.#mayFail('remember')
    if ((this.memories.get(device)?.version ?? 0) !== version) return null
    this.memories.set(device, { version: version + 1, value: structuredClone(value) })
    return version + 1
  }

  #mayFail(method: keyof ProtocolHost): void {
    if (this.failing !== method) return
    this.failing = null
    throw new Error(`${method} failed`)
  }
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384)
}
