import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { FleetError } from '../errors.ts'
import type { HttpAnswer } from '../net/http-connection.ts'
import type { FleetContext } from './context.ts'

/** Where an offer's files are. */
export interface Link {
  readonly base: string
  readonly query: string
}

export interface DownloadOptions {
  /** Bytes per second; 0 = as fast as it goes. */
  readonly rate: number
  /** Whether the device still wants the file; asked before every request. */
  readonly wanted: () => boolean
  /** Takes the bytes (views, to be used at once). */
  readonly onBytes?: (chunk: Buffer) => void
}

const mostFailures = 6
const retryMilliseconds = 250
/** A throttled device asks for a quarter of a second's worth at a time. */
const slicesPerSecond = 4

/**
 * Fetches one file, checks its size and digest while it streams, and keeps nothing of it. Goes on where a connection
 * broke off (Range, If-Range on the strong ETag).
 * @param digest SHA-256 in hex
 * @param size in bytes
 * @returns false when it was given up because the device no longer wants it
 * @throws FleetError `link-expired`, `not-available`, `too-large`, `digest-mismatch`, `network`, `stopped`
 */
export async function download(
  context: FleetContext,
  link: Link,
  digest: string,
  size: number,
  options: DownloadOptions,
): Promise<boolean> {
  const file = new Transfer(`${link.base}/${digest}?${link.query}`, digest, size, options)
  let failures = 0
  do {
    if (!options.wanted()) return false
    const before = file.received
    const failure = await file.next(context)
    if (failure) {
      failures = file.received > before ? 0 : failures + 1
      if (failures === mostFailures) throw failure
      await context.wheel.sleep(retryMilliseconds * 2 ** failures)
    } else if (options.rate > 0) await context.wheel.sleep(1000 / slicesPerSecond)
  } while (!file.whole)
  file.check()
  return true
}

/** The state of one file's download. */
class Transfer {
  received = 0
  whole = false
  readonly #url: string
  readonly #digest: string
  readonly #size: number
  readonly #options: DownloadOptions
  readonly #hash: Hash = createHash('sha256')
  readonly #sink: (chunk: Buffer) => void

  constructor(url: string, digest: string, size: number, options: DownloadOptions) {
    this.#url = url
    this.#digest = digest
    this.#size = size
    this.#options = options
    this.#sink = (chunk) => this.#take(chunk)
  }

  /** One request. @returns why nothing or not all came, when trying again may help */
  async next(context: FleetContext): Promise<FleetError | null> {
    try {
      const answer = await context.http.request('GET', this.#url, { headers: this.#range(), sink: this.#sink })
      return this.#judge(answer)
    } catch (error) {
      if (error instanceof FleetError && error.code === 'network') return error
      throw error
    }
  }

  /** Throws FleetError `digest-mismatch` unless the bytes received have the digest. */
  check(): void {
    if (this.#hash.digest('hex') === this.#digest) return
    throw new FleetError('digest-mismatch', `${this.#url} has other content than its digest says`)
  }

  #range(): Record<string, string> {
    const slice = Math.ceil(this.#options.rate / slicesPerSecond)
    if (this.#size === 0 || (this.received === 0 && (slice === 0 || slice >= this.#size))) return {}
    const last = slice === 0 ? '' : Math.min(this.received + slice, this.#size) - 1
    return { range: `bytes=${this.received}-${last}`, 'if-range': `"${this.#digest}"` }
  }

  #take(chunk: Buffer): void {
    this.received += chunk.length
    if (this.received > this.#size) throw new FleetError('too-large', `${this.#url} is larger than ${this.#size} bytes`)
    this.#hash.update(chunk)
    this.#options.onBytes?.(chunk)
  }

  #judge(answer: HttpAnswer): FleetError | null {
    const { status } = answer
    if (status === 200 || status === 206) {
      this.whole = this.received === this.#size
      if (this.whole || status === 206) return null
      return new FleetError('network', `${this.#url} ended after ${this.received} of ${this.#size} bytes`)
    }
    const refused = `${this.#url}: ${status} ${answer.body.slice(0, 200)}`
    if (status === 403) throw new FleetError('link-expired', refused)
    if (status === 429 || status >= 500) return new FleetError('network', refused)
    throw new FleetError('not-available', refused)
  }
}
