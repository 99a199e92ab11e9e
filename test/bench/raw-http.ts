import { connect, type Socket } from 'node:net'

/** A client that does as little as can be done, so that it does not slow down what it measures. */

export interface Download {
  readonly status: number
  /** Of the body. */
  readonly bytes: number
  readonly seconds: number
}

/** Body bytes are counted and dropped in a buffer of this size. */
const bufferSize = 1024 * 1024
/** A transfer on which nothing arrives for so long fails, milliseconds. */
const silence = 30_000

/**
 * Fetches a URL over a connection of its own and measures from the request to the last byte.
 * @param range `bytes=<from>-<to>` @throws Error when the connection ends early
 */
export function download(url: string, range?: string): Promise<Download> {
  const { hostname, port, pathname, search } = new URL(url)
  const fields = [`GET ${pathname}${search} HTTP/1.1`, `Host: ${hostname}:${port}`, 'Connection: close']
  if (range !== undefined) fields.push(`Range: ${range}`)
  return new Promise((resolve, reject) => {
    const answer = new Answer()
    let began = 0
    const socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafeSlow(bufferSize),
        callback: (length, buffer) => {
          if (answer.take(Buffer.from(buffer.buffer, 0, length))) {
            resolve({ status: answer.status, bytes: answer.received, seconds: (performance.now() - began) / 1000 })
            socket.destroy()
          }
          return true
        },
      },
    })
    socket.setTimeout(silence, () => socket.destroy(new Error(`nothing came from ${url} for ${silence} ms`)))
    socket.on('error', reject).on('close', () => reject(new Error(`${url} ended after ${answer.received} bytes`)))
    socket.on('connect', () => {
      began = performance.now()
      socket.write(`${fields.join('\r\n')}\r\n\r\n`)
    })
  })
}

/** One answer with Content-Length, read in pieces. */
class Answer {
  status = 0
  /** Bytes of the body so far. */
  received = 0
  #expected = Infinity
  #head: Buffer | null = Buffer.alloc(0)

  /** @returns whether the answer is complete */
  take(piece: Buffer): boolean {
    if (this.#head === null) this.received += piece.length
    else {
      this.#head = Buffer.concat([this.#head, piece])
      const end = this.#head.indexOf('\r\n\r\n')
      if (end === -1) return false
      const head = this.#head.toString('latin1', 0, end)
      this.received = this.#head.length - end - 4
      this.#head = null
      this.status = Number(head.slice(9, 12))
      this.#expected = lengthIn(head)
    }
    return this.received >= this.#expected
  }
}

/** @throws Error when the head gives no Content-Length */
function lengthIn(head: string): number {
  const found = /^content-length: (\d+)\r?$/im.exec(head)
  if (!found) throw new Error(`an answer without Content-Length:\n${head}`)
  return Number(found[1])
}

/** Bytes of the first answer in `bytes`, head and body; 0 when it is not complete. @throws Error as `lengthIn` */
export function answerLength(bytes: Buffer): number {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return 0
  // A 204 has no body, and says no length of it (RFC 9110, 8.6).
  if (bytes.toString('latin1', 9, 12) === '204') return end + 4
  const total = end + 4 + lengthIn(bytes.toString('latin1', 0, end))
  return bytes.length >= total ? total : 0
}

/** Sends one request on an open connection and returns the whole answer. @throws Error when the connection fails */
export function exchange(socket: Socket, request: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0)
    const take = (piece: Buffer): void => {
      bytes = Buffer.concat([bytes, piece])
      const length = answerLength(bytes)
      if (length === 0) return
      socket.off('data', take).off('error', reject)
      resolve(bytes.subarray(0, length))
    }
    socket.on('data', take).on('error', reject)
    socket.write(request)
  })
}
