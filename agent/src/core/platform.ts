import type { TrustCrypto } from '@sutler/trust/client'

/**
 * What the agent needs of the device it runs on. The core knows the world only through these interfaces;
 * src/platform/node implements them for Node, another folder may do so for another runtime.
 *
 * Paths are relative to the agent's own directory, `/`-separated, never with `..`; '' is the directory itself.
 */

export interface AgentPlatform {
  readonly files: Files
  readonly http: Http
  readonly sockets: Sockets
  /** How connections with TLS are made from now on. */
  secure(tls: Tls): void
  /** Whether the hub sees the device's certificate on connections with TLS; otherwise the device signs. */
  readonly showsCertificate: boolean
  readonly crypto: Crypto
  readonly clock: Clock
  /** Null where the runtime cannot undo patches. */
  readonly patches: Patches | null
  readonly processes: Processes
  readonly probe: Probe
  readonly log: Log
  /** What `log` was told, as far back as it is kept; null where it is not kept. */
  readonly keptLines: KeptLines | null
  /** Where a text can be shown to the person at the device; null where there is no such thing. */
  readonly screen: Screen | null
  /** Calls `back` whenever the device's network has come back, where the system tells; returns the way to stop. */
  readonly onNetworkBack?: (back: () => void) => () => void
  /** Called in a quiet moment, after the start and after work: time to tidy up. */
  rest(): void
}

/** Bytes per file system operation stay small: nothing here holds a whole large file in memory. */
export interface Files {
  /** Whole content of a small file; null when there is none. */
  read(path: string): Promise<Uint8Array | null>
  /** The file's content piece by piece. A piece is only valid until the next one is asked for. */
  chunks(path: string): AsyncIterable<Uint8Array>
  /** Creates a file that must not exist, with exactly this mode, and writes to it. */
  create(path: string, mode: number): Promise<FileWriter>
  /** Opens an existing file, cut to `size` bytes, and writes at its end. */
  extend(path: string, size: number): Promise<FileWriter>
  /** Copies a file to a path that must not exist, sharing blocks until written where the file system can; durable. */
  copy(from: string, to: string, mode: number): Promise<void>
  /** Durable. */
  setMode(path: string, mode: number): Promise<void>
  makeDirectory(path: string): Promise<void>
  /** Makes the entries of a directory durable. */
  syncDirectory(path: string): Promise<void>
  /** Atomic; replaces a file or link at `to`. */
  rename(from: string, to: string): Promise<void>
  symlink(target: string, path: string): Promise<void>
  /** The link's target; null when there is no such link. */
  readLink(path: string): Promise<string | null>
  /** Removes a file, link or whole tree; nothing to remove is fine. Links are not followed. */
  remove(path: string): Promise<void>
  /** Names in a directory, sorted; empty when there is none. */
  list(path: string): Promise<string[]>
  /** Links are not followed; null when there is nothing. */
  stat(path: string): Promise<FileStat | null>
  /** Bytes. */
  space(): Promise<{ total: number; free: number }>
}

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'other'
  readonly size: number
  readonly mode: number
}

export interface FileWriter {
  write(bytes: Uint8Array): Promise<void>
  /** Resolves when what was written survives a power cut. */
  sync(): Promise<void>
  close(): Promise<void>
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Milliseconds without any byte after which the request fails. */
  readonly idle: number
  /** Accepts whoever answers: for what proves itself by its content. */
  readonly unverified?: boolean
  /** Gives the request up, also while its answer is read. */
  readonly stop?: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Read at the consumer's pace, a piece valid until the next is asked for; throws AgentError 'network' when the connection breaks before the end. */
  readonly body: AsyncIterable<Uint8Array>
  /** Gives up the rest of the body. */
  close(): void
}

export interface Http {
  /** @throws AgentError 'network' when there is no answer, 'untrusted' when the other side is not whom we trust */
  request(request: HttpRequest): Promise<HttpAnswer>
  /** Closes kept connections. */
  close(): void
}

export interface Socket {
  write(bytes: Uint8Array): void
  close(): void
}

export interface SocketEvents {
  data(bytes: Uint8Array): void
  /** Called once, after which nothing else is. */
  closed(reason: string): void
}

