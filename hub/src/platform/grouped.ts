import { actAsHub, acting } from './acting.ts'
import type { Database, Tx } from './database.ts'
import type { Decided } from './decisions.ts'
import { OutsideError, errorCode } from './errors.ts'

export const overloaded = errorCode(
  'overloaded',
  503,
  'The hub has more of these requests than it can take at the moment',
  'Nothing was done; try again after a few seconds.',
)

interface Waiting<Request, Answer> {
  readonly request: Request
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

export interface GroupLimits {
  /** Requests of one run. */
  readonly most: number
  /** Requests that may wait; beyond that they are refused with `overloaded`. */
  readonly waiting: number
}

/**
 * Gathers requests that come while others are being worked on, and works on them together: one commit serves many callers.
 * `run` answers each request of a group in order; when it fails, all of its group fail with the same error.
 */
export function grouped<Request, Answer>(
  limits: GroupLimits,
  run: (requests: readonly Request[]) => Promise<readonly Answer[]>,
): (request: Request) => Promise<Answer> {
  const queue: Waiting<Request, Answer>[] = []
  let working = false

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      const group = queue.splice(0, limits.most)
      try {
        const answers = await run(group.map((each) => each.request))
        for (const [index, each] of group.entries()) each.resolve(answers[index]!)
      } catch (error) {
        for (const each of group) each.reject(error)
      }
    }
    working = false
  }

  return (request) =>
    new Promise((resolve, reject) => {
      if (queue.length >= limits.waiting) {
        reject(new OutsideError(overloaded, `${queue.length} requests wait already.`))
        return
      }
      queue.push({ request, resolve, reject })
      if (working) return
      working = true
      // The next turn, so that requests that arrived in one read of the sockets form one group.
      actAsHub(() => setImmediate(() => void work()))
    })
}

/** What somebody wants changed, on whose decision: events that follow from it name that. */
export interface Asked<Request> {
  readonly request: Request
  readonly decision: { readonly decision?: string }
}

type Settled<Answer> = { readonly answer: Answer } | { readonly error: unknown }

/**
 * Changes that are asked for at the same time, in one transaction, with the decisions of their requests; when one of them undoes
 * it, each in its own, so that only that one fails. `work` answers each in order. It sees all tenants.
 */
export function groupedChanges<Request, Answer>(
  database: Pick<Database, 'transaction'>,
  limits: GroupLimits,
  work: (tx: Tx, asked: readonly Asked<Request>[]) => Promise<readonly Answer[]>,
): (request: Request) => Promise<Answer> {
  type Change = Asked<Request> & { readonly decisions: readonly Decided[] }
  const apart = async (changes: readonly Change[]): Promise<Settled<Answer>[]> => {
    try {
      const answers = await database.transaction((tx) => {
        tx.audit.decisions.push(...changes.flatMap(({ decisions }) => decisions))
        return work(tx, changes)
      })
      return answers.map((answer) => ({ answer }))
    } catch (error) {
      // After an outside failure nobody knows whether it was committed: it is not done again.
      if (changes.length === 1 || error instanceof OutsideError) return changes.map(() => ({ error }))
      const settled: Settled<Answer>[] = []
      for (const change of changes) settled.push(...(await apart([change])))
      return settled
    }
  }
  const change = grouped<Change, Settled<Answer>>(limits, apart)
  return async (request) => {
    const decisions = acting()?.decisions.filter(({ recorded }) => !recorded) ?? []
    const last = decisions.at(-1)
    const settled = await change({ request, decision: last === undefined ? {} : { decision: last.id }, decisions })
    if ('error' in settled) throw settled.error
    return settled.answer
  }
}
