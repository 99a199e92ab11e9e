import type { Context } from 'hono'
import { streamSSE, type SSEStreamingApi } from 'hono/streaming'
import type { Clock, Milliseconds } from '../../platform/clock.ts'
import { CallerError, OutsideError } from '../../platform/errors.ts'
import type { ApiEnv } from '../../platform/http/api.ts'
import { invalidRequest } from '../../platform/http/codes.ts'
import type { Log } from '../../platform/log.ts'
import { tooManyStreams } from '../errors.ts'
import type { Followed } from '../live/live.ts'

/** Streams open at once in one hub. */
const bound = 1_000
/** A comment line keeps proxies from closing a quiet stream. */
const keepAlive: Milliseconds = 15_000
/** Who does not take what was written within this time is cut: it comes back with the id of its last step. */
const patience: Milliseconds = 30_000

export interface Following<Place> {
  /** Where the stream begins. */
  readonly from: Place
  /** How a place is written as an event's id. */
  readonly idOf: (place: Place) => string
  readonly steps: (abort: AbortSignal) => AsyncGenerator<Followed<Place>, void, void>
}

/** Steps as server-sent events (WHATWG HTML, 9.2), to a bounded number of readers. */
export class StepStreams {
  readonly #clock: Clock
  readonly #log: Log
  #open = 0

  constructor({ clock, log }: { clock: Clock; log: Log }) {
    this.#clock = clock
    this.#log = log
  }

  /** @throws OutsideError `too-many-live-streams` */
  open<Place>(c: Context<ApiEnv>, following: Following<Place>): Response {
    if (this.#open >= bound) throw new OutsideError(tooManyStreams, `${bound} live streams are open.`)
    this.#open++
    const abort = new AbortController()
    return streamSSE(c, async (stream) => {
      stream.onAbort(() => abort.abort())
      const stopBeating = this.#beat(() => this.#written(stream, stream.write(': still here\n\n'), abort))
      try {
        await this.#tell(stream, following, abort)
      } catch (error) {
        this.#log.warn({ err: error }, 'a live stream was cut')
      } finally {
        this.#open--
        stopBeating()
        abort.abort()
      }
    })
  }

  async #tell<Place>(stream: SSEStreamingApi, following: Following<Place>, abort: AbortController): Promise<void> {
    const { from, idOf, steps } = following
    // An id without data: a reader that is cut before its first step, too, resumes from here.
    await this.#written(stream, stream.write(`: hello\nid: ${idOf(from)}\n\n`), abort)
    for await (const { step, place } of steps(abort.signal)) {
      const message = { id: idOf(place), event: 'step', data: JSON.stringify(step) }
      await this.#written(stream, stream.writeSSE(message), abort)
    }
  }

  /** Waits until the reader has taken what was written, not for ever. */
  async #written(stream: SSEStreamingApi, writing: Promise<unknown>, abort: AbortController): Promise<void> {
    const cancel = this.#clock.after(patience, () => {
      abort.abort()
      stream.abort()
    })
    try {
      await writing
    } finally {
      cancel()
    }
  }

  /** Calls `write` again and again until stopped; never twice at once. */
  #beat(write: () => Promise<void>): () => void {
    const again = (): void => {
      void write().finally(() => {
        if (!stopped) stop = this.#clock.after(keepAlive, again)
      })
    }
    let stopped = false
    let stop = this.#clock.after(keepAlive, again)
    return () => {
      stopped = true
      stop()
    }
  }
}

/** The place that a reader says it has come to, made of `count` whole numbers; null when it says none. */
export function placeIn(c: Context<ApiEnv>, since: string | undefined, count: number): number[] | null {
  const text = c.req.header('Last-Event-ID') ?? since
  if (text === undefined) return null
  const numbers = /^\d+(-\d+)*$/.test(text) ? text.split('-').map(Number) : []
  if (numbers.length === count && numbers.every(Number.isSafeInteger)) return numbers
  const detail = `“${text.slice(0, 80)}” is not the id of a step of this stream.`
  throw new CallerError(invalidRequest, detail, { places: [{ pointer: '#query/since', detail }] })
}
