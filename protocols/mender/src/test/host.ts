import type {
  EnrolAnswer,
  IdentityClaim,
  Input,
  InstallOutput,
  Manifest,
  Output,
  ProtocolHost,
  QueuedOutput,
} from '@sutler/device-model'

/** A hub in memory: devices wait until the test accepts them, outputs are what the test queues. */
export class MemoryHost implements ProtocolHost {
  /** Identity and key → device. */
  readonly accepted = new Map<string, string>()
  readonly claims: IdentityClaim[] = []
  readonly queue: QueuedOutput[] = []
  /** What devices said, each id once. */
  readonly said: { readonly device: string; readonly input: Input }[] = []
  readonly manifests = new Map<string, Manifest>()
  readonly memory = new Map<string, { version: number; value: unknown }>()
  readonly presence: { readonly device: string; readonly within: number }[] = []
  /** Makes `inputs` fail. */
  broken = false
  refuses: { refused: string; retryAfter?: number } | null = null
  #ids = 0

  accept(claim: Pick<IdentityClaim, 'identity' | 'proof'>, device: string): void {
    this.accepted.set(claimKey(claim), device)
  }

  /** @returns id of the output */
  want(device: string, output: Output, base = 'http://127.0.0.1:1/files'): number {
    const link = {
      base: output.kind === 'install' ? `${base}/${output.manifest.digest}` : '',
      query: 'd=1',
      expires: 9_999,
    }
    this.queue.push({ id: ++this.#ids, device, output, ...(output.kind === 'install' && { link }) })
    return this.#ids
  }

  drop(id: number): void {
    this.queue.splice(0, this.queue.length, ...this.queue.filter((one) => one.id !== id))
  }

  of(kind: Input['kind']): Input[] {
    return this.said.map(({ input }) => input).filter((input) => input.kind === kind)
  }

  async inputs(device: string, inputs: readonly Input[]): Promise<(string | null)[]> {
    if (this.broken) throw new Error('the database is down')
    for (const input of inputs)
      if (!this.said.some((one) => one.device === device && one.input.id === input.id))
        this.said.push({ device, input })
    return inputs.map(() => null)
  }

  async outputs(device: string, limit: number): Promise<QueuedOutput[]> {
    return this.queue.filter((queued) => queued.device === device).slice(0, limit)
  }

  outputTaken(_device: string, output: number): void {
    this.drop(output)
  }

  reachable(): void {}
  unreachable(): void {}

  seen(device: string, within: number): void {
    this.presence.push({ device, within })
  }

  async authenticate(claim: IdentityClaim): Promise<EnrolAnswer> {
    this.claims.push(claim)
    if (this.refuses !== null) return this.refuses
    const device = this.accepted.get(claimKey(claim))
    return device === undefined ? { waiting: true } : { device, class: 'gateway', tenant: 't' }
  }

  async secret(): Promise<null> {
    return null
  }

  async manifest(digest: string): Promise<Manifest | null> {
    return this.manifests.get(digest) ?? null
  }

  async fileFacts(): Promise<null> {
    return null
  }

  async openFile(): Promise<null> {
    return null
  }

  async recall(device: string): Promise<{ version: number; value: unknown }> {
    return this.memory.get(device) ?? { version: 0, value: null }
  }

  async remember(device: string, value: unknown, version: number): Promise<number | null> {
    if ((await this.recall(device)).version !== version) return null
    this.memory.set(device, { version: version + 1, value: JSON.parse(JSON.stringify(value)) })
    return version + 1
  }
}

function claimKey({ identity, proof }: Pick<IdentityClaim, 'identity' | 'proof'>): string {
  return `${identity}\n${'publicKey' in proof ? proof.publicKey : ''}`
}

export function installOutput(delivery: string, more: Partial<InstallOutput> = {}): InstallOutput {
  return {
    kind: 'install',
    delivery,
    epoch: 1,
    service: 'guide',
    version: '1.0.0',
    component: 'board',
    manifest: { digest: 'ab'.repeat(32), size: 100 },
    files: 1,
    bytes: 5_120,
    role: 'files',
    reports: { name: 'guide', version: '1.0.0' },
    ...more,
  }
}
