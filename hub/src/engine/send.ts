import { parseUrl, start, type JsonObject } from '@sutler/engine'
import type { Clock } from '../platform/clock.ts'
import type { Tx } from '../platform/database.ts'
import type { Doorbells } from '../platform/doorbells.ts'
import { CallerError } from '../platform/errors.ts'
import { addressKey, type Address } from './address.ts'
import type { Item } from './batch/item.ts'
import type { Host } from './batch/job.ts'
import { invalidSignal, mailboxFull, unknownInstance, unknownModel } from './errors.ts'
import { assertStorable } from './storable.ts'
import { locateMailboxes, mailboxBound } from './store/claim.ts'
import { rowOf, type InstanceRow } from './store/rows.ts'
import { insertInstances, insertMail } from './store/writes.ts'

export interface Create {
  /** `1`, `1.2` or `1.2.0`; absent = the highest published version. */
  readonly version?: string
  readonly call?: JsonObject
  /** Whose it is to be; absent = the request's that sends the signal. */
  readonly tenant?: string
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
  /** `ignore`: a signal to an instance that does not exist, or no longer, is dropped. Otherwise it is refused. */
  readonly missing?: 'ignore'
}

/** @throws CallerError `invalid-signal` naming what is wrong */
export function addressed(signal: OutsideSignal): Address {
  const parsed = parseUrl(signal.to.startsWith('model:') ? signal.to : `model:${signal.to}`)
  if (!parsed)
    throw new CallerError(invalidSignal, `“${signal.to.slice(0, 200)}” is not an instance: model:<name>/<id>.`)
  if (!plain(signal.id))
    throw new CallerError(invalidSignal, `The id of a signal to ${signal.to} is not 1 to 200 characters.`)
  if (!plain(signal.type))
    throw new CallerError(invalidSignal, `Signal ${signal.id} to ${signal.to} has no usable type.`)
  if (!plain(parsed.id)) throw new CallerError(invalidSignal, `The id of an instance is 1 to 200 characters.`)
  assertStorable(signal.args, `Signal ${signal.type} (${signal.id}) to ${signal.to}: its arguments`)
  if (signal.create?.call)
    assertStorable(signal.create.call, `Signal ${signal.type} to ${signal.to}: the call's arguments`)
  return { model: parsed.model, id: parsed.id }
}

function plain(text: string): boolean {
  return text.length > 0 && text.length <= 200 && text.isWellFormed() && !text.includes('\0')
}

/** `outside`: the id is the sender's own, so it may come twice. */
export function itemOf({ id, type, args }: OutsideSignal, outside = true): Extract<Item, { kind: 'signal' }> {
  return { kind: 'signal', signal: { id, type, args, from: 'external' }, outside }
}

export interface SendHost extends Pick<Host, 'models' | 'newKeys'> {
  readonly clock: Clock
  readonly doorbells: Doorbells
}

/**
 * Puts signals into mailboxes in the caller's transaction, in the order given, and creates the instances that are to be.
 * @throws CallerError `unknown-instance`, `unknown-model`, `invalid-signal`, `mailbox-full`
 */
export async function send(host: SendHost, tx: Tx, signals: readonly OutsideSignal[]): Promise<void> {
  if (signals.length === 0) return
  const targets = signals.map((signal) => ({ signal, address: addressed(signal) }))
  const addresses = [...new Map(targets.map(({ address }) => [addressKey(address), address])).values()]
  const keys = await keysOf(tx, addresses)
  const wanted = targets.filter(({ signal, address }) => signal.create && !keys.has(addressKey(address)))
  const created = await create(host, tx, wanted)
  for (const [name, key] of created ?? (await keysOf(tx, addresses))) keys.set(name, key)
  const at = host.clock.now()
  const mail = targets.flatMap(({ signal, address }) => {
    const instance = keys.get(addressKey(address))
    if (instance !== undefined) return [{ instance, at, item: itemOf(signal), seq: null }]
    if (signal.missing === 'ignore') return []
    throw new CallerError(unknownInstance, `There is no instance ${addressKey(address)}.`)
  })
  await insertMail(tx.sql, mail)
  tx.afterCommit(() => host.doorbells.ring('engine'))
}

async function keysOf(tx: Tx, addresses: readonly Address[]): Promise<Map<string, number>> {
  const located = await locateMailboxes(tx.sql, addresses)
  const full = located.find((found) => found.full)
  if (full) throw new CallerError(mailboxFull, `${mailboxBound} signals wait for ${addressKey(full)} already.`)
  return new Map(located.map((found) => [addressKey(found), found.key]))
}

/** Creates instances. @returns their keys; null when another transaction has created one of them meanwhile */
async function create(
  host: SendHost,
  tx: Tx,
  wanted: readonly { signal: OutsideSignal; address: Address }[],
): Promise<Map<string, number> | null> {
  const keys = new Map<string, number>()
  if (wanted.length === 0) return keys
  const free = await host.newKeys(tx.sql, wanted.length)
  const rows: InstanceRow[] = []
  for (const { signal, address } of wanted) {
    if (keys.has(addressKey(address))) continue
    const { version = null, call = {}, tenant = null } = signal.create ?? {}
    const published = await host.models.find(tx.sql, address.model, version)
    if (!published) {
      throw new CallerError(unknownModel, `No version ${version ?? ''} of model ${address.model} is published.`)
    }
    const key = free.pop()!
    keys.set(addressKey(address), key)
    rows.push(
      rowOf({ key, tenant, instance: start(published.compiled, { id: address.id, call }), entries: 0, result: null }),
    )
  }
  rows.sort((a, b) => (a.model + a.id < b.model + b.id ? -1 : 1))
  return (await insertInstances(tx.sql, rows, host.clock.now())) === rows.length ? keys : null
}
