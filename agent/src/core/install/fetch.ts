import { AgentError } from '../errors.ts'
import type { FileWriter, Hasher, HttpAnswer } from '../platform.ts'
import { checkCoding } from './content-coding.ts'
import { RateGuard } from './rate-guard.ts'
import type { Work } from './work.ts'

/** One thing to fetch, known by content. */
export interface Wanted {
  /** SHA-256, hex. */
  readonly digest: string
  /** Bytes: what comes beyond is never written. */
  readonly size: number
  readonly mode: number
}

/** Where it comes from, if not simply from the place of its digest. */
export interface Source {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The content coding that is asked for; its bytes are stored as they come. */
  readonly coding: string | null
  /** The answer to the first request, which was made already. */
  readonly first?: HttpAnswer
}

/**
 * Fetches one file into `path`, hashing while it streams; what an earlier attempt left there is continued by Range and
 * If-Range. Resolves when the whole content is verified and synced.
 * @param arrived told the bytes as they come, negative when earlier ones turned out useless
 * @throws AgentError `network`, `too-slow`, `link-expired`, `not-available`, `truncated`: what came is kept, try later;
 *   `too-large`, `digest-mismatch`: nothing is kept
 */
export async function fetchFile(
  work: Work,
  wanted: Wanted,
  path: string,
  arrived: (bytes: number) => void,
  source: Source = { url: work.urlOf(wanted.digest), headers: {}, coding: null },
): Promise<void> {
  const { files } = work.platform
  const present = Math.min((await files.stat(path))?.size ?? 0, wanted.size)
  const download = new Download(work, wanted, path, arrived, source)
  try {
    if (present > 0) await download.take(present)
    await download.run()
  } catch (error) {
    work.stop.throwIfAborted()
    if (error instanceof AgentError && (error.code === 'digest-mismatch' || error.code === 'too-large')) {
      arrived(-download.have)
      await files.remove(path)
    }
    throw error
  }
}

class Download {
  have = 0
  private readonly work: Work
  private readonly wanted: Wanted
  private readonly path: string
  private readonly arrived: (bytes: number) => void
  private readonly source: Source
  private hasher: Hasher

  constructor(work: Work, wanted: Wanted, path: string, arrived: (bytes: number) => void, source: Source) {
    this.work = work
    this.wanted = wanted
    this.path = path
    this.arrived = arrived
    this.source = source
    this.hasher = work.platform.crypto.sha256()
  }

  /** Takes the first `size` bytes of an earlier attempt. */
  async take(size: number): Promise<void> {
    for await (const chunk of this.work.platform.files.chunks(this.path)) {
      const part = chunk.subarray(0, size - this.have)
      this.hasher.update(part)
      this.have += part.length
      if (this.have === size) break
    }
    this.arrived(this.have)
  }

  async run(): Promise<void> {
    if (this.have < this.wanted.size) await this.request()
    if (this.hasher.digest() !== this.wanted.digest) {
      throw new AgentError('digest-mismatch', `${this.wanted.digest} arrived with other content`)
    }
  }

  private async request(): Promise<void> {
    const { platform, settings, stop } = this.work
    const { url, first } = this.source
    const part = this.have > 0 ? { range: `bytes=${this.have}-`, 'if-range': `"${this.wanted.digest}"` } : {}
    const headers = { ...this.source.headers, ...part }
    const answer = first ?? (await platform.http.request({ method: 'GET', url, headers, idle: settings.idle, stop }))
    try {
      await this.judge(answer)
      await this.stream(answer)
    } finally {
      answer.close()
    }
    if (this.have < this.wanted.size) {
      throw new AgentError('truncated', `${this.wanted.digest} ended after ${this.have} of ${this.wanted.size} bytes`)
    }
  }

  /** Refuses an answer by its head, before a byte of it is written. */
  private async judge(answer: HttpAnswer): Promise<void> {
    const { digest, size } = this.wanted
    if (answer.status === 200 || answer.status === 206) checkCoding(digest, answer, this.source.coding)
    if (answer.status === 200) {
      this.checkTotal(answer.headers['content-length'])
      if (this.have > 0) this.restart()
      return
    }
    if (answer.status === 206) {
      const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(answer.headers['content-range'] ?? '')
      if (range && Number(range[1]) === this.have && Number(range[2]) === size) return
      throw new AgentError(
        'too-large',
        `${digest}: asked from ${this.have} of ${size}, answered ${answer.headers['content-range']}`,
      )
    }
    if (answer.status === 416) throw new AgentError('too-large', `${digest} has no byte ${this.have} at the hub`)
    if (answer.status === 403 && (await problemOf(answer)).endsWith('link-expired')) {
      throw new AgentError('link-expired', `the link to ${digest} has expired`)
    }
    if (answer.status >= 500 || answer.status === 429)
      throw new AgentError('network', `${digest}: answer ${answer.status}`)
    throw new AgentError('not-available', `${digest}: answer ${answer.status}`)
  }

  private checkTotal(length: string | undefined): void {
    if (length === undefined || Number(length) === this.wanted.size) return
    const code = Number(length) > this.wanted.size ? 'too-large' : 'truncated'
    throw new AgentError(code, `${this.wanted.digest} has ${length} bytes at the hub, not ${this.wanted.size}`)
  }

  private restart(): void {
    this.arrived(-this.have)
    this.have = 0
    this.hasher = this.work.platform.crypto.sha256()
  }

  private async stream(answer: HttpAnswer): Promise<void> {
    const writer = await this.writer()
    try {
      await this.pump(answer, writer)
      if (this.have === this.wanted.size) await writer.sync()
    } finally {
      await writer.close()
    }
  }

  private async writer(): Promise<FileWriter> {
    const { files } = this.work.platform
    if ((await files.stat(this.path)) !== null) return files.extend(this.path, this.have)
    return files.create(this.path, this.wanted.mode)
  }

  private async pump(answer: HttpAnswer, writer: FileWriter): Promise<void> {
    const { platform, settings } = this.work
    const guard = new RateGuard(platform.clock, settings, this.wanted.digest)
    for await (const chunk of answer.body) {
      if (this.have + chunk.length > this.wanted.size) {
        throw new AgentError('too-large', `${this.wanted.digest} goes on after its ${this.wanted.size} bytes`)
      }
      this.hasher.update(chunk)
      await writer.write(chunk)
      this.have += chunk.length
      this.arrived(chunk.length)
      guard.arrived(chunk.length)
    }
  }
}

/** The `type` of a problem+json answer, '' when it is none; reads at most 16 KiB. */
export async function problemOf(answer: HttpAnswer): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of answer.body) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > 16_384) return ''
  }
  try {
    const problem: unknown = JSON.parse(text)
    if (typeof problem !== 'object' || problem === null || !('type' in problem)) return ''
    return String(problem.type)
  } catch {
    // Not JSON: then it is not the hub's problem document, and its status alone decides.
    return ''
  }
}
