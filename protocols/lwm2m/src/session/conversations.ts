import { isAnswer, noBytes, sorted, texts, uint, uintOption } from '../wire/coap-message.ts'
import { option } from '../wire/numbers.ts'
import { receiveBody, sendBody } from './blockwise.ts'
import { Lwm2mExchangeError } from './exchange-error.ts'
import { Freshness } from './freshness.ts'
import type { Clock } from '../clock.ts'
import type { CoapMessage, CoapOption } from '../wire/coap-message.ts'
import type { Path } from '../transport/path.ts'
import type { Body } from './body.ts'

/** A request to a device. */
export interface Request {
  readonly method: number
  /** `/5/0/3` */
  readonly path: string
  readonly query?: readonly string[]
  readonly contentFormat?: number
  readonly accept?: number
  readonly body?: Body
  /** 0 to observe, 1 to stop (RFC 7641, 2). */
  readonly observe?: 0 | 1
  /** Told after each block, with the bytes that the device has. */
  readonly sent?: (bytes: number) => void
  readonly signal?: AbortSignal
}

export interface Answer {
  readonly code: number
  /** Text when the device does not say (RFC 7252, 5.5.2 leaves it open; OMA: text). */
  readonly contentFormat: number
  readonly payload: Uint8Array
  /** The device observes: notifications come with this token. */
  readonly observation?: string
}

/** An answer may come this long after the request was acknowledged. */
const answerWithin = 100_000

interface Pending {
  readonly path: Path
  readonly settle: (answer: CoapMessage | Lwm2mExchangeError) => void
}

interface Observation {
  readonly path: Path
  readonly freshness: Freshness
  readonly notify: (answer: Answer) => void
}

export interface ConversationsDeps {
  readonly clock: Clock
  /** Unpredictable bytes: without security a token is all that tells an answer from a forged one (RFC 7252, 11.4). */
  readonly token: () => Uint8Array
}

/** Requests of the hub to devices, and what they answer and notify. */
export class Conversations {
  readonly #pending = new Map<string, Pending>()
  readonly #observations = new Map<string, Observation>()
  readonly #deps: ConversationsDeps

  constructor(deps: ConversationsDeps) {
    this.#deps = deps
  }

  /**
   * Sends the request, in blocks where it or its answer is long, and gives the whole answer.
   * @param notify called with each fresh notification, where the request observes and the device agrees
   * Throws Lwm2mExchangeError when no answer comes.
   */
  async ask(path: Path, request: Request, notify?: (answer: Answer) => void): Promise<Answer> {
    const options = optionsOf(request)
    const token = this.#deps.token()
    const exchange = (extra: readonly CoapOption[], payload: Uint8Array, ownToken: Uint8Array) => {
      const message = { code: request.method, token: ownToken, options: sorted([...options, ...extra]), payload }
      return this.#exchange(path, message, request.signal)
    }
    const first = await sendBody(request, path.payloadBytes, (extra, payload) => exchange(extra, payload, token))
    const observed = notify && uintOption(first, option.observe) !== undefined
    if (observed) this.#observe(hex(token), path, first, notify)
    // The blocks after the first are asked for without observing again (RFC 7959, 3.4).
    const later = options.filter(({ number }) => number !== option.observe)
    const payload = await receiveBody(first, (extra) => {
      const message = {
        code: request.method,
        token: this.#deps.token(),
        options: sorted([...later, ...extra]),
        payload: noBytes,
      }
      return this.#exchange(path, message, request.signal)
    })
    const whole = answerOf(first, payload)
    return observed ? { ...whole, observation: hex(token) } : whole
  }

  /** @returns whether the answer or notification was expected */
  answered(path: Path, message: CoapMessage): boolean {
    const key = hex(message.token)
    const pending = this.#pending.get(key)
    if (pending?.path === path) {
      pending.settle(message)
      return true
    }
    const observation = this.#observations.get(key)
    if (observation?.path !== path || !isAnswer(message.code)) return false
    // RFC 7641, 4.2: an error, or an answer without the option, ends the observation.
    const sequence = uintOption(message, option.observe)
    if (sequence === undefined) this.#observations.delete(key)
    if (sequence === undefined || observation.freshness.fresh(sequence, this.#deps.clock.now()))
      observation.notify(answerOf(message, message.payload))
    return true
  }

  undelivered(path: Path, token: Uint8Array, why: 'reset' | 'no-answer'): void {
    const pending = this.#pending.get(hex(token))
    if (pending?.path === path) pending.settle(new Lwm2mExchangeError(why, `the device at ${path.key} gave ${why}`))
  }

  /** The way is gone: nothing that was asked over it will be answered. */
  closed(path: Path): void {
    for (const pending of this.#pending.values())
      if (pending.path === path) pending.settle(new Lwm2mExchangeError('closed', `the way to ${path.key} has ended`))
    this.stopObserving(path)
  }

  /** Forgets the observations over a way; a notification that comes all the same is reset, which ends it (RFC 7641, 3.6). */
  stopObserving(path: Path): void {
    for (const [key, observation] of this.#observations) if (observation.path === path) this.#observations.delete(key)
  }

  #observe(key: string, path: Path, first: CoapMessage, notify: (answer: Answer) => void): void {
    const freshness = new Freshness()
    freshness.fresh(uintOption(first, option.observe)!, this.#deps.clock.now())
    this.#observations.set(key, { path, freshness, notify })
  }

  #exchange(path: Path, message: CoapMessage, signal: AbortSignal | undefined): Promise<CoapMessage> {
    const key = hex(message.token)
    return new Promise<CoapMessage>((resolve, reject) => {
      const settle = (outcome: CoapMessage | Lwm2mExchangeError) => {
        this.#pending.delete(key)
        cancel()
        signal?.removeEventListener('abort', aborted)
        path.forget(message.token)
        if (outcome instanceof Lwm2mExchangeError) reject(outcome)
        else resolve(outcome)
      }
      const aborted = () => settle(new Lwm2mExchangeError('aborted', `the request to ${path.key} was given up`))
      const late = new Lwm2mExchangeError('no-answer', `the device at ${path.key} gave no answer`)
      const cancel = this.#deps.clock.after(answerWithin, () => settle(late))
      signal?.addEventListener('abort', aborted)
      this.#pending.set(key, { path, settle })
      if (signal?.aborted) aborted()
      else path.send(message, true)
    })
  }
}

function optionsOf({ path, query = [], contentFormat, accept, observe }: Request): CoapOption[] {
  return [
    ...texts(option.uriPath, path.split('/').slice(1)),
    ...texts(option.uriQuery, query),
    ...(contentFormat === undefined ? [] : [uint(option.contentFormat, contentFormat)]),
    ...(accept === undefined ? [] : [uint(option.accept, accept)]),
    ...(observe === undefined ? [] : [uint(option.observe, observe)]),
  ]
}

function answerOf(message: CoapMessage, payload: Uint8Array): Answer {
  return { code: message.code, contentFormat: uintOption(message, option.contentFormat) ?? 0, payload }
}

function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
