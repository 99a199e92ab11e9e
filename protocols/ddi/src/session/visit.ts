import type { QueuedOutput } from '@sutler/device-model'
import type { Shown, Terms } from '../wire/documents.ts'
import { actionOf, memoryBounds, withAction, withEpoch, type Action, type Memory } from './memory.ts'
import { overdueProofs } from './proof.ts'
import { sortQueue, type Wanted } from './queue.ts'
import { tagOf, termsOf, type Settings } from './terms.ts'
import type { Work } from './work.ts'

/** What a poll comes to. */
export interface Visit extends Wanted {
  readonly shown: Shown
  /** There is something for the device to do: it should come again soon. */
  readonly busy: boolean
}

/** Decides what the base resource shows. Pure. @param outputs open ones, oldest first */
export function planVisit(before: Memory, outputs: readonly QueuedOutput[], settings: Settings, now: number): Visit {
  const overdue = overdueProofs(before, settings.proofPatience, now)
  const wanted = sortQueue(overdue.memory, outputs, settings, now)
  const { memory } = wanted
  const pointed = pointAt(wanted, settings, now)
  return {
    memory,
    next: wanted.next,
    asked: wanted.asked,
    taken: wanted.taken,
    inputs: [...overdue.inputs, ...wanted.inputs],
    busy: memory.actions.length + wanted.next.length + memory.unproved.length > 0,
    shown: {
      ...pointed,
      ...(memory.installed && { installed: memory.installed.id }),
      configData: wanted.asked.length + memory.unproved.length > 0 || memory.stale || memory.attributes === null,
      confirmationBase: !confirmsItself(memory, settings),
    },
  }
}

/** One thing at a time: first what is to be stopped, then what is under way, then what is new. */
function pointAt({ memory, next }: Wanted, settings: Settings, now: number): Partial<Shown> {
  const stopping = memory.actions.find(({ cancel }) => cancel && !cancel.refused)
  if (stopping) return { cancel: stopping.id }
  for (const action of memory.actions) {
    const tag = tagOf(action.id, termsOf(settings.urgency(action.work), now))
    if (action.skipped?.answered === true && action.skipped.tag === tag) continue
    return action.confirmed ? { deployment: { action: action.id, tag } } : { confirmation: { action: action.id, tag } }
  }
  const first = next[0]
  if (!first || memory.actions.length >= memoryBounds.actions) return {}
  const tag = tagOf(first.id, termsOf(settings.urgency(first.work), now))
  const pointer = { action: first.id, tag }
  return confirmsItself(memory, settings) ? { deployment: pointer } : { confirmation: pointer }
}

/** Actions need no word of the device before they may begin. */
export function confirmsItself({ autoConfirm }: Memory, { confirm }: Settings): boolean {
  return autoConfirm?.active ?? !confirm
}

/** An action that the device looks at. */
export interface Look {
  readonly memory: Memory
  readonly action: Action
  readonly terms: Terms
}

/**
 * The device reads an action: from now on it is remembered, whatever becomes of the queue. Null when it has no such action to read.
 * @param visit planned with the same memory
 */
export function lookAt(visit: Visit, id: number, settings: Settings, now: number): Look | null {
  const { memory, shown } = visit
  const known = actionOf(memory, id)
  if (known?.cancel && !known.cancel.refused) return null
  const fresh = [shown.deployment, shown.confirmation].some((pointer) => pointer?.action === id)
    ? visit.next.find((each) => each.id === id)
    : undefined
  const action = known ?? (fresh && begun(id, fresh.work, confirmsItself(memory, settings)))
  if (!action) return null
  const terms = termsOf(settings.urgency(action.work), now)
  const seen = { ...action, skipped: skippedNow(action, terms) }
  if (known?.skipped === seen.skipped) return { memory, action: seen, terms }
  return { memory: withAction(known ? memory : withEpoch(memory, seen.work), seen), action: seen, terms }
}

/** In these terms `closed` does not say that it is installed. */
function skippedNow({ id, skipped }: Action, terms: Terms): Action['skipped'] {
  if (terms.update !== 'skip') return null
  const tag = tagOf(id, terms)
  return skipped?.tag === tag ? skipped : { tag, answered: false }
}

function begun(id: number, work: Work, confirmed: boolean): Action {
  return { id, work, stage: null, confirmed, count: 0, last: '', messages: [], cancel: null, skipped: null }
}
