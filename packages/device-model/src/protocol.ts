import type { Input } from './inputs.ts'
import type { Digest, Manifest } from './manifest.ts'
import type { Asked, QueuedOutput } from './outputs.ts'
import type { CapabilityReport, DeviceClass } from './report.ts'

/** One device protocol. Implementations: protocols/*. It translates; it decides nothing. */
export interface DeviceProtocol {
  /** As in a device's `protocol`, for example `ddi`. */
  readonly name: string
  /** How its devices prove what they run: by the digest of every file in place, or by naming it (`Reported`, `Unit`). */
  readonly proof: 'digests' | 'reports'
  start(host: ProtocolHost): Promise<void>
  /** Takes nothing more, and waits until what was taken is with the host. */
  stop(): Promise<void>
  /** The device may no longer come in: whatever connection it has ends. */
  cutOff?(device: string): void
  /** Whether outputs can be sent to the device at this moment. Always false where devices only poll: they fetch theirs. */
  reaches(device: string): boolean
  /**
   * Asks a device that is not reached to get in touch, where the protocol has a way (a connection request, a trigger).
   * Resolves when that was tried; failures are the protocol's own business, as the device comes by itself sooner or later.
   */
  wake?(device: string): Promise<void>
  /** Translates and sends; resolves when handed to the transport. It is sent again until `outputTaken`. */
  send(outputs: readonly QueuedOutput[]): Promise<void>
  /**
   * Why this protocol, or the device, cannot carry what is asked, as a sentence; null when it can. Planning goes by it before
   * anything is queued.
   * @param report what the device says of itself; null before its first report
   */
  limits(asked: Asked, report: CapabilityReport | null): string | null
}

/** What the service consumer interface offers to the protocols. */
export interface ProtocolHost {
  /**
   * Takes inputs of one device. Resolves when they are durable: only then may the protocol acknowledge them.
   * @returns per input, an error code to be sent back, or null when taken (also when it is a repeat)
   */
  inputs(device: string, inputs: readonly Input[]): Promise<(string | null)[]>
  /**
   * The oldest outputs that the device has not taken, in order, at most `limit` (1–16): the same ones until `outputTaken`.
   * For devices that fetch; those that can be reached get theirs by `send`. Those that `limits` refuses are not among them.
   */
  outputs(device: string, limit: number): Promise<QueuedOutput[]>
  /** The device has taken the output: it leaves the queue. `error` when the device refused it as such (unknown type, too large). */
  outputTaken(device: string, output: number, error: string | null): void
  /** The device can now be reached: its queue is sent from the oldest unacknowledged output. */
  reachable(device: string): void
  unreachable(device: string): void
  /** A device that polls was here, and is expected again within `within` milliseconds: until then it counts as present. */
  seen(device: string, within: number): void

  /** Who shows this? Registration decides; secrets stay there. */
  authenticate(claim: IdentityClaim): Promise<EnrolAnswer>
  /** Registration's own secret for this identity, where a protocol cannot do without (a pre-shared key, a connection request). */
  secret(protocol: string, identity: string, use: SecretUse): Promise<DeviceSecret | null>

  /** A component's file list; null when the hub does not have it. */
  manifest(digest: Digest): Promise<Manifest | null>
  /** What older protocols want to know of a file of a manifest. */
  fileFacts(manifest: Digest, digest: Digest): Promise<FileFacts | null>
  /** A file of a manifest, for protocols that carry the bytes themselves. `end` is exclusive. */
  openFile(
    manifest: Digest,
    digest: Digest,
    range?: { start: number; end: number },
  ): Promise<AsyncIterable<Uint8Array> | null>

  /** How a delivery is to be carried out at this moment, for protocols that can say so. Absent, or null for one that is over: at once. */
  terms?(device: string, delivery: string): Promise<DeliveryTerms | null>

  /** The protocol's own memory of a device, kept in the database: any hub can go on from it. `version` 0 = nothing yet. */
  recall(device: string): Promise<{ readonly version: number; readonly value: unknown }>
  /**
   * Replaces what is remembered, if nobody else has since `version` was read.
   * @param value JSON of at most 64 KiB
   * @returns the new version; null when somebody was faster: the caller's session with the device is over
   */
  remember(device: string, value: unknown, version: number): Promise<number | null>
}

/** What policy and the order say of a delivery that a device has been offered. */
export interface DeliveryTerms {
  /** Installing is allowed now: no quiet hours, window or revoked consent is against it. */
  readonly mayInstall: boolean
  /** By when the order is to be complete, milliseconds since the Unix epoch; null = as soon as possible. */
  readonly due: number | null
}

export interface FileFacts {
  /** Bytes. */
  readonly size: number
  /** Hexadecimal, lower case. */
  readonly sha256: string
  readonly sha1: string
  readonly md5: string
}

/** What a device shows to be recognised. */
export interface IdentityClaim {
  readonly protocol: string
  /** Where the protocol names one, for example in DDI's path. */
  readonly tenant?: string
  /** As the device names itself: controller id, identity data, `OUI-ProductClass-Serial`, endpoint id, endpoint client name. */
  readonly identity: string
  readonly proof: IdentityProof
  /** Beside a proof of its own, whose fleet it belongs to: an unknown device then waits in that tenant. */
  readonly gatewayToken?: string
  /** Where it comes from: guesses are limited by it. */
  readonly address: string
  /** What an unknown device says of itself, for whoever is to accept it. At most 4 KiB as JSON. */
  readonly says?: Readonly<Record<string, string>>
}

export type IdentityProof =
  | { readonly token: string }
  /** Shared by a batch or a site: shows that the device is one of the operator's, not which. */
  | { readonly gatewayToken: string }
  | { readonly password: string; readonly username?: string }
  | { readonly digest: HttpDigest }
  /** SHA-256 of the certificate, hexadecimal; `subject` only where somebody has verified its chain. */
  | { readonly certificate: string; readonly subject?: string }
  /** PEM; the protocol has verified the signature by it. */
  | { readonly publicKey: string }
  /** The transport has verified the pre-shared key that `secret` gave for this name (RFC 4279, 5: the PSK identity). */
  | { readonly preShared: string }

/** RFC 7616 section 3.4, as the device sent it. */
export interface HttpDigest {
  readonly username: string
  readonly realm: string
  readonly nonce: string
  readonly uri: string
  readonly method: string
  readonly qop?: string
  readonly nc?: string
  readonly cnonce?: string
  readonly response: string
  readonly algorithm: 'MD5' | 'SHA-256'
}

/** The neutral answer to a device that wants in. It is never queued: the device asks, and is told. */
export type EnrolAnswer =
  | { readonly device: string; readonly class: DeviceClass; readonly tenant: string }
  /** Known to the hub now; a person decides. */
  | { readonly waiting: true }
  /** A stable error code; `retryAfter`, whole seconds, where there were too many attempts. */
  | { readonly refused: string; readonly retryAfter?: number }

export type SecretUse = 'pre-shared-key' | 'connection-request'

export interface DeviceSecret {
  /** Null for a pre-shared key of a batch: the device says who it is afterwards. */
  readonly device: string | null
  readonly username: string
  /** Of a pre-shared key in hexadecimal. */
  readonly secret: string
}
