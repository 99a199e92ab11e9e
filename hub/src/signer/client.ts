import type { Readable, Writable } from 'node:stream'
import type { Clock } from '../platform/clock.ts'
import { OutsideError } from '../platform/errors.ts'
import { readLines, writeLine } from '../platform/json-lines.ts'
import type { Log } from '../platform/log.ts'
import { within } from '../platform/wait.ts'
import { SignerRefusal, signerUnavailable, type RefusalReason } from './refusal.ts'
import type { OnlineKey, OnlineSigner, SignRequest, UsedKey } from './requests.ts'
import { mostRequestBytes } from './serve.ts'

/** One way to a signer, until it ends. */
export interface SignerLine {
  readonly input: Writable
  readonly output: Readable
  /** Calls back once, when there is nothing more to expect. */
  onEnd(then: () => void): void
  end(): void
}

export interface SignerClientOptions {
  /** Opens a line; called again, after a moment, when the last one has ended. */
  readonly open: () => SignerLine
  readonly clock: Clock
  readonly log: Log
}

/** A request that is not answered for so long has failed, milliseconds. The first one waits for a process to start. */
const deadline = 5_000
const waiting = 10_000
const answerBytes = 2 * mostRequestBytes

interface Pending {
  take(answer: unknown): void
  fail(error: Error): void
}

/** The hub's side of the signer: one line, kept open, requests beside one another. */
export class SignerClient implements OnlineSigner {
  readonly #options: SignerClientOptions
  readonly #pending = new Map<number, Pending>()
  #line: SignerLine | null = null
  #next = 1
  #closed = false

  constructor(options: SignerClientOptions) {
    this.#options = options
  }

  async publicKeys(): Promise<readonly UsedKey[]> {
    return (await this.#ask({ kind: 'public-keys' })) as UsedKey[]
  }

  async newKey(role: OnlineKey['role']): Promise<OnlineKey> {
    return (await this.#ask({ kind: 'new-key', role })) as OnlineKey
  }

  async sign(request: Omit<SignRequest, 'kind'>): Promise<Buffer> {
    return Buffer.from(String(await this.#ask({ kind: 'sign', ...request })), 'base64')
  }

  /** Starts it at once rather than with the first request. */
  open(): void {
    this.#opened()
  }

  close(): void {
    this.#closed = true
    this.#line?.end()
  }

  #ask(request: object): Promise<unknown> {
    if (this.#pending.size >= waiting) throw unavailable(`${waiting} requests wait for the signer`)
    const line = this.#opened()
    const id = this.#next++
    const answer = new Promise<unknown>((take, fail) => this.#pending.set(id, { take, fail }))
    writeLine(line.input, { id, request })
    return within(answer, deadline, () => unavailable(`no answer within ${deadline / 1000} s`)).finally(() =>
      this.#pending.delete(id),
    )
  }

  #opened(): SignerLine {
    if (this.#closed) throw unavailable('the hub stops')
    if (this.#line !== null) return this.#line
    const line = this.#options.open()
    this.#line = line
    readLines(line.output, answerBytes, (value) => this.#take(value))
    line.onEnd(() => this.#ended(line))
    return line
  }

  #take(value: unknown): void {
    const { id, answer, refused } = value as { id: number; answer?: unknown; refused?: Refused }
    const pending = this.#pending.get(id)
    if (refused === undefined) pending?.take(answer)
    else pending?.fail(new SignerRefusal(refused.reason, refused.detail, refused.last))
  }

  #ended(line: SignerLine): void {
    if (this.#line !== line) return
    this.#line = null
    for (const { fail } of this.#pending.values()) fail(unavailable('the signer has ended'))
    if (this.#closed) return
    this.#options.log.warn({}, 'the signer has ended; it is started again')
    this.#options.clock.after(500, () => {
      if (!this.#closed) this.#opened()
    })
  }
}

interface Refused {
  readonly reason: RefusalReason
  readonly detail: string
  readonly last: number | null
}

function unavailable(detail: string): OutsideError {
  return new OutsideError(signerUnavailable, `${detail}.`)
}
