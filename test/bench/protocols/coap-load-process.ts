import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { fromDatagram, message, textsOf, toDatagram, type Coap } from '../../../simulators/src/lwm2m/coap.ts'
import { serveParent } from '../bench-process.ts'

/** Devices that register and update again and again, each from a port of its own, one request at a time. */

export interface CoapLoadQuestion {
  readonly port: number
  readonly devices: number
  readonly milliseconds: number
  /** Update only, or register before each update. */
  readonly what: 'updates' | 'registrations'
}

export interface CoapLoadAnswer {
  /** Updates that were answered. */
  readonly answered: number
  readonly seconds: number
}

const links = Buffer.from('</1/0>,</3/0>')

class LoadDevice {
  readonly #socket: Socket = createSocket('udp4')
  readonly #port: number
  readonly #name: string
  #next = 1
  #location: string[] = []
  #token: Buffer = Buffer.alloc(0)
  #settle: ((answer: Coap) => void) | null = null

  constructor(port: number, number: number) {
    this.#port = port
    this.#name = `bench-${number}`
    this.#socket.on('message', (bytes) => this.#received(fromDatagram(bytes)))
  }

  async run(what: CoapLoadQuestion['what'], milliseconds: number): Promise<number> {
    if (this.#location.length === 0) {
      this.#socket.bind(0, '127.0.0.1')
      await once(this.#socket, 'listening')
      await this.#register()
    }
    const end = performance.now() + milliseconds
    let answered = 0
    for (; performance.now() < end; answered++) {
      if (what === 'registrations') await this.#register()
      await this.#ask(this.#location, [], 0x44)
    }
    return answered
  }

  async #register(): Promise<void> {
    const query = [`ep=${this.#name}`, 'lt=86400', 'lwm2m=1.1', 'b=U']
    const answer = await this.#ask(['rd'], query, 0x41, links)
    this.#location = textsOf(answer, 8)
  }

  async #ask(path: readonly string[], query: readonly string[], code: number, payload?: Buffer): Promise<Coap> {
    const id = this.#next++ & 0xffff
    const options: [number, Buffer][] = [
      ...path.map((each): [number, Buffer] => [11, Buffer.from(each)]),
      ...query.map((each): [number, Buffer] => [15, Buffer.from(each)]),
    ]
    const token = Buffer.from([id >> 8, id & 255])
    this.#token = token
    const bytes = toDatagram(message(2, { id, token, options, ...(payload && { payload }) }))
    const answer = await new Promise<Coap>((resolve, reject) => {
      // As a device would: what is lost in a full buffer is said again.
      const repeat = setInterval(() => this.#socket.send(bytes, this.#port, '127.0.0.1'), 2000)
      const late = setTimeout(() => reject(new Error(`no answer to ${path.join('/')}`)), 20_000)
      this.#settle = (given) => {
        clearInterval(repeat)
        clearTimeout(late)
        resolve(given)
      }
      this.#socket.send(bytes, this.#port, '127.0.0.1')
    })
    if (answer.code !== code) throw new Error(`${path.join('/')} was answered ${answer.code >> 5}.${answer.code & 31}`)
    return answer
  }

  /** What the hub asks is answered with 4.04: there is nothing to read. */
  #received(coap: Coap): void {
    if (coap.code >= 64) {
      if (coap.type === 0) this.#send(message(0, { type: 2, id: coap.id }))
      if (coap.token.equals(this.#token)) this.#settle?.(coap)
    } else if (coap.code > 0) this.#send(message(0x84, { type: 2, id: coap.id, token: coap.token }))
  }

  #send(coap: Coap): void {
    this.#socket.send(toDatagram(coap), this.#port, '127.0.0.1')
  }
}

const known = new Map<number, LoadDevice[]>()

serveParent(async ({ port, devices, milliseconds, what }: CoapLoadQuestion): Promise<CoapLoadAnswer> => {
  const all = known.get(port) ?? Array.from({ length: devices }, (_, number) => new LoadDevice(port, number))
  known.set(port, all)
  const began = performance.now()
  const counts = await Promise.all(all.map((device) => device.run(what, milliseconds)))
  const answered = counts.reduce((sum, count) => sum + count, 0)
  return { answered, seconds: (performance.now() - began) / 1000 }
})
