import type { Request, RequestDraft, Response, ErrorDraft } from '../wire/index.ts'

/** What became of a request. */
export type Answer =
  | { readonly kind: 'response'; readonly response: Response }
  /** `code` null: there was no answer. */
  | { readonly kind: 'error'; readonly code: number | null; readonly message: string }

interface Open {
  readonly request: RequestDraft
  readonly answered: (answer: Answer) => void
  /** Milliseconds on the caller's clock. */
  readonly deadline: number
}

/** Most requests to one agent that wait for their answer. */
const most = 16

/** The requests to one agent that are not answered yet, by message id. */
export class Requests {
  readonly #open = new Map<string, Open>()

  get full(): boolean {
    return this.#open.size >= most
  }

  /** @param id that no other open request has */
  begin(id: string, request: RequestDraft, deadline: number, answered: (answer: Answer) => void): void {
    this.#open.set(id, { request, deadline, answered })
  }

  /** [R-MSG.9] False for an answer to nothing, or of another kind than was asked for: it is ignored. */
  answer(id: string, answer: Answer): boolean {
    const open = this.#open.get(id)
    if (open === undefined) return false
    if (answer.kind === 'response' && answer.response.case !== `${open.request.case}Resp`) return false
    this.#open.delete(id)
    open.answered(answer)
    return true
  }

  /** Ends those that have waited until now. */
  expire(now: number): void {
    for (const [id, { deadline, answered }] of this.#open) {
      if (deadline > now) continue
      this.#open.delete(id)
      answered(notAnswered)
    }
  }

  /** When the next one ends; null when none is open. */
  nextDeadline(): number | null {
    let next: number | null = null
    for (const { deadline } of this.#open.values()) if (next === null || deadline < next) next = deadline
    return next
  }

  /** All that are open, to be sent again in a new session context. */
  open(): [string, RequestDraft][] {
    return [...this.#open].map(([id, { request }]) => [id, request])
  }

  /** Ends all: the connection is gone. */
  abandon(): void {
    this.expire(Number.POSITIVE_INFINITY)
  }
}

const notAnswered: Answer = { kind: 'error', code: null, message: 'the agent did not answer' }

/** Requests that an agent may send to a controller: Notify; the rest is answered with 7001 (R-MSG.1). */
export function refusalOf(request: Request): ErrorDraft | null {
  if (request.case === 'notify') return null
  return { errCode: 7001, errMsg: `a controller takes no ${request.case} request` }
}
