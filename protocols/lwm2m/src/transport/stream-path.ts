import { limits } from '../limits.ts'
import { isAnswer, isRequest, noBytes, uint, uintOption } from '../wire/coap-message.ts'
import { encodeTcp, TcpFrames } from '../wire/coap-tcp.ts'
import { signal } from '../wire/numbers.ts'
import type { Socket } from 'node:net'
import type { Clock } from '../clock.ts'
import type { CoapMessage } from '../wire/coap-message.ts'
import type { Path, PathEvents, PathKind } from './path.ts'

/** RFC 8323, 5.3: options of a Capabilities and Settings Message; the size that holds as long as none has come. */
const csmOption = { maxMessageSize: 2, blockWise: 4 } as const
const defaultMessageBytes = 1152
/** Room that head, token and options may take beside a payload. */
const headRoom = 128
/** RFC 8323, 5.3: the first message of a connection is the settings; a peer that sends none is let go. */
const settingsWithin = 30_000
/** Bytes that may wait for a peer that does not read. */
const mostWaiting = 1_048_576

interface StreamPathDeps {
  readonly key: string
  readonly kind: PathKind
  readonly identity: string | null
  readonly socket: Socket
  readonly events: PathEvents
  readonly clock: Clock
}

/** One connection that carries CoAP (RFC 8323). */
export class StreamPath implements Path {
  readonly key: string
  readonly kind: PathKind
  readonly identity: string | null
  readonly address = null
  held = false
  payloadBytes = defaultMessageBytes - headRoom
  readonly #socket: Socket
  readonly #events: PathEvents
  readonly #clock: Clock
  readonly #frames = new TcpFrames()
  #settled = false

  constructor({ key, kind, identity, socket, events, clock }: StreamPathDeps) {
    this.key = key
    this.kind = kind
    this.identity = identity
    this.#socket = socket
    this.#events = events
    this.#clock = clock
  }

  open(): void {
    const cancel = this.#clock.after(settingsWithin, () => {
      if (!this.#settled) this.#abort(new Error('no settings came (RFC 8323, 5.3)'))
    })
    this.#socket.on('data', (bytes: Uint8Array) => this.#received(bytes))
    this.#socket.on('error', (error) => this.#events.refused(this.key, error))
    this.#socket.on('close', () => {
      cancel()
      this.#events.closed(this)
    })
    const options = [
      uint(csmOption.maxMessageSize, limits.messageBytes),
      { number: csmOption.blockWise, value: noBytes },
    ]
    this.#write({ code: signal.csm, token: noBytes, options, payload: noBytes })
  }

  send(message: CoapMessage): void {
    this.#write(message)
  }

  /** A stream repeats nothing. */
  forget(): void {}

  close(): void {
    this.#socket.end(encodeTcp({ code: signal.release, token: noBytes, options: [], payload: noBytes }))
  }

  #received(bytes: Uint8Array): void {
    try {
      for (const message of this.#frames.put(bytes)) this.#take(message)
    } catch (error) {
      this.#abort(error)
    }
  }

  #take(message: CoapMessage): void {
    if (message.code === signal.csm) {
      this.#settled = true
      const most = uintOption(message, csmOption.maxMessageSize) ?? defaultMessageBytes
      this.payloadBytes = Math.max(64, Math.min(most, limits.messageBytes) - headRoom)
      return
    }
    // RFC 8323, 5.3.1: nothing but signalling comes before the settings.
    if (!this.#settled) throw new Error('a message came before the settings (RFC 8323, 5.3)')
    if (message.code === signal.ping) this.#write({ ...message, code: signal.pong, options: [], payload: noBytes })
    else if (message.code === signal.release || message.code === signal.abort) this.#socket.end()
    else if (isRequest(message.code)) this.#events.request(this, message, (answer) => this.#write(answer))
    else if (isAnswer(message.code)) this.#events.answer(this, message)
  }

  /** RFC 8323, 5.6: the peer broke the rules. */
  #abort(error: unknown): void {
    this.#events.refused(this.key, error)
    if (!this.#socket.destroyed) this.#write({ code: signal.abort, token: noBytes, options: [], payload: noBytes })
    this.#socket.destroySoon()
  }

  #write(message: CoapMessage): void {
    if (this.#socket.destroyed) return
    this.#socket.write(encodeTcp(message))
    if (this.#socket.writableLength > mostWaiting) this.#socket.destroy(new Error('the peer does not read'))
  }
}
