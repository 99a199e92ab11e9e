import { AgentRefusal, UspError } from '../errors.ts'
import { refusalOf, Requests, type Answer } from '../session/requests.ts'
import type { Link } from '../transport/transport.ts'
import { encodeMessage, type MessageDraft, type Notify, type RequestDraft, type UspMessage } from '../wire/index.ts'
import { valuesOf, type Values } from '../mapping/values.ts'
import { Channel } from './channel.ts'
import type { Response } from '../wire/index.ts'

/** The part of the hub's clock that is needed. */
export interface UspClock {
  monotonic(): number
  /** Calls `then` once after `delay` milliseconds, unless cancelled by the returned function. */
  after(delay: number, then: () => void): () => void
}

export interface ConversationEvents {
  /** `answer` sends the NotifyResp, where one is asked for. */
  notify(id: string, notify: Notify, answer: () => void): void
  disconnected(reason: string): void
  problem(detail: string, cause?: unknown): void
}

type Answers = { [R in Response as R['case']]: R['value'] }

/** Milliseconds that an agent has for an answer. */
const patience = 30_000

/** Requests to one agent and their answers, and what the agent says by itself. */
export class Conversation {
  readonly #channel: Channel
  readonly #clock: UspClock
  readonly #events: ConversationEvents
  readonly #requests = new Requests()
  readonly #prefix = crypto.randomUUID().slice(0, 8)
  #count = 0
  #stopWaiting = (): void => {}

  constructor(link: Link, controller: string, clock: UspClock, events: ConversationEvents) {
    this.#clock = clock
    this.#events = events
    this.#channel = new Channel(link, controller, {
      message: (message, inSession) => this.#take(message, inSession),
      refused: (error, inSession) => this.#answerError(error, inSession),
      restarted: () => this.#again(),
      disconnected: events.disconnected,
      problem: events.problem,
    })
  }

  open(): void {
    this.#channel.open()
  }

  /** @throws UspError when the bytes are no record at all */
  receive(bytes: Uint8Array): void {
    this.#channel.receive(bytes)
  }

  /** @throws AgentRefusal for an Error message, and for no answer */
  async ask<C extends keyof Answers>(request: RequestDraft, expected: C): Promise<Answers[C]> {
    const answer = await this.#ask(request)
    if (answer.kind === 'error') throw new AgentRefusal(answer.code, answer.message)
    if (answer.response.case !== expected) throw new AgentRefusal(null, `a ${answer.response.case} came`)
    return answer.response.value as Answers[C]
  }

  async get(paramPaths: readonly string[]): Promise<Values> {
    return valuesOf(await this.ask({ case: 'get', value: { paramPaths } }, 'getResp'))
  }

  /** Every open request ends without an answer. */
  end(): void {
    this.#stopWaiting()
    this.#requests.abandon()
  }

  #ask(request: RequestDraft): Promise<Answer> {
    if (this.#requests.full)
      return Promise.resolve({ kind: 'error', code: null, message: 'too many requests are not answered' })
    const id = `${this.#prefix}-${++this.#count}`
    return new Promise((answered) => {
      this.#requests.begin(id, request, this.#clock.monotonic() + patience, answered)
      this.#wait()
      this.#send({ id, request }, this.#channel.inSession)
    })
  }

  #send(draft: MessageDraft, inSession: boolean): void {
    this.#channel.send(encodeMessage(draft), inSession)
  }

  #take(message: UspMessage, inSession: boolean): void {
    if (message.kind === 'request') return this.#request(message, inSession)
    const answer: Answer =
      message.kind === 'error'
        ? { kind: 'error', code: message.error.errCode, message: message.error.errMsg.slice(0, 500) }
        : { kind: 'response', response: message.response }
    // [R-MSG.9] An answer to nothing, or a second one, is ignored.
    if (!this.#requests.answer(message.id, answer)) this.#events.problem(`an answer to nothing, ${message.id}`)
    this.#wait()
  }

  #request({ id, request }: Extract<UspMessage, { kind: 'request' }>, inSession: boolean): void {
    const refusal = refusalOf(request)
    if (refusal !== null) return this.#send({ id, error: refusal }, inSession)
    if (request.case !== 'notify') return
    const { subscriptionId, sendResp } = request.value
    const answer = (): void => {
      // [R-NOT.8] None where none is asked for; [R-NOT.10] with the subscription that it is about.
      if (sendResp) this.#send({ id, response: { case: 'notifyResp', value: { subscriptionId } } }, inSession)
    }
    this.#events.notify(id, request.value, answer)
  }

  #answerError({ code, message, messageId }: UspError, inSession: boolean): void {
    this.#send({ id: messageId!, error: { errCode: code, errMsg: message } }, inSession)
  }

  /** After a restart of the session context. */
  #again(): void {
    for (const [id, request] of this.#requests.open()) this.#send({ id, request }, this.#channel.inSession)
  }

  #wait(): void {
    this.#stopWaiting()
    const next = this.#requests.nextDeadline()
    if (next === null) return
    this.#stopWaiting = this.#clock.after(Math.max(0, next - this.#clock.monotonic()), () => {
      this.#requests.expire(this.#clock.monotonic())
      this.#wait()
    })
  }
}
