import { Duplex } from 'node:stream'
import type { Socket } from 'node:net'

/** TLS records and handshake messages that matter here (RFC 5246, 6.2.1 and 7.4). */
const handshakeRecord = 22
const clientKeyExchange = 16
const headBytes = 5
/** RFC 5246, 6.2.3: a record's length; no handshake with pre-shared keys comes near it. */
const mostRecordBytes = 16_384 + 2048
/** RFC 4279, 5.3 asks for support of identities of 128 bytes; the standard's own limit is what two bytes count. */
const mostIdentityBytes = 256

export interface ShownKey {
  readonly identity: string
  readonly key: Uint8Array
}

/**
 * Stands between a connection and its TLS server, and stops what the client sends at the message that names its pre-shared
 * key (RFC 4279, 2) until the key is there: Node's own callback for keys cannot wait for a database.
 */
export class KeyGate extends Duplex {
  readonly #raw: Socket
  readonly #lookUp: (identity: string) => Promise<Uint8Array | null>
  #waiting: Buffer = Buffer.alloc(0)
  #open = false
  #busy = false
  /** Set as soon as the client has named a key that there is. */
  shown: ShownKey | null = null

  constructor(raw: Socket, lookUp: (identity: string) => Promise<Uint8Array | null>) {
    super({ allowHalfOpen: false })
    this.#raw = raw
    this.#lookUp = lookUp
    raw.on('data', (bytes: Buffer) => this.#received(bytes))
    raw.on('end', () => this.push(null))
    raw.on('error', (error) => this.destroy(error))
    raw.on('close', () => this.destroy())
    raw.on('drain', () => this.emit('drain'))
  }

  override _read(): void {
    if (!this.#busy) this.#raw.resume()
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#raw.write(bytes, done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#raw.end(() => done())
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#raw.destroy()
    done(error)
  }

  #received(bytes: Buffer): void {
    if (this.#open) {
      if (!this.push(bytes)) this.#raw.pause()
      return
    }
    this.#waiting = Buffer.concat([this.#waiting, bytes])
    if (!this.#busy) this.#pass()
  }

  /** Lets whole records through until the one that names the key. */
  #pass(): void {
    while (this.#waiting.length >= headBytes) {
      const length = headBytes + this.#waiting.readUInt16BE(3)
      if (length > headBytes + mostRecordBytes) return void this.destroy(new Error('a TLS record that is too long'))
      if (this.#waiting.length < length) return
      const record = this.#waiting.subarray(0, length)
      this.#waiting = this.#waiting.subarray(length)
      const identity = identityIn(record)
      if (identity !== null) return void this.#fetch(identity, record)
      this.push(record)
    }
  }

  async #fetch(identity: string, record: Buffer): Promise<void> {
    this.#busy = true
    this.#raw.pause()
    try {
      const key = await this.#lookUp(identity)
      if (key) this.shown = { identity, key }
    } catch (cause) {
      this.destroy(new Error(`the key of ${JSON.stringify(identity)} could not be looked up`, { cause }))
      return
    }
    this.#busy = false
    this.#open = true
    this.push(record)
    if (this.#waiting.length > 0) this.push(this.#waiting)
    this.#waiting = Buffer.alloc(0)
    this.#raw.resume()
  }
}

/** The name of the key in a ClientKeyExchange (RFC 4279, 2; RFC 5489, 2 begins alike); null in any other record. */
function identityIn(record: Buffer): string | null {
  if (record[0] !== handshakeRecord || record[headBytes] !== clientKeyExchange || record.length < headBytes + 6)
    return null
  const length = record.readUInt16BE(headBytes + 4)
  if (length > mostIdentityBytes) return ''
  return record.toString('utf8', headBytes + 6, headBytes + 6 + length)
}
