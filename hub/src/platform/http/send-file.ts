import type { ServerResponse } from 'node:http'
import type { FileHandle } from 'node:fs/promises'
import type { Clock, Milliseconds } from '../clock.ts'
import type { ByteRange } from '@sutler/http'

/** Large reads are what makes this faster than a stream of 64 KiB chunks; two of them let disk and socket work at once. */
export const chunkSize = 512 * 1024

export interface SendOptions {
  readonly clock: Clock
  /** A reader that takes less than this many bytes a second is cut. */
  readonly minimumRate: number
  /** Time that every piece has beside what the rate gives it, milliseconds. */
  readonly grace: Milliseconds
}

/** Buffers between transfers. Bounded: what is not needed again is left to the garbage collector. */
export class BufferPool {
  readonly #free: Buffer[] = []
  readonly #most: number
  constructor(most: number) {
    this.#most = most
  }
  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(chunkSize)
  }
  giveBack(buffer: Buffer): void {
    if (this.#free.length < this.#most) this.#free.push(buffer)
  }
}

/**
 * Sends `range` of an open file, head already written. Reads one buffer while the other is being written, and never more:
 * the reader's pace is ours. Resolves false if the connection ended early or the reader was cut.
 */
export async function sendRange(
  file: FileHandle,
  range: ByteRange,
  outgoing: ServerResponse,
  pool: BufferPool,
  options: SendOptions,
): Promise<boolean> {
  const buffers = [pool.take(), pool.take()]
  let written: Promise<boolean> = Promise.resolve(true)
  let position = range.start
  let turn = 0
  while (position <= range.end) {
    const buffer = buffers[turn]!
    const { bytesRead } = await file.read(buffer, 0, Math.min(chunkSize, range.end + 1 - position), position)
    // The buffer that was just read was written out before the one still on its way: order of turns.
    if (bytesRead === 0 || !(await written)) {
      outgoing.destroy()
      return false
    }
    position += bytesRead
    written = write(outgoing, buffer.subarray(0, bytesRead), options)
    turn = 1 - turn
  }
  const complete = await written
  // Only now is neither buffer in the socket's hands any more; after a cut they might still be.
  if (complete) for (const buffer of buffers) pool.giveBack(buffer)
  outgoing.end()
  return complete
}

/** Resolves when the system has taken all of `bytes`, with `last` the whole answer; false if the reader was too slow or is gone. */
export function write(
  outgoing: ServerResponse,
  bytes: Buffer,
  options: SendOptions,
  which: 'more follows' | 'last' = 'more follows',
): Promise<boolean> {
  return new Promise((resolve) => {
    if (outgoing.destroyed) return resolve(false)
    const cancel = options.clock.after(options.grace + (bytes.length * 1000) / options.minimumRate, () =>
      outgoing.destroy(),
    )
    const gone = (): void => finish(false)
    const finish = (taken: boolean): void => {
      cancel()
      outgoing.off('close', gone)
      resolve(taken)
    }
    outgoing.once('close', gone)
    if (which === 'last') outgoing.end(bytes, () => finish(true))
    else outgoing.write(bytes, (error) => finish(!error))
  })
}
