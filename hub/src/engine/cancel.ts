import { cancelled, instanceUrl, parseUrl, type Effect, type Json } from '@sutler/engine'
import { CallerError } from '../platform/errors.ts'
import { addressKey, type Address } from './address.ts'
import type { Item } from './batch/item.ts'
import { cannotCancel, instanceDone } from './errors.ts'
import type { Decision, Situation } from './operations.ts'
import { locate } from './store/claim.ts'
import type { MailRow } from './store/writes.ts'

/** @throws CallerError `instance-done`, `cannot-cancel` */
export async function cancel(situation: Situation, force: boolean): Promise<Decision> {
  const { row, before, compiled } = situation
  if (before.done) throw new CallerError(instanceDone, `${row.model}/${row.id} has ended.`)
  return compiled.knows('cancel') && !force ? asked(situation) : await ended(situation)
}

/** The model says what a cancellation is. */
function asked({ row, before, compiled, reason, now }: Situation): Decision {
  const declared = compiled.parameters.get('cancel')
  const missing = declared?.filter(({ name, optional }) => !optional && name !== 'reason').map(({ name }) => name) ?? []
  if (missing.length > 0)
    throw new CallerError(cannotCancel, `${row.model}@${row.version}: cancel also needs ${missing.join(', ')}.`)
  const takes = declared === undefined || declared.some(({ name }) => name === 'reason')
  const id = `${row.model}/${row.id}/operated/${row.entries + 1}`
  const signal = { id, type: 'cancel', args: takes ? { reason } : {}, from: 'external' }
  const mail = [{ instance: row.key, at: now, item: { kind: 'signal' as const, signal }, seq: null }]
  return { instance: before, mail, signal: id, args: { signal: id }, tasks: 'keep' }
}

/** Ends it without a step; subinstances and parent hear of it as they would of any other end. */
async function ended({ tx, before, now }: Situation): Promise<Decision> {
  const { instance, effects } = cancelled(before)
  const letters = effects.flatMap((effect) => letterOf(effect, instanceUrl(before), before.steps))
  const located = new Map<string, number>()
  const addresses = letters.map(({ to }) => to)
  for (const found of await locate(tx.sql, addresses)) located.set(addressKey(found), found.key)
  const mail = letters.flatMap(({ to, item }): MailRow[] => {
    const key = located.get(addressKey(to))
    return key === undefined ? [] : [{ instance: key, at: now, item, seq: null }]
  })
  const result = { returns: before.call, failure: 'cancelled' }
  return { instance, mail, effects: effects.map(inShort), result }
}

interface Letter {
  readonly to: Address
  readonly item: Item
}

function letterOf(effect: Effect, from: string, steps: number): Letter[] {
  if (effect.kind === 'cancel-child') {
    const signal = { id: `${from}/${steps}/cancel`, type: 'cancel', args: {}, from }
    return letter(effect.url, { kind: 'signal', signal, optional: true })
  }
  if (effect.kind !== 'ended') return []
  return letter(effect.parent.url, { kind: 'child', as: effect.parent.as, end: { failure: effect.failure ?? '' } })
}

function letter(url: string, item: Item): Letter[] {
  const address = parseUrl(url)
  return address ? [{ to: { model: address.model, id: address.id }, item }] : []
}

function inShort(effect: Effect): Json {
  if (effect.kind === 'cancel-child') return { cancelled: effect.url }
  if (effect.kind === 'ended') return { ended: effect.parent.url, returns: effect.returns, failure: effect.failure }
  if (effect.kind === 'dropped') return { dropped: effect.signal.type, id: effect.signal.id, why: effect.why }
  return { unset: effect.kind === 'timer-cancelled' ? effect.id : '' }
}
