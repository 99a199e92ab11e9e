import { decodeChunk, decodeDown, encode, isChunk, limits } from '@sutler/wire'
import type { Chunk } from '@sutler/wire'
import { toBase64Url } from './base64.ts'
import { AgentError, reasonOf } from './errors.ts'
import type { AgentPlatform, Http, HttpAnswer, HttpRequest } from './platform.ts'

interface Asked {
  readonly path: string
  readonly from: number
  answered(chunk: Chunk): void
  failed(error: AgentError): void
}

/**
 * Files and signed metadata over the link to the hub, for a device that has nothing but MQTT: what the agent asks for over HTTP is
 * fetched in chunks, so many at once as the window allows. What a link that ended left unanswered fails, and is continued where
 * it was, as any download is.
 */
export class FilesOverMqtt {
  private readonly platform: AgentPlatform
  private readonly prefix: string
  private readonly asked = new Map<string, Asked>()
  private readonly queue: Asked[] = []
  private publish: ((payload: Uint8Array) => void) | null = null
  private count = 0

  constructor(platform: AgentPlatform) {
    this.platform = platform
    this.prefix = toBase64Url(platform.crypto.randomBytes(9))
  }

  /** The link is ready. @param publish to the hub */
  opened(publish: (payload: Uint8Array) => void): void {
    this.publish = publish
    this.pump()
  }

  /** The link has ended. */
  closed(): void {
    this.publish = null
    this.failAll('the connection to the hub has ended')
  }

  /** @returns whether the payload was for here; otherwise it is a message */
  arrived(payload: Uint8Array): boolean {
    if (isChunk(payload)) {
      this.take(payload)
      return true
    }
    // A hub that knows no chunks refuses the question as such.
    if (this.asked.size > 0) this.refused(payload)
    return false
  }

  /** The same, but for what can be fetched over MQTT. */
  http(real: Http): Http {
    return {
      request: (request) => {
        const path = request.method === 'GET' ? pathOf(request.url) : null
        return path === null ? real.request(request) : this.get(path, request)
      },
      close: () => real.close(),
    }
  }

  private async get(path: string, request: HttpRequest): Promise<HttpAnswer> {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers?.['range'] ?? '')?.[1] ?? 0)
    const first = await this.ask(path, from, request)
    const { status, total } = first
    const ended = new AbortController()
    const close = (): void => ended.abort(new AgentError('network', 'the answer was given up'))
    if (status !== 200) return { status, headers: {}, body: only(first.bytes), close }
    if (from > total) return { status: 416, headers: {}, body: only(first.bytes.subarray(0, 0)), close }
    const range = from > 0 ? { 'content-range': `bytes ${from}-${total - 1}/${total}` } : {}
    const headers = { 'content-length': String(total - from), ...range }
    const stop = request.stop ? AbortSignal.any([request.stop, ended.signal]) : ended.signal
    return { status: from > 0 ? 206 : 200, headers, body: this.rest(path, first, { ...request, stop }), close }
  }

  /** The first chunk and those after it, in order; as many are asked for ahead as the window has. */
  private async *rest(path: string, first: Chunk, request: HttpRequest): AsyncIterable<Uint8Array> {
    const ahead: Promise<Chunk>[] = []
    let next = first.from + first.bytes.length
    yield first.bytes
    for (let done = next; done < first.total;) {
      while (ahead.length < limits.chunksInFlight && next < first.total) {
        const chunk = this.ask(path, next, request)
        // Its failure is told when its turn comes, or by the one before it.
        chunk.catch(() => undefined)
        ahead.push(chunk)
        next += limits.chunkBytes
      }
      const { status, from, total, bytes } = await ahead.shift()!
      const most = Math.min(limits.chunkBytes, first.total - done)
      if (status !== 200 || from !== done || total !== first.total || bytes.length !== most)
        throw new AgentError('network', `${path}: a chunk of status ${status} with ${bytes.length} bytes from ${from}`)
      done += bytes.length
      yield bytes
    }
  }

  private ask(path: string, from: number, { idle, stop }: HttpRequest): Promise<Chunk> {
    return new Promise((resolve, reject) => {
      const settled = (): void => {
        cancel()
        stop?.removeEventListener('abort', stopped)
      }
      const asked: Asked = {
        path,
        from,
        answered: (chunk) => (settled(), resolve(chunk)),
        failed: (error) => (settled(), reject(error)),
      }
      const stopped = (): void => this.drop(asked, new AgentError('network', `${path}: given up`))
      const cancel = this.platform.clock.after(idle, () =>
        this.drop(asked, new AgentError('network', `${path}: no answer over MQTT for ${idle} ms`)),
      )
      stop?.addEventListener('abort', stopped)
      this.queue.push(asked)
      if (stop?.aborted) stopped()
      this.pump()
    })
  }

  private pump(): void {
    while (this.publish !== null && this.asked.size < limits.chunksInFlight && this.queue.length > 0) {
      const asked = this.queue.shift()!
      const id = `${this.prefix}-${++this.count}`
      this.asked.set(id, asked)
      this.publish(encode({ id, t: 'fetch', path: asked.path, from: asked.from }))
    }
  }

  private take(payload: Uint8Array): void {
    try {
      const chunk = decodeChunk(payload)
      // Of an earlier attempt, or doubled.
      if (!this.asked.has(chunk.re)) return
      const asked = this.asked.get(chunk.re)!
      this.asked.delete(chunk.re)
      // The payload is a view that is good for this turn only.
      asked.answered({ ...chunk, bytes: chunk.bytes.slice() })
      this.pump()
    } catch (error) {
      this.platform.log.warn('a chunk could not be read', { reason: reasonOf(error) })
    }
  }

  private refused(payload: Uint8Array): void {
    try {
      const message = decodeDown(payload)
      if (message.t !== 'ack' || message.error === undefined || !message.re.some((id) => this.asked.has(id))) return
      this.failAll(`the hub gives no files over MQTT (${message.error})`)
    } catch {
      // Whoever takes the messages says what is wrong with it.
    }
  }

  private drop(asked: Asked, error: AgentError): void {
    const at = this.queue.indexOf(asked)
    if (at >= 0) this.queue.splice(at, 1)
    for (const [id, each] of this.asked) if (each === asked) this.asked.delete(id)
    asked.failed(error)
    this.pump()
  }

  private failAll(why: string): void {
    for (const asked of [...this.asked.values(), ...this.queue]) this.drop(asked, new AgentError('network', why))
  }
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  if (bytes.length > 0) yield bytes
}

/** What the hub calls it; null = only HTTP has it. */
function pathOf(url: string): string | null {
  return /^[a-z]+:\/\/[^/]+.*?(\/(?:files|tuf)\/.*)$/.exec(url)?.[1] ?? null
}