export interface Sockets {
  /**
   * Where MQTT is spoken from here.
   * @param mqtt where the hub says: `mqtt://host:port` or `mqtts://host:port` @param hub its base URL
   */
  addressOf(mqtt: string, hub: string): string
  /**
   * @param url as `addressOf` gave it
   * @throws AgentError 'network' when there is no connection within `timeout` ms
   */
  connect(url: string, timeout: number, events: SocketEvents): Promise<Socket>
}

/** Whom the agent trusts, and as whom it goes. */
export interface Tls {
  /** PEM; null = those that the system trusts. */
  readonly authority: string | null
  /** The device's; null before it has one. */
  readonly credential: Credential | null
}

/** A certificate with its chain (PEM) and its key, as the platform has it. */
export interface Credential {
  readonly certificate: string
  readonly privateKey: Uint8Array
}

export interface Hasher {
  update(bytes: Uint8Array): void
  /** SHA-256 as 64 hexadecimal digits; ends the hasher. */
  digest(): string
}

export interface KeyPair {
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array
  /** PKCS #8; where the platform keeps its keys to itself, the name of this one. */
  readonly privateKey: Uint8Array
}

export interface Crypto {
  sha256(): Hasher
  randomBytes(length: number): Uint8Array
  /** A new Ed25519 pair. */
  generateKey(): KeyPair | Promise<KeyPair>
  /** Whether a signature of signed metadata holds; see packages/trust. */
  readonly verifySignature: TrustCrypto['verifySignature']
  /** Ed25519. @param privateKey as `generateKey` gave it */
  sign(privateKey: Uint8Array, bytes: Uint8Array): Uint8Array | Promise<Uint8Array>
}

export interface Clock {
  /** The device's own wall clock in ms since the epoch; may be wrong and may jump. */
  now(): number
  /** Milliseconds; never goes back. */
  monotonic(): number
  /** Calls `then` once after `delay` ms, unless cancelled by the returned function. Keeps the agent alive. */
  after(delay: number, then: () => void): () => void
}

export interface Patches {
  /** Bytes of memory that undoing one may take on this device. */
  readonly memory: number
  /**
   * What a zstd frame unpacks to with the content of another file as dictionary, piece by piece, a piece valid until the next is asked for. A frame that asks
   * for a window of more than about `window` bytes is refused.
   * @throws AgentError `bad-patch`
   */
  unpack(dictionary: Uint8Array, window: number, packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
}

export interface ProcessResult {
  /** null when ended by a signal or never started. */
  readonly status: number | null
  readonly timedOut: boolean
  /** The last of its output and errors, at most 2,048 characters. */
  readonly output: string
}

export interface Processes {
  /**
   * Runs argv in a directory and waits for its end; past `timeout` ms or when `stop` aborts, its whole process group is ended.
   * The word `node` stands for the agent's own runtime.
   * @param input for its standard input; absent = it has none
   */
  run(
    argv: readonly string[],
    directory: string,
    timeout: number,
    stop: AbortSignal,
    input?: string,
  ): Promise<ProcessResult>
}

export interface ProbeReport {
  readonly hardware: { readonly model: string; readonly arch: string; readonly cpus: number }
  readonly os: { readonly name: string; readonly version: string }
  readonly memory: { readonly total: number }
  readonly runtimes: Readonly<Record<string, string>>
  readonly timeZone: string
  /** Its way to the hub; null where the system does not tell. */
  readonly network: { readonly metered: boolean; readonly type: string } | null
}

/** What can be learnt of the device without configuration. */
export type Probe = () => ProbeReport

export interface Log {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
}

export interface KeptLines {
  /**
   * The newest lines, oldest first, without secrets: at most so many UTF-8 bytes, none from before `since` (ms since the epoch by the
   * device's clock). Each begins with its time as ISO 8601 has it.
   */
  newest(bytes: number, since: number): Promise<readonly string[]>
  /** Writes down what is still waiting, and lets the disk go. */
  close(): Promise<void>
}

export interface Screen {
  /** Resolves when the text is there to be read. @throws when it could not be shown */
  show(text: string): Promise<void>
}

export type LogFields = Readonly<Record<string, string | number | boolean | null>>
