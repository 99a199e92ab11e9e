import type { ProtocolHost, QueuedOutput } from '@sutler/device-model'
import { AgentRefusal, UspError } from '../errors.ts'
import type { Admitted, Link, LinkEvents } from '../transport/transport.ts'
import type { Notify } from '../wire/index.ts'
import { Conversation, type UspClock } from './conversation.ts'
import { notified } from './notifications.ts'
import { Outputs } from './outputs.ts'
import { DeviceStore, Overtaken } from './store.ts'
import { Survey } from './survey.ts'
import { Works } from './works.ts'

/** Something that went wrong with one agent, for logs. Nothing is lost by it: what is not confirmed comes again. */
export interface UspProblem {
  readonly endpoint: string
  readonly detail: string
  readonly cause?: unknown
}

export interface AgentParts {
  readonly host: ProtocolHost
  readonly clock: UspClock
  /** The hub's endpoint id. */
  readonly controller: string
  readonly problem: (problem: UspProblem) => void
}

/** Turns of work that may wait; an agent that says more is not answered, and says it again. */
const mostWaiting = 64

/** One agent while it is connected: everything about it happens in turn, while its answers are taken at once. */
export class Agent implements LinkEvents {
  readonly link: Link
  readonly device: string
  readonly #parts: AgentParts
  readonly #talk: Conversation
  readonly #survey: Survey
  readonly #works: Works
  readonly #outputs: Outputs
  readonly #gone: () => void
  #last: Promise<void> = Promise.resolve()
  #waiting = 0
  #open = true
  /** It has said what it is: outputs can be sent. */
  ready = false

  /** @param gone called once, when the link has ended */
  constructor(parts: AgentParts, link: Link, admitted: Admitted, gone: () => void) {
    this.link = link
    this.device = admitted.device
    this.#parts = parts
    this.#gone = gone
    const store = new DeviceStore(parts.host, admitted.device, link.endpoint, link.transport)
    this.#talk = new Conversation(link, parts.controller, parts.clock, {
      notify: (id, notify, answer) => this.#notified(id, notify, answer),
      disconnected: (reason) => {
        this.#problem(`the agent leaves: ${reason}`)
        this.close()
      },
      problem: (detail, cause) => this.#problem(detail, cause),
    })
    this.#survey = new Survey(this.#talk, store, admitted.class)
    this.#works = new Works(this.#talk, store, () => this.#survey.features)
    this.#outputs = new Outputs(this.#talk, store, this.#survey, this.#works)
  }

  /** Says hello, asks what the device is, and subscribes to what the hub wants to hear of. */
  begin(): void {
    this.#talk.open()
    this.#turn('get to know the agent', async () => {
      await this.#survey.greet()
      this.#reachable()
    })
  }

  send(outputs: readonly QueuedOutput[]): void {
    this.#outputs.add(outputs)
    this.#turn('send outputs', () => this.#outputs.work())
  }

  record(bytes: Uint8Array): void {
    if (!this.#open) return
    try {
      this.#talk.receive(bytes)
    } catch (error) {
      if (!(error instanceof UspError)) throw error
      this.#problem(error.message, error)
      this.link.close(true)
    }
  }

  closed(): void {
    if (!this.#open) return
    this.#open = false
    if (this.ready) this.#parts.host.unreachable(this.device)
    this.ready = false
    this.#talk.end()
    this.#gone()
  }

  close(): void {
    this.link.close(false)
    this.closed()
  }

  /** Resolves when nothing is under way any more. */
  get settled(): Promise<void> {
    return this.#last
  }

  #notified(id: string, notify: Notify, answer: () => void): void {
    this.#turn('take a notification', async () => {
      const restarted = await notified(id, notify, { works: this.#works, survey: this.#survey })
      // Only what is durable is confirmed.
      answer()
      await this.#outputs.work()
      if (restarted) this.#reachable()
    })
  }

  #reachable(): void {
    if (!this.#open) return
    this.ready = true
    this.#parts.host.reachable(this.device)
  }

  #turn(what: string, act: () => Promise<void>): void {
    if (!this.#open) return
    if (this.#waiting >= mostWaiting) return this.#problem(`too much at once: ${what}`)
    this.#waiting++
    this.#last = this.#after(this.#last, what, act)
  }

  async #after(before: Promise<void>, what: string, act: () => Promise<void>): Promise<void> {
    await before
    this.#waiting--
    if (!this.#open) return
    try {
      await act()
    } catch (error) {
      this.#failed(what, error)
    }
  }

  #failed(what: string, error: unknown): void {
    this.#problem(`could not ${what}`, error)
    // Without an answer the agent is not there; overtaken, it is another hub's. Both begin anew with its next connection.
    if (error instanceof Overtaken || (error instanceof AgentRefusal && error.code === null)) this.close()
    else if (!this.ready) this.close()
  }

  #problem(detail: string, cause?: unknown): void {
    this.#parts.problem({ endpoint: this.link.endpoint, detail, ...(cause !== undefined && { cause }) })
  }
}
