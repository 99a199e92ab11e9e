import { failedOutcome } from '../mapping/inputs.ts'
import type { Feedback } from '../wire/feedback.ts'
import { nothing, notOpen, type Answer } from './answer.ts'
import { actionOf, withAction, withMessages, withoutAction, type Memory } from './memory.ts'
import { cancelledOutcome } from './queue.ts'
import { detailOf, fingerprintOf, messagesOf } from './take-feedback.ts'

/**
 * Takes what a device says of a cancellation. Pure. Some clients name what they stop in the address, some in the body; it is one id.
 * @param id of the address
 */
export function takeCancelFeedback(memory: Memory, id: number, feedback: Feedback): Answer {
  const named = actionOf(memory, id) ?? (feedback.id === null ? undefined : actionOf(memory, feedback.id))
  if (!named) return notOpen(memory, id)
  const { cancel, work } = named
  if (!cancel) return nothing(memory, 404)
  const word = `${named.id}.${named.count + 1}.${fingerprintOf(feedback)}.cancel`
  const said = withMessages({ ...named, count: named.count + 1 }, messagesOf(feedback))
  if (feedback.execution === 'rejected')
    return nothing(withAction(memory, { ...said, cancel: { ...cancel, refused: true } }))
  if (feedback.execution !== 'closed' && feedback.execution !== 'canceled') return nothing(withAction(memory, said))
  const failed = feedback.execution === 'closed' && feedback.finished === 'failure'
  const detail = detailOf(feedback)
  const last = failed
    ? failedOutcome(word, work, feedback, `the device could not stop: ${detail}`)
    : cancelledOutcome(word, work.delivery, detail)
  return { status: 200, memory: withoutAction(memory, named.id), inputs: [last] }
}
