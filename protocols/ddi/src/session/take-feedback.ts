import { failedOutcome, progressInput } from '../mapping/inputs.ts'
import type { Feedback } from '../wire/feedback.ts'
import { nothing, notOpen, type Answer } from './answer.ts'
import {
  actionOf,
  withAction,
  withMessages,
  withoutEpoch,
  withoutAction,
  type Action,
  type Memory,
  type Stage,
} from './memory.ts'
import { succeeded } from './proof.ts'
import { cancelledOutcome } from './queue.ts'
import type { Input } from '@sutler/device-model'

/**
 * How far a device is by what it says. `proceeding` says only that it is at work: swupdate says it before it downloads, rauc's updater
 * after it has.
 */
function stageAfter(before: Stage | null, execution: Feedback['execution']): Stage {
  if (execution === 'download') return 'downloading'
  if (execution === 'downloaded') return 'downloaded'
  if (execution === 'scheduled') return before ?? 'scheduled'
  return before === 'downloaded' || before === 'installing' ? 'installing' : 'downloading'
}

/** Takes what a device says of a deployment. Pure; each word has an id that its repeat has too. @param now milliseconds since the epoch */
export function takeFeedback(memory: Memory, id: number, feedback: Feedback, now: number): Answer {
  const action = actionOf(memory, id)
  if (!action) return notOpen(memory, id)
  if (!action.confirmed) return nothing(memory, 404)
  const fingerprint = fingerprintOf(feedback)
  if (action.last === fingerprint) return nothing(memory)
  const word = `${id}.${action.count + 1}.${fingerprint}`
  const said = withMessages({ ...action, count: action.count + 1, last: fingerprint }, messagesOf(feedback))
  const { execution } = feedback
  if (execution === 'closed') return closed(memory, said, feedback, word, now)
  if (execution === 'canceled')
    return over(memory, said, word, cancelledOutcome(word, said.work.delivery, detailOf(feedback)))
  if (execution === 'rejected') return rejected(memory, said, feedback, word)
  return goesOn(memory, said, feedback, word)
}

function closed(memory: Memory, action: Action, feedback: Feedback, word: string, now: number): Answer {
  // swupdate closes what it was told to skip as a success ("Skipped Update."): nothing is installed, the action stays open.
  if (action.skipped && feedback.finished === 'success') {
    const waiting: Action = { ...action, stage: 'downloaded', skipped: { ...action.skipped, answered: true } }
    return { status: 200, memory: withAction(memory, waiting), inputs: firstWord(action, word) }
  }
  const detail = detailOf(feedback)
  if (feedback.finished !== 'success')
    return over(memory, action, word, failedOutcome(word, action.work, feedback, detail))
  const done = succeeded(withoutAction(memory, action.id), action, word, detail, now)
  return { status: 200, memory: done.memory, inputs: [...firstWord(action, word), ...done.inputs] }
}

/** hawkBit keeps such an action and offers it again; here the hub does, a while later, unless the device had begun. */
function rejected(memory: Memory, action: Action, feedback: Feedback, word: string): Answer {
  const { delivery } = action.work
  const detail = detailOf(feedback)
  if (action.stage !== null) return over(memory, action, word, failedOutcome(word, action.work, feedback, detail))
  const again = withoutEpoch(memory, action.work)
  return over(again, action, word, { id: word, kind: 'declined', delivery, reason: 'busy', detail }, [])
}

function goesOn(memory: Memory, action: Action, feedback: Feedback, word: string): Answer {
  const stage = stageAfter(action.stage, feedback.execution)
  // rauc's updater says `downloaded` where it was told to skip: it has answered, and is asked again when the terms change.
  const skipped =
    action.skipped && feedback.execution === 'downloaded' ? { ...action.skipped, answered: true } : action.skipped
  const progress = progressInput(`${word}.progress`, action.work.delivery, stage, feedback.progress)
  return {
    status: 200,
    memory: withAction(memory, { ...action, stage, skipped }),
    inputs: [...firstWord(action, word), ...(progress ? [progress] : [])],
  }
}

/** That a device says anything of an action shows that it has taken it on. */
function firstWord(action: Action, word: string): Input[] {
  return action.stage === null ? [{ id: `${word}.accepted`, kind: 'accepted', delivery: action.work.delivery }] : []
}

function over(memory: Memory, action: Action, word: string, last: Input, first = firstWord(action, word)): Answer {
  return { status: 200, memory: withoutAction(memory, action.id), inputs: [...first, last] }
}

/** 32 bits of everything but the time, which differs from one attempt to the next. */
export function fingerprintOf({ execution, finished, progress, code, details }: Feedback): string {
  let hash = 0x811c9dc5
  for (const character of JSON.stringify([execution, finished, progress, code, details]))
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** As the action's history shows it. */
export function messagesOf({ execution, finished, code, details }: Feedback): string[] {
  const head = `Device: ${execution}${finished === 'none' ? '' : ` (${finished})`}${code === null ? '' : `, code ${code}`}`
  return [head, ...details.filter((line) => line.trim() !== '')]
}

/** For people: the device's last lines, or its word. */
export function detailOf(feedback: Feedback): string {
  return messagesOf(feedback).slice(0, 6).join('; ').slice(0, 1000)
}
