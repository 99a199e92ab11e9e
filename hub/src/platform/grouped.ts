import { actAsHub } from './acting.ts'
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
