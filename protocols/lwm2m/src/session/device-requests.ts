import { heldBody } from './body.ts'
import { Lwm2mWireError } from '../errors.ts'
import { typeOf } from '../mapping/object-types.ts'
import { decodeContent, encodeContent } from '../wire/content.ts'
import { parseLinks } from '../wire/link-format.ts'
import { answer, format, method } from '../wire/numbers.ts'
import { encodeText } from '../wire/plain.ts'
import { pathNumbers } from '../wire/values.ts'
import type { Entry, Value } from '../wire/values.ts'
import type { Body } from './body.ts'
import type { Answer, Request } from './conversations.ts'
import type { Habits } from './remembered.ts'

type Ask = (request: Request, notify?: (answer: Answer) => void) => Promise<Answer>

/** What reads are asked in, by version: smallest first of what its clients can. null = no Accept, the client's own choice. */
const preferred = {
  '1.0': [format.tlv, format.json, null],
  '1.1': [format.senmlCbor, format.senmlJson, format.tlv, format.json, null],
  '1.2': [format.senmlCbor, format.senmlJson, format.tlv, format.lwm2mCbor, null],
} as const

/** Read one by one where a client gives no instance as a whole and cannot be discovered. */
const usual: Readonly<Record<number, readonly number[]>> = {
  3: [0, 1, 2, 3, 10, 15, 17, 18, 19, 21],
  4: [0],
  5: [3, 5, 6, 7, 9, 8],
  9: [0, 1, 7, 9, 12],
}
const utf8 = new TextEncoder()

/** The operations on a device (OMA LwM2M Core 1.2, 6.3), in the way that this device takes them. */
export class DeviceRequests {
  /** What was learnt; kept by whoever remembers the device. */
  habits: Habits
  readonly #ask: Ask
  readonly #version: keyof typeof preferred

  constructor(ask: Ask, version: keyof typeof preferred, habits: Habits) {
    this.#ask = ask
    this.#version = version
    this.habits = habits
  }

  /** @returns what the device says; empty when it gives nothing there. Throws Lwm2mExchangeError when no answer comes. */
  async read(path: string): Promise<Entry[]> {
    const numbers = pathNumbers(path)!
    const [object] = numbers
    if (numbers.length < 3 && this.habits.singleReads?.includes(object!)) return this.#readSingly(path)
    const reply = await this.#get(path)
    if (reply.code === answer.content) return entriesOf(reply, path)
    // Refused as a whole, which does not mean that no resource can be read.
    const whole: number[] = [
      answer.methodNotAllowed,
      answer.unauthorized,
      answer.notImplemented,
      answer.internalServerError,
    ]
    if (numbers.length > 2 || !whole.includes(reply.code)) return []
    const entries = await this.#readSingly(path)
    if (entries.length > 0) this.#learn({ singleReads: [...(this.habits.singleReads ?? []), object!] })
    return entries
  }

  /** Resources that are there, as paths; null when the client cannot be discovered (6.3.2). */
  async discover(path: string): Promise<string[] | null> {
    if (this.habits.noDiscover) return null
    const reply = await this.#ask({ method: method.get, path, accept: format.link })
    if (reply.code === answer.content && reply.contentFormat === format.link)
      return readable(() => parseLinks(reply.payload).map(({ target }) => target)) ?? null
    // 5.01 and 4.06 are seen of clients that know no Discover.
    if (reply.code !== answer.notFound) this.#learn({ noDiscover: true })
    return null
  }

  /** Writes one resource. @returns the code */
  async write(path: string, value: Value): Promise<number> {
    const entries = [{ path, value }]
    let reply = await this.#put(path, encodeText(value), format.text)
    for (const contentFormat of [format.tlv, format.senmlCbor, format.senmlJson]) {
      if (reply.code !== answer.unsupportedContentFormat && reply.code !== answer.badRequest) break
      reply = await this.#put(path, encodeContent(entries, contentFormat, path, typeOf), contentFormat)
    }
    return reply.code
  }

  /** Writes bytes, in blocks when they are many. */
  async push(path: string, body: Body, sent: (bytes: number) => void, signal: AbortSignal): Promise<number> {
    return (await this.#ask({ method: method.put, path, contentFormat: format.opaque, body, sent, signal })).code
  }

  async execute(path: string, argument?: string): Promise<number> {
    const body = argument === undefined ? {} : { body: heldBody(utf8.encode(argument)), contentFormat: format.text }
    return (await this.#ask({ method: method.post, path, ...body })).code
  }

  /** Makes an instance whose number the client chooses (6.3.6). */
  async create(path: string): Promise<number> {
    return (await this.#ask({ method: method.post, path, contentFormat: format.tlv })).code
  }

  async remove(path: string): Promise<number> {
    return (await this.#ask({ method: method.delete, path })).code
  }

  /** @returns whether the device tells of changes from now on (6.4.1) */
  async observe(path: string, notify: (entries: Entry[]) => void): Promise<boolean> {
    if (this.habits.noObserve) return false
    const accept = this.#accepts()[0]
    const request = { method: method.get, path, observe: 0 as const, ...(accept !== null && { accept }) }
    const reply = await this.#ask(request, (each) => notify(each.code === answer.content ? entriesOf(each, path) : []))
    if (reply.code !== answer.content) this.#learn({ noObserve: true })
    return reply.observation !== undefined
  }

  /** Tries the formats until one is not refused with 4.06, and stays with it. */
  async #get(path: string): Promise<Answer> {
    for (const accept of this.#accepts()) {
      const reply = await this.#ask({ method: method.get, path, ...(accept !== null && { accept }) })
      if (reply.code === answer.notAcceptable) continue
      if (reply.code === answer.content) this.#learn({ accept })
      return reply
    }
    return { code: answer.notAcceptable, contentFormat: 0, payload: new Uint8Array(0) }
  }

  /** What is known to work first; the others follow, for a resource that is refused in it all the same. */
  #accepts(): (number | null)[] {
    const known = this.habits.accept
    const all: (number | null)[] = [...preferred[this.#version]]
    return known === undefined ? all : [known, ...all.filter((each) => each !== known)]
  }

  async #readSingly(path: string): Promise<Entry[]> {
    const [object, instance = 0] = pathNumbers(path)!
    const base = `/${object}/${instance}`
    const found = (await this.discover(base))?.filter((each) => pathNumbers(each)?.length === 3)
    const paths = found?.length ? found : (usual[object!] ?? []).map((resource) => `${base}/${resource}`)
    const entries: Entry[] = []
    for (const each of paths.slice(0, 32)) {
      const reply = await this.#get(each)
      if (reply.code === answer.content) entries.push(...entriesOf(reply, each))
    }
    return entries
  }

  #put(path: string, payload: Uint8Array, contentFormat: number): Promise<Answer> {
    return this.#ask({ method: method.put, path, contentFormat, body: heldBody(payload) })
  }

  #learn(learnt: Partial<Habits>): void {
    this.habits = { ...this.habits, ...learnt }
  }
}

/** A device that answers what cannot be read says nothing. */
function entriesOf(reply: Answer, path: string): Entry[] {
  return readable(() => decodeContent(reply.payload, reply.contentFormat, path, typeOf)) ?? []
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Lwm2mWireError) return undefined
    throw error
  }
}
