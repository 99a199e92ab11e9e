import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Clock, WallTime } from '../clock.ts'
import { CallerError, errorCode } from '../errors.ts'
import type { Log } from '../log.ts'
import { repeat } from '../repeat.ts'
import type { ServerKey } from './tls-settings.ts'

export const tlsFilesUnusable = errorCode(
  'tls-files-unusable',
  400,
  'The TLS certificate and key cannot be used',
  'Give SUTLER_TLS_CERT_FILE the certificate with its chain and SUTLER_TLS_KEY_FILE its private key, both PEM and unencrypted, or neither.',
)

/** A certificate that the hub makes for itself. */
export interface OwnCertificate extends ServerKey {
  readonly notAfter: WallTime
}

export interface ServerIdentityOptions {
  readonly clock: Clock
  readonly log: Log
  /** Both or neither. */
  readonly certificateFile: string | null
  readonly keyFile: string | null
  /** Makes a new certificate where there are no files. */
  readonly issue: () => OwnCertificate
}

/** Milliseconds between looks at the files, or at the age of the hub's own certificate. */
const lookEvery = 5_000

/** What the hub's listeners show: files of the operator's, or a certificate of its own authority; renewed while it runs. */
export class ServerIdentity {
  readonly #options: ServerIdentityOptions
  readonly #listeners: ((identity: ServerKey) => void)[] = []
  #current: ServerKey | null = null
  #renewAt: WallTime = 0
  #stop = (): void => {}

  constructor(options: ServerIdentityOptions) {
    this.#options = options
  }

  /** @throws CallerError `tls-files-unusable` */
  async start(): Promise<ServerKey> {
    const { clock, log } = this.#options
    const first = await this.#look()
    this.#stop = repeat({ clock, log, every: lookEvery, what: 'renew the TLS certificate', work: () => this.#look() })
    return first
  }

  /** Calls `listener` with each new one. */
  onChange(listener: (identity: ServerKey) => void): void {
    this.#listeners.push(listener)
  }

  stop(): void {
    this.#stop()
  }

  async #look(): Promise<ServerKey> {
    const { certificateFile, keyFile } = this.#options
    const own = certificateFile === null && keyFile === null
    const found = own ? this.#own() : await readFiles(certificateFile, keyFile)
    const before = this.#current
    if (before?.key === found.key && before.certificate === found.certificate) return before
    this.#current = found
    if (before !== null) {
      this.#options.log.info({}, 'the TLS certificate was replaced')
      for (const listener of this.#listeners) listener(found)
    }
    return found
  }

  /** The one there is, or a new one when two thirds of its life are over. */
  #own(): ServerKey {
    const now = this.#options.clock.now()
    if (this.#current !== null && now < this.#renewAt) return this.#current
    const { key, certificate, notAfter } = this.#options.issue()
    this.#renewAt = now + ((notAfter - now) * 2) / 3
    return { key, certificate }
  }
}

async function readFiles(certificateFile: string | null, keyFile: string | null): Promise<ServerKey> {
  if (certificateFile === null || keyFile === null) {
    const [given, missing] = keyFile === null ? ['CERT', 'KEY'] : ['KEY', 'CERT']
    throw new CallerError(tlsFilesUnusable, `SUTLER_TLS_${given}_FILE is set, but SUTLER_TLS_${missing}_FILE is not.`)
  }
  const [certificate, key] = [await read(certificateFile), await read(keyFile)]
  let fits: boolean
  try {
    fits = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
  } catch (cause) {
    throw new CallerError(tlsFilesUnusable, `${certificateFile}, ${keyFile}: not PEM that can be read.`, { cause })
  }
  // While the operator replaces them one may be new and the other old: the next look sees both.
  if (fits) return { key, certificate }
  throw new CallerError(tlsFilesUnusable, `The key in ${keyFile} is not that of the certificate in ${certificateFile}.`)
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CallerError(tlsFilesUnusable, `${file}: ${(cause as Error).message}`, { cause })
  }
}
