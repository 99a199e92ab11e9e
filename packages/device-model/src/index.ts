/**
 * The protocol-neutral device model: what the hub wants of a device (outputs), what a device says (inputs), and the
 * contract between the service consumer interface and each protocol package. A protocol translates; it decides nothing.
 */

/** SHA-256, 64 lower-case hexadecimal digits. */
export type Digest = string

/** Device classes a component may be made for. */
export type DeviceClass = 'set-top-box' | 'phone' | 'gateway'

/** What a device says of itself. */
export interface CapabilityReport {
  readonly class: DeviceClass
  readonly hardware: { readonly model: string; readonly arch: string; readonly cpus: number }
  readonly os: { readonly name: string; readonly version: string }
  /** Bytes. */
  readonly memory: { readonly total: number }
  /** Bytes, of the volume services are installed on. */
  readonly storage: { readonly total: number; readonly free: number }
  /** Runtime name → version, for example `{ "node": "20.11.0" }`. */
  readonly runtimes: Readonly<Record<string, string>>
  /** Optional protocol features, for example `restart`. */
  readonly features: readonly string[]
  /** IANA name, for example `Europe/Berlin`: quiet hours are judged in it. */
  readonly timeZone: string
  /** Its way to the hub, where it knows; `type` in a word, for example `ethernet`, `wifi`, `cellular`. */
  readonly network?: { readonly metered: boolean; readonly type: string }
  readonly installed: readonly InstalledComponent[]
}

/** A component that is in place on a device. `manifest` is the digest of its manifest, rebuilt from the files in place. */
export interface InstalledComponent {
  readonly service: string
  readonly version: string
  readonly component: string
  readonly manifest: Digest
  readonly epoch: number
  /** Paths of files that are missing or changed, some of them where there are many; absent = the device does not say. */
  readonly wrong?: readonly string[]
}

/**
 * A component's file list, as stored and hashed: canonical JSON (keys in this order, files sorted by path as UTF-16 code
 * units, no white space), so that hub and device agree on its digest.
 */
export interface Manifest {
  readonly service: string
  readonly version: string
  readonly component: string
  readonly restart: 'none' | 'device'
  /** Run after activation (and after the restart, if one is needed) with the component's directory as working directory. */
  readonly health: { readonly run: readonly string[]; readonly timeoutSeconds: number } | null
  readonly files: readonly ManifestFile[]
}

export interface ManifestFile {
  /** Relative, `/`-separated, NFC, no `.`/`..` segments. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  readonly digest: Digest
  /** POSIX permission bits: 0o644 or 0o755. */
  readonly mode: number
}

/** What the hub asks of one device. `epoch` grows with every new intention for (device, service): older ones are stale. */
export type Output =
  | {
      readonly kind: 'install'
      readonly delivery: string
      readonly epoch: number
      readonly service: string
      readonly version: string
      readonly component: string
      readonly manifest: { readonly digest: Digest; readonly size: number }
      /** Totals over the component's files. */
      readonly files: number
      readonly bytes: number
    }
  | {
      readonly kind: 'remove'
      readonly delivery: string
      readonly epoch: number
      readonly service: string
      /** The service is taken out of use, its files stay: the same version can be installed again without a download. */
      readonly keep?: true
    }
  | { readonly kind: 'cancel'; readonly delivery: string; readonly reason: string }
  | { readonly kind: 'query-capabilities' }
  | { readonly kind: 'ping' }

/** What a device says, already authenticated. `id` is unique per device and makes a repeat recognisable. */
export type Input = { readonly id: string } & (
  | { readonly kind: 'hello'; readonly agent: string; readonly boot: string }
  | { readonly kind: 'capabilities'; readonly report: CapabilityReport }
  | { readonly kind: 'accepted'; readonly delivery: string }
  | { readonly kind: 'declined'; readonly delivery: string; readonly reason: DeclineReason; readonly detail: string }
  | {
      readonly kind: 'progress'
      readonly delivery: string
      readonly stage: ProgressStage
      readonly done: number
      readonly total: number
    }
  | {
      readonly kind: 'outcome'
      readonly delivery: string
      readonly result: OutcomeResult
      /**
       * Digests of the files in place after the work, in the manifest's order; null = file missing. Empty after a removal;
       * after one that keeps the files, those that were kept.
       */
      readonly digests: readonly (Digest | null)[]
      readonly health: { readonly ok: boolean; readonly detail: string }
      /** Stable error code when the result is not `installed` or `removed`, else ''. */
      readonly error: string
    }
  /** The link of an offer expired before the device was done: it wants a fresh one. */
  | { readonly kind: 'renew'; readonly delivery: string }
  | { readonly kind: 'pong' }
)

export type DeclineReason = 'superseded' | 'no-space' | 'unsupported' | 'busy' | 'invalid-manifest' | 'refused'
export type ProgressStage = 'downloading' | 'verifying' | 'installing' | 'restarting' | 'checking'
/** `rolled-back`: the new version was installed, failed its check, and the old one is in place again. */
export type OutcomeResult = 'installed' | 'removed' | 'failed' | 'rolled-back'

/** Short-lived, per-device way to fetch a manifest and its files: `<base>/<digest>?<query>`. */
export interface FileLink {
  readonly base: string
  readonly query: string
  /** Seconds since the Unix epoch. */
  readonly expires: number
}

/** One output of the queue, on its way to one device. */
export interface QueuedOutput {
  /** Grows per device; unique in the hub. */
  readonly id: number
  readonly device: string
  readonly output: Output
  /** Present for `install`. Made when sent, not when queued, so that a device that was away gets a fresh one. */
  readonly link?: FileLink
}

/** What a protocol package calls back into the service consumer interface. */
export interface ProtocolHost {
  /**
   * Takes inputs of one device. Resolves when they are durable: only then may the protocol acknowledge them.
   * @returns per input, an error code to be sent back, or null when taken (also when it is a repeat)
   */
  inputs(device: string, inputs: readonly Input[]): Promise<(string | null)[]>
  /** The device has taken the output: it leaves the queue. `error` when the device refused it as such (unknown type, too large). */
  outputTaken(device: string, output: number, error: string | null): void
  /** The device can now be reached: its queue is sent again from the oldest unacknowledged output. */
  reachable(device: string): void
  unreachable(device: string): void
}

/** One device protocol. Implementations: protocols/*. */
export interface DeviceProtocol {
  readonly name: string
  start(host: ProtocolHost): Promise<void>
  stop(): Promise<void>
  /** Whether the device can be reached at this moment. */
  reaches(device: string): boolean
  /** Translates and sends; resolves when handed to the transport. It is sent again until `outputTaken`. */
  send(outputs: readonly QueuedOutput[]): Promise<void>
  /** Why this protocol cannot express an output, in words; null when it can. */
  limits(output: Output): string | null
}
