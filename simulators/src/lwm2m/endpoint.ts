import { message, none, numberOption, whole, type Coap } from './coap.ts'

/** Sends and receives messages over datagrams or a stream. */
export interface Link {
  send(coap: Coap): void
  close(): void
}

/** Opens a link; what comes in goes to `received`, its end to `ended`. */
export type OpenLink = (received: (coap: Coap) => void, ended: () => void) => Promise<Link>

/** Answers a request of the hub. */
export type Serve = (request: Coap) => Promise<Coap>

const blockBytes = 1024
const repeatAfter = 2000
const giveUpAfter = 20_000

/** One end of CoAP: asks the hub, and serves what it asks. Repeats are recognised and answered again. */
export class Endpoint {
  readonly #open: OpenLink
  readonly #serve: Serve
  #link: Link | null = null
  #nextId = 1
  readonly #pending = new Map<string, (answer: Coap) => void>()
  readonly #answered = new Map<number, Coap | null>()
  /** Says everything twice. */
  stutters = false
  /** Hears nothing: asleep, or out of reach. */
  deaf = false

  constructor(open: OpenLink, serve: Serve) {
    this.#open = open
    this.#serve = serve
  }

  get opened(): boolean {
    return this.#link !== null
  }

  async open(): Promise<void> {
    this.#link = await this.#open(
      (coap) => this.#received(coap),
      () => (this.#link = null),
    )
  }

  close(): void {
    this.#link?.close()
    this.#link = null
    this.#answered.clear()
  }

  /** Asks the hub; a long payload goes in blocks. Throws when no answer comes. */
  async ask(code: number, options: [number, Buffer][], payload: Buffer = none): Promise<Coap> {
    if (payload.length <= blockBytes) return this.#exchange(code, options, payload)
    for (let at = 0; ; at += blockBytes) {
      const more = at + blockBytes < payload.length
      const block: [number, Buffer] = [27, whole((at / blockBytes) * 16 + (more ? 8 : 0) + 6)]
      const answer = await this.#exchange(code, [...options, block], payload.subarray(at, at + blockBytes))
      if (!more || answer.code !== 0x5f) return answer
    }
  }

  /** Sends a message that wants no answer but an acknowledgement. */
  tell(coap: Coap): void {
    this.#send({ ...coap, id: this.#nextId++ & 0xffff })
  }

  #exchange(code: number, options: [number, Buffer][], payload: Buffer): Promise<Coap> {
    const token = Buffer.from([this.#nextId >> 8, this.#nextId & 255, 7])
    const sorted = options.toSorted(([one], [other]) => one - other)
    const request = message(code, { id: this.#nextId++ & 0xffff, token, options: sorted, payload })
    const key = token.toString('hex')
    return new Promise<Coap>((resolve, reject) => {
      const repeat = setInterval(() => this.#send(request), repeatAfter)
      const late = setTimeout(() => settle(() => reject(new Error('the hub does not answer'))), giveUpAfter)
      const settle = (then: () => void) => {
        clearInterval(repeat)
        clearTimeout(late)
        this.#pending.delete(key)
        then()
      }
      this.#pending.set(key, (answer) => settle(() => resolve(answer)))
      this.#send(request)
    })
  }

  #send(coap: Coap): void {
    this.#link?.send(coap)
    if (this.stutters) this.#link?.send(coap)
  }

  #received(coap: Coap): void {
    if (this.deaf) return
    if (coap.code >= 1 && coap.code < 32) void this.#asked(coap)
    else if (coap.code >= 64 && coap.code < 192) {
      if (coap.type === 0) this.#send(message(0, { type: 2, id: coap.id }))
      this.#pending.get(coap.token.toString('hex'))?.(coap)
    }
  }

  async #asked(request: Coap): Promise<void> {
    const again = this.#answered.get(request.id)
    if (again !== undefined && request.id !== 0) {
      if (again) this.#send(again)
      return
    }
    this.#answered.set(request.id, null)
    const answer = await this.#serve(request)
    const block = numberOption(request, 27)
    const echoed: [number, Buffer][] = block === undefined ? [] : [[27, whole(block)]]
    const options = [...answer.options, ...echoed].toSorted(([one], [other]) => one - other)
    const reply = { ...answer, type: 2, id: request.id, token: request.token, options }
    this.#answered.set(request.id, reply)
    if (this.#answered.size > 32) this.#answered.delete(this.#answered.keys().next().value!)
    this.#send(reply)
  }
}
