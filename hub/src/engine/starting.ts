import { instanceUrl, start, type JsonObject, type Signal } from '@sutler/engine'
import type { Tx } from '../platform/database.ts'
import { CallerError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Address } from './address.ts'
import { instanceExists, unknownModel } from './errors.ts'
import { operatorEntry } from './operations.ts'
import { addressed, type SendHost } from './send.ts'
import { rowOf } from './store/rows.ts'
import { insertInstances, write } from './store/writes.ts'

/** An instance that a person or system starts. */
export interface StartRequest {
  readonly model: string
  /** `1`, `1.2` or `1.2.0`; absent = the highest published version. */
  readonly version?: string
  /** 1 to 200 characters; absent = a new one. */
  readonly id?: string
  readonly call?: JsonObject
  /** Its first signal, in its mailbox from the beginning. */
  readonly signal?: { readonly type: string; readonly args: JsonObject; readonly id?: string }
  readonly tenant: string
  /** Principal id. */
  readonly by: string
}

export interface Begun {
  readonly address: Address
  readonly key: number
  /** Id of its first signal, or null. */
  readonly signal: string | null
}

/**
 * Starts an instance in the caller's transaction, with an entry in history that says who; its first signal is taken after the commit.
 * @throws CallerError `unknown-model`, `instance-exists`, `invalid-signal`
 */
export async function startInstance(host: SendHost, tx: Tx, request: StartRequest): Promise<Begun> {
  const now = host.clock.now()
  const id = request.id ?? newId('ins', now)
  const url = `model:${request.model}/${encodeURIComponent(id)}`
  const first = request.signal && { ...request.signal, id: request.signal.id ?? newId('sig', now) }
  const { call = {} } = request
  // Refuses what cannot be stored, whether there is a signal or not.
  addressed({ to: url, id: 'start', type: 'start', args: {}, ...first, create: { call } })
  const published = await host.models.find(tx.sql, request.model, request.version ?? null)
  if (!published)
    throw new CallerError(unknownModel, `No version ${request.version ?? ''} of model ${request.model} is published.`)
  const instance = start(published.compiled, { id, call })
  const [key] = await host.newKeys(tx.sql, 1)
  const act = {
    key: key!,
    entry: 1,
    at: now,
    kind: 'start',
    by: request.by,
    reason: `${instanceUrl(instance)} was started`,
  }
  const signal: Signal | undefined = first && { ...first, from: 'external' }
  // Before all that hangs on it: what belongs to an instance that is not the tenant's own, the database refuses.
  const row = rowOf({ key: key!, tenant: request.tenant, instance, entries: 1, result: null })
  if ((await insertInstances(tx.sql, [row], now)) === 0)
    throw new CallerError(instanceExists, `There is an instance ${id} of model ${request.model}.`)
  await write(
    tx.sql,
    {
      created: [],
      changed: [],
      history: [operatorEntry(act, instance, { id: `${request.model}/${id}`, args: call, data: instance.data })],
      timers: [],
      timerless: [],
      tasks: [],
      mail: signal ? [{ instance: key!, at: now, item: { kind: 'signal', signal, outside: true }, seq: null }] : [],
      shared: [],
    },
    now,
  )
  tx.afterCommit(() => host.doorbells.ring('engine'))
  return { address: { model: request.model, id }, key: key!, signal: signal?.id ?? null }
}
