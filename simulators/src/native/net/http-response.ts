import { FleetError } from '../errors.ts'

const mostHeadBytes = 32_768

type BodyKind = 'none' | 'length' | 'chunked' | 'until-close'
type ChunkState = 'size' | 'content' | 'content-end' | 'trailer'

/**
 * HTTP/1.1 responses (RFC 9112), one after the other, without a copy of the body: its pieces go to `onBody` as views of
 * the buffer they were read into. Pure: no socket.
 */
export class ResponseReader {
  status = 0
  /** Names in lower case; of a repeated field the last. */
  headers = new Map<string, string>()
  /** Whether another request may follow on the connection. */
  keepAlive = true
  /** Whether any byte of the response was seen. */
  begun = false
  #onBody: (chunk: Buffer) => void = () => {}
  #bodyless = false
  #head: Buffer | null = null
  #inBody = false
  #kind: BodyKind = 'none'
  #chunk: ChunkState = 'size'
  #left = 0
  #line = ''

  /** Expects the response to a new request. */
  begin(method: string, onBody: (chunk: Buffer) => void): void {
    this.status = 0
    this.begun = false
    this.#onBody = onBody
    this.#bodyless = method === 'HEAD'
    this.#head = null
    this.#inBody = false
  }

  /**
   * Takes the next bytes.
   * @returns whether the response is whole
   * @throws FleetError `malformed-http`
   */
  feed(bytes: Buffer): boolean {
    this.begun = true
    let at = 0
    while (!this.#inBody) {
      const after = this.#feedHead(bytes.subarray(at))
      if (after === -1) return false
      at += after
      if (this.#inBody && this.#kind === 'none') return true
    }
    const rest = at === 0 ? bytes : bytes.subarray(at)
    return this.#kind === 'chunked' ? this.#feedChunked(rest) : this.#feedPlain(rest)
  }

  /** Whether a response is whole because the connection has ended [RFC 9112 §6.3, rule 8]. */
  endedByClose(): boolean {
    return this.#inBody && this.#kind === 'until-close'
  }

  /** @returns how many of the given bytes belong to the head, or -1 when it is not whole yet */
  #feedHead(bytes: Buffer): number {
    const before = this.#head?.length ?? 0
    const all = this.#head ? Buffer.concat([this.#head, bytes]) : bytes
    const end = all.indexOf('\r\n\r\n')
    if (end === -1) {
      if (all.length > mostHeadBytes) throw malformed(`a head of more than ${mostHeadBytes} bytes`)
      this.#head = Buffer.from(all)
      return -1
    }
    this.#head = null
    this.#readHead(all.toString('latin1', 0, end))
    return end + 4 - before
  }

  #readHead(head: string): void {
    const lines = head.split('\r\n')
    const status = /^HTTP\/1\.([01]) (\d{3})/.exec(lines[0]!)
    if (!status) throw malformed(`the status line "${lines[0]!.slice(0, 80)}"`)
    this.status = Number(status[2])
    this.headers = new Map()
    for (let at = 1; at < lines.length; at++) {
      const line = lines[at]!
      const colon = line.indexOf(':')
      if (colon < 1) throw malformed(`the header line "${line.slice(0, 80)}"`)
      this.headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
    }
    // An interim response [RFC 9110 §15.2]: the final one follows.
    if (this.status < 200) return
    const connection = this.headers.get('connection')?.toLowerCase()
    this.keepAlive = status[1] === '1' ? connection !== 'close' : connection === 'keep-alive'
    this.#inBody = true
    this.#chooseBody()
  }

  #chooseBody(): void {
    const length = this.headers.get('content-length')
    if (this.#bodyless || this.status === 204 || this.status === 304) this.#kind = 'none'
    else if (this.headers.get('transfer-encoding')?.toLowerCase() === 'chunked') {
      this.#kind = 'chunked'
      this.#chunk = 'size'
      this.#line = ''
    } else if (length !== undefined) {
      if (!/^\d{1,15}$/.test(length)) throw malformed(`content-length: ${length.slice(0, 40)}`)
      this.#left = Number(length)
      this.#kind = this.#left === 0 ? 'none' : 'length'
    } else {
      this.#kind = 'until-close'
      this.keepAlive = false
    }
  }

  #feedPlain(bytes: Buffer): boolean {
    if (this.#kind === 'until-close') {
      if (bytes.length > 0) this.#onBody(bytes)
      return false
    }
    if (bytes.length > this.#left) throw malformed('more body than content-length says')
    this.#left -= bytes.length
    if (bytes.length > 0) this.#onBody(bytes)
    return this.#left === 0
  }

  #feedChunked(bytes: Buffer): boolean {
    let at = 0
    while (at < bytes.length) {
      if (this.#chunk === 'content') {
        const piece = bytes.subarray(at, at + this.#left)
        this.#onBody(piece)
        at += piece.length
        this.#left -= piece.length
        if (this.#left === 0) this.#chunk = 'content-end'
        continue
      }
      const byte = bytes[at++]!
      if (byte !== 0x0a) {
        if (byte !== 0x0d) this.#line += String.fromCharCode(byte)
        if (this.#line.length > 1024) throw malformed('a chunk line of more than 1,024 bytes')
        continue
      }
      if (this.#endOfLine()) return true
    }
    return false
  }

  /** A line between chunks has ended [RFC 9112 §7.1]. @returns whether it was the last of the response */
  #endOfLine(): boolean {
    const line = this.#line
    this.#line = ''
    if (this.#chunk === 'trailer') return line === ''
    if (this.#chunk === 'content-end') {
      if (line !== '') throw malformed('a chunk longer than its size')
      this.#chunk = 'size'
      return false
    }
    const size = /^([0-9a-fA-F]{1,8})\s*(;.*)?$/.exec(line)
    if (!size) throw malformed(`the chunk size "${line.slice(0, 40)}"`)
    this.#left = Number.parseInt(size[1]!, 16)
    this.#chunk = this.#left === 0 ? 'trailer' : 'content'
    return false
  }
}

function malformed(what: string): FleetError {
  return new FleetError('malformed-http', `the hub answered with ${what}`)
}
