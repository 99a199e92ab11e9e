import { encodeChunk, limits } from '@sutler/wire'
import type { Fetch } from '@sutler/wire'

/** A piece of content, or with another status than 200 why there is none. */
export interface FilePiece {
  readonly status: number
  /** Bytes of the whole. */
  readonly total: number
  /** At most as many as were asked for. */
  readonly bytes: Uint8Array
}

/** What a device would get over HTTP, from `/files/` or `/tuf/` on: bytes from `from` on, at most `most`. */
export type FileSource = (path: string, from: number, most: number) => Promise<FilePiece>

const nothing = new Uint8Array(0)

/** Asked for and not answered yet: what goes beyond is answered at once, with 429. */
const waitingPieces = 4 * limits.chunksInFlight

/**
 * Gives one connection the pieces that it asks for, one after the other: a device that asks for more than it reads holds up
 * nobody, and takes no more memory than one piece.
 */
export class FileDesk {
  readonly #device: string
  readonly #source: FileSource | undefined
  readonly #publish: (chunk: Uint8Array) => Promise<void>
  readonly #asked: Fetch[] = []
  #working = false
  #closed = false

  /** @param publish resolves when the connection has taken it */
  constructor(device: string, source: FileSource | undefined, publish: (chunk: Uint8Array) => Promise<void>) {
    this.#device = device
    this.#source = source
    this.#publish = publish
  }

  ask(fetch: Fetch): void {
    if (this.#closed) return
    if (this.#asked.length >= waitingPieces) return void this.#answer(fetch, without(429))
    this.#asked.push(fetch)
    if (this.#working) return
    this.#working = true
    // A piece that cannot be said is a bug of the source; the device asks again.
    void this.#work().catch(() => this.close())
  }

  close(): void {
    this.#closed = true
    this.#asked.length = 0
  }

  async #work(): Promise<void> {
    for (let fetch = this.#asked.shift(); fetch !== undefined; fetch = this.#asked.shift())
      await this.#answer(fetch, await this.#piece(fetch))
    this.#working = false
  }

  async #piece({ path, from }: Fetch): Promise<FilePiece> {
    const refusal = refusalOf(this.#device, path)
    if (this.#source === undefined || refusal !== null) return without(refusal ?? 404)
    // Whatever it was, the device tries again later.
    return this.#source(path, from, limits.chunkBytes).catch(() => without(503))
  }

  async #answer({ id, from }: Fetch, { status, total, bytes }: FilePiece): Promise<void> {
    if (!this.#closed)
      await this.#publish(encodeChunk({ re: id, status, from: status === 200 ? from : 0, total, bytes }))
  }
}

function without(status: number): FilePiece {
  return { status, total: 0, bytes: nothing }
}

/** 404 for what is not for devices, 403 for another device's; null = the source decides. */
export function refusalOf(device: string, path: string): 404 | 403 | null {
  const [, kind, rest = '', query = ''] = /^\/(files|tuf)\/([\w.-][\w./-]{0,300})(?:\?([\w=&.%-]*))?$/.exec(path) ?? []
  if (kind === undefined || /(^|\/)\.{1,2}(\/|$)|\/\//.test(rest)) return 404
  if (kind === 'files') return new URLSearchParams(query).get('d') === device ? null : 403
  const [folder, whose] = rest.split('/')
  return folder !== 'assignments' || whose === device ? null : 403
}
