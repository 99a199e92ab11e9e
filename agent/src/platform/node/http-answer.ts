import { AgentError } from '../../core/errors.ts'

/** Bytes of a connection, pulled. */
export interface ByteSource {
  /** The next bytes, valid until the next call; null at the end of the stream. Throws AgentError `network`. */
  next(): Promise<Uint8Array | null>
}

export interface AnswerHead {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** Bytes of a whole head, or of one line of a chunked body. */
const mostHead = 16_384

/** Reads HTTP/1.1 answers (RFC 9112) from one connection, one after the other. */
export class AnswerReader {
  /** Whether the connection may carry another request: the last body was read to its end, and nothing follows it. */
  reusable = false
  private readonly source: ByteSource
  private rest: Uint8Array = new Uint8Array(0)

  constructor(source: ByteSource) {
    this.source = source
  }

  /** The next final answer's head; interim ones (1xx) are passed over. */
  async head(): Promise<AnswerHead> {
    this.reusable = false
    for (;;) {
      const status = /^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(await this.line())?.[1]
      if (status === undefined) throw broken('it does not begin like an HTTP answer')
      const headers = await this.fields()
      if (Number(status) >= 200) return { status: Number(status), headers }
    }
  }

  /** The body that belongs to a head, framed as in RFC 9112 section 6.3. */
  async *body({ status, headers }: AnswerHead): AsyncGenerator<Uint8Array> {
    const length = headers['content-length']
    const coding = headers['transfer-encoding']?.toLowerCase()
    if (status === 204 || status === 304) yield* this.counted(0)
    else if (coding === 'chunked') yield* this.chunked()
    else if (coding !== undefined) throw broken(`its transfer coding ${coding} is not known`)
    else if (length === undefined) yield* this.untilClosed()
    else if (/^\d{1,15}$/.test(length)) yield* this.counted(Number(length))
    else throw broken(`its length ${length} is no number`)
    const stays = coding === undefined ? length !== undefined || status === 204 || status === 304 : length === undefined
    this.reusable = stays && this.rest.length === 0 && headers['connection']?.toLowerCase() !== 'close'
  }

  private async *counted(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0;) {
      const bytes = await this.take(left)
      left -= bytes.length
      yield bytes
    }
  }

  private async *chunked(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const size = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(await this.line())?.[1]
      if (size === undefined) throw broken('a chunk has no size')
      if (Number.parseInt(size, 16) === 0) break
      yield* this.counted(Number.parseInt(size, 16))
      if ((await this.line()) !== '') throw broken('a chunk is longer than its size')
    }
    await this.fields()
  }

  private async *untilClosed(): AsyncGenerator<Uint8Array> {
    if (this.rest.length > 0) yield this.rest
    this.rest = new Uint8Array(0)
    for (let bytes = await this.source.next(); bytes !== null; bytes = await this.source.next()) yield bytes
  }

  /** At least one byte and at most `most`. */
  private async take(most: number): Promise<Uint8Array> {
    const bytes = this.rest.length > 0 ? this.rest : await this.more()
    this.rest = bytes.subarray(most)
    return bytes.subarray(0, most)
  }

  private async more(): Promise<Uint8Array> {
    const bytes = await this.source.next()
    if (bytes === null) throw broken('it ends too early')
    return bytes
  }

  private async fields(): Promise<Record<string, string>> {
    const fields: Record<string, string> = Object.create(null) as Record<string, string>
    let size = 0
    for (let line = await this.line(); line !== ''; line = await this.line()) {
      const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? []
      if (name === '') throw broken('a header field is malformed')
      size += line.length
      if (size > mostHead) throw broken('its head is too large')
      const known = fields[name.toLowerCase()]
      fields[name.toLowerCase()] = known === undefined ? value : `${known}, ${value}`
    }
    return fields
  }

  private async line(): Promise<string> {
    let text = ''
    for (;;) {
      const bytes = this.rest.length > 0 ? this.rest : await this.more()
      const end = bytes.indexOf(10)
      text += String.fromCharCode(...bytes.subarray(0, Math.min(end < 0 ? bytes.length : end, mostHead + 1)))
      if (text.length > mostHead) throw broken('a line is too long')
      this.rest = bytes.subarray(end < 0 ? bytes.length : end + 1)
      if (end >= 0) return text.endsWith('\r') ? text.slice(0, -1) : text
    }
  }
}

function broken(detail: string): AgentError {
  return new AgentError('network', `the answer is broken: ${detail}`)
}
