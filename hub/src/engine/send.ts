import { parseUrl, start, type JsonObject } from '@sutler/engine'
import type { Clock } from '../platform/clock.ts'
import type { Tx } from '../platform/database.ts'
import type { Doorbells } from '../platform/doorbells.ts'
import { CallerError } from '../platform/errors.ts'
import type { Host } from './batch/batch.ts'
import type { Item } from './batch/item.ts'
import { addressKey } from './batch/slot.ts'
import { invalidSignal, unknownInstance, unknownModel } from './errors.ts'
import { assertStorable } from './storable.ts'
import { locate, type Address } from './store/claim.ts'
import { rowOf, type InstanceRow } from './store/rows.ts'
import { insertInstances, insertMail } from './store/writes.ts'

export interface Create {
  /** `1`, `1.2` or `1.2.0`; absent = the highest published version. */
  readonly version?: string
  readonly call?: JsonObject
}

/** A signal from outside the engine. */
export interface OutsideSignal {
  /** `model:<name>/<id>`, or `<name>/<id>`; a version is not looked at. */
  readonly to: string
  /** 1 to 200 characters; the same id again at the same instance changes nothing. */
  readonly id: string
  readonly type: string
  readonly args: JsonObject
  /** Start the instance when it does not exist. */
  readonly create?: Create
}

/** @throws CallerError `invalid-signal` naming what is wrong */
export function addressed(signal: OutsideSignal): Address {
  const parsed = parseUrl(signal.to.startsWith('model:') ? signal.to : `model:${signal.to}`)
  if (!parsed) throw new CallerError(invalidSignal, `“${signal.to.slice(0, 200)}” is not an instance: model:<name>/<id>.`)
  if (!plain(signal.id)) throw new CallerError(invalidSignal, `The id of a signal to ${signal.to} is not 1 to 200 characters.`)
  if (!plain(signal.type)) throw new CallerError(invalidSignal, `Signal ${signal.id} to ${signal.to} has no usable type.`)
  if (!plain(parsed.id)) throw new CallerError(invalidSignal, `The id of an instance is 1 to 200 characters.`)
  assertStorable(signal.args, `Signal ${signal.type} (${signal.id}) to ${signal.to}: its arguments`)
  if (signal.create?.call) assertStorable(signal.create.call, `Signal ${signal.type} to ${signal.to}: the call's arguments`)
  return { model: parsed.model, id: parsed.id }
}

function plain(text: string): boolean {
  return text.length > 0 && text.length <= 200 && text.isWellFormed() && !text.includes('\0')
}

export function itemOf({ id, type, args }: OutsideSignal): Extract<Item, { kind: 'signal' }> {
  return { kind: 'signal', signal: { id, type, args, from: 'external' }, outside: true }
}

export interface SendHost extends Pick<Host, 'models' | 'newKeys'> {
  readonly clock: Clock
  readonly doorbells: Doorbells
}

/**
 * Puts signals into mailboxes in the caller's transaction, in the order given, and creates the instances that are to be.
 * @throws CallerError `unknown-instance`, `unknown-model`, `invalid-signal`
 */
export async function send(host: SendHost, tx: Tx, signals: readonly OutsideSignal[]): Promise<void> {
  if (signals.length === 0) return
  const targets = signals.map((signal) => ({ signal, address: addressed(signal) }))
  await createMissing(host, tx, targets)
  const addresses = [...new Map(targets.map(({ address }) => [addressKey(address), address])).values()]
  const keys = new Map((await locate(tx.sql, addresses)).map((found) => [addressKey(found), found.key]))
  const at = host.clock.now()
  const mail = targets.map(({ signal, address }) => {
    const instance = keys.get(addressKey(address))
    if (instance === undefined) throw new CallerError(unknownInstance, `There is no instance ${addressKey(address)}.`)
    return { instance, at, item: itemOf(signal), seq: null }
  })
  await insertMail(tx.sql, mail)
  tx.afterCommit(() => host.doorbells.ring('engine'))
}

async function createMissing(
  host: SendHost,
  tx: Tx,
  targets: readonly { signal: OutsideSignal; address: Address }[],
): Promise<void> {
  const wanted = new Map<string, { create: Create; address: Address }>()
  for (const { signal, address } of targets) {
    if (signal.create && !wanted.has(addressKey(address))) wanted.set(addressKey(address), { create: signal.create, address })
  }
  if (wanted.size === 0) return
  const keys = await host.newKeys(tx.sql, wanted.size)
  const rows: InstanceRow[] = []
  for (const { create, address } of wanted.values()) {
    const published = host.models.resolve(address.model, create.version ?? null)
    if (!published) {
      throw new CallerError(unknownModel, `No version ${create.version ?? ''} of model ${address.model} is published.`)
    }
    const instance = start(published.compiled, { id: address.id, call: create.call ?? {} })
    rows.push(rowOf({ key: keys.pop()!, instance, entries: 0, result: null }))
  }
  rows.sort((a, b) => (a.model + a.id < b.model + b.id ? -1 : 1))
  await insertInstances(tx.sql, rows, host.clock.now())
}
