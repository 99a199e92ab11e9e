import type { Returned } from '../../../hub/src/engine/index.ts'
import type { Sent } from './protocol.ts'

/** What became of a signal as far as its sender knows. */
export interface Tried {
  readonly sender: string
  /** Which of the sender's signals to this instance it is. */
  readonly n: number
  readonly type: string
  /** What an awaited signal was answered first. */
  answer?: Returned
  /** The transaction that sent it is committed. */
  committed?: true
  /** A hub that lives has refused it, or one beside it, for now: those beside it may have been taken before it. */
  torn?: true
}

/** Who sent a signal, and its number among those of this sender to this instance, are its id. */
export function idOf(sender: string, n: number): string {
  return `${sender}:${n}`
}

/** Keeps what was tried and what was accepted, in a process that is not killed. */
export class Ledger {
  /** Instance → id → what became of it. */
  readonly tried = new Map<string, Map<string, Tried>>()
  /** What an answer said that it must not say. */
  readonly wrong: string[] = []
  accepted = 0
  retries = 0
  undone = 0

  try(signals: readonly Sent[]): void {
    for (const { to, id, type } of signals) {
      const [sender = '', n] = id.split(':')
      const known = this.tried.get(to) ?? new Map<string, Tried>()
      if (known.size === 0) this.tried.set(to, known)
      if (!known.has(id)) known.set(id, { sender, n: Number(n), type })
    }
  }

  answered({ to, id, type }: Sent, answer: Returned): void {
    const tried = this.#find(to, id)
    if (answer.outcome === 'rejected' || answer.outcome === 'failed')
      this.wrong.push(`${type} ${id} to ${to} was answered ${answer.outcome} ${answer.reason} ${answer.detail}`)
    tried.answer ??= answer
    this.accepted++
  }

  committed(signals: readonly Sent[]): void {
    for (const { to, id } of signals) this.#find(to, id).committed = true
    this.accepted += signals.length
  }

  /** @throws Error when it goes on like this */
  refused(what: string): void {
    this.wrong.push(what)
    if (this.wrong.length > 100) throw new Error(`more than 100 answers are wrong, the last one: ${what}`)
  }

  torn(signals: readonly Sent[]): void {
    for (const { to, id } of signals) this.#find(to, id).torn = true
  }

  #find(to: string, id: string): Tried {
    return this.tried.get(to)!.get(id)!
  }
}
