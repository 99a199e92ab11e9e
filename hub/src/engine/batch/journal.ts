import type { Effect, Emitted, Instant, Json, JsonObject, StepRecord, Taken } from '@sutler/engine'
import { InvariantError } from '../../platform/errors.ts'
import type { HistoryBody, HistoryRow } from '../store/writes.ts'
import type { Returned } from './item.ts'
import type { Slot } from './slot.ts'

/** Collects the history entries of a batch. */
export class Journal {
  readonly rows: HistoryRow[] = []
  /**
   * A signal from outside was rejected or failed, so that it does not take its id: had that been taken before, nothing but a
   * look would tell.
   */
  doubtful = false

  /**
   * Enters a signal with its macrostep, all of it at the time that its expressions saw as `now`. `outside`: the first record's
   * id when it came from outside, so that it is taken unless the outcome is `rejected` or `failed`.
   * @returns the returned signal; undefined when no step was taken
   */
  enter(slot: Slot, taken: Taken, outside: string | null, now: Instant): Returned | undefined {
    let data = slot.instance.data
    for (const [index, record] of taken.records.entries()) {
      const takes = record.outcome !== 'rejected' && record.outcome !== 'failed'
      const dedup = index === 0 && takes ? outside : null
      if (index === 0 && !takes && outside !== null) this.doubtful = true
      this.rows.push(rowOf(slot.key, ++slot.entries, record, data, now, dedup !== null))
      data = record.data
      // It can come again only in what the instance has still to take.
      if (dedup !== null && slot.head < slot.queue.length) slot.know(dedup, returnedBy(record))
    }
    const first = taken.records[0]
    return first && returnedBy(first)
  }
}

function returnedBy(record: StepRecord): Returned {
  const { outcome, reason, detail, fired, states, args } = record
  return {
    outcome,
    ...(reason !== undefined && { reason }),
    ...(detail !== undefined && { detail }),
    fired,
    states,
    args,
  }
}

/** The returned signal of an id that was taken before, from what history kept of it. */
export function firstAnswer({ outcome, reason, detail, fired = [], states, args = {} }: HistoryBody): Returned {
  if (outcome === 'operated') throw new InvariantError('a person’s operation has no signal id that could come twice')
  return {
    outcome,
    ...(reason !== undefined && { reason }),
    ...(detail !== undefined && { detail }),
    fired,
    states,
    args,
  }
}

function rowOf(
  instance: number,
  entry: number,
  record: StepRecord,
  dataBefore: StepRecord['data'],
  at: Instant,
  outside: boolean,
): HistoryRow {
  const { signal, step, outcome, reason, detail, fired, states, args, data, done } = record
  const effects = effectsOf(record)
  const body: HistoryBody = {
    step,
    from: signal.from,
    outcome,
    ...(reason !== undefined && { reason }),
    ...(detail !== undefined && { detail }),
    ...(fired.length > 0 && { fired }),
    states,
    ...(!isEmpty(args) && { args }),
    ...(data !== dataBefore && { data }),
    ...(effects !== null && { effects }),
    ...(done && { done }),
  }
  return { instance, entry, at, type: signal.type, signal_id: signal.id, outside, body }
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false
  return true
}

/** Effects and emitted signals in short: what to look for, not all of what it was. Null when there are none. */
function effectsOf({ effects, emitted }: StepRecord): Json {
  if (effects.length === 0 && emitted.length === 0) return null
  return [...emitted.map(emittedInShort), ...effects.flatMap(inShort)]
}

function emittedInShort({ to, signal, due }: Emitted): Json {
  return { signal: signal.type, to, id: signal.id, ...(due !== undefined && { due }) }
}

function inShort(effect: Effect): Json[] {
  switch (effect.kind) {
    case 'task':
      return [{ task: effect.use.task, key: effect.key, args: effect.args }]
    case 'call':
      return [{ call: effect.url, as: effect.as, wait: effect.wait }]
    case 'ended':
      return [{ ended: effect.parent.url, returns: effect.returns, failure: effect.failure }]
    case 'cancel-child':
      return [{ cancelled: effect.url }]
    case 'timer-cancelled':
      return [{ unset: effect.id }]
    case 'dropped':
      return [{ dropped: effect.signal.type, id: effect.signal.id, why: effect.why }]
    case 'signal':
    case 'timer-set':
      // Named among the emitted signals.
      return []
  }
}
