import { openDatabase } from '../../../hub/src/platform/database.ts'
import { pause } from '../../../hub/src/platform/wait.ts'
import type { Hub } from './program.ts'

/** Instances written by one statement. */
const slice = 50_000
const first = 'napper/n0'

/**
 * Puts so many instances to sleep for a week: the engine puts one, and the others are copies of its rows with ids and keys of
 * their own.
 */
export async function putToSleep(hub: Hub, url: string, count: number): Promise<void> {
  await hub.ask({ do: 'lie', to: `model:${first}`, milliseconds: 7 * 86_400_000 })
  const database = openDatabase(url, { connections: 1, statementTimeout: 300_000 })
  const { sql } = database
  const [one] = await sql<{ key: number }[]>`select key from engine_instance where model = 'napper'`
  const [row] = await sql<{ base: number }[]>`
    select setval('engine_instance_key', nextval('engine_instance_key') + ${count}::bigint) - ${count}::bigint as base`
  const { key } = one!
  const { base } = row!
  for (let from = 1; from <= count; from += slice) {
    const to = Math.min(count, from + slice - 1)
    await sql`
      with numbers as (select n from generate_series(${from}::bigint, ${to}::bigint) n),
        slept as (insert into engine_timer (instance, due)
          select ${base}::bigint + n, t.due + n from engine_timer t, numbers where t.instance = ${key}::bigint),
        entered as (insert into engine_history (instance, entry, at, type, signal_id, outside, body)
          select ${base}::bigint + n, h.entry, h.at, h.type, h.signal_id, h.outside, h.body
          from engine_history h, numbers where h.instance = ${key}::bigint)
      insert into engine_instance (key, model, id, version, depth, call, states, data, pending, steps, entries, created_at, changed_at)
      select ${base}::bigint + n, i.model, 'n' || n, i.version, i.depth, i.call, i.states, i.data,
        replace(i.pending::text, ${first}, 'napper/n' || n)::json, i.steps, i.entries, i.created_at, i.changed_at
      from engine_instance i, numbers where i.key = ${key}::bigint`
  }
  await sql`vacuum analyze engine_instance, engine_history, engine_timer`
  await database.close()
}

/** Makes some of them due now, and waits until the engine has taken it: they are as it writes them itself. */
export async function wakeSome(url: string): Promise<void> {
  const database = openDatabase(url, { connections: 1, statementTimeout: 300_000 })
  const { sql } = database
  const ids = ['n1', 'n7', 'n1000']
  await sql`
    with due as (
      update engine_instance set pending = jsonb_set(pending::jsonb, '{timers,0,due}', '1')::json
      where model = 'napper' and id = any(${ids}::text[]) returning key)
    update engine_timer set due = 1 where instance in (select key from due)`
  const deadline = Date.now() + 60_000
  for (;;) {
    const woken = await sql`
      select from engine_instance where model = 'napper' and id = any(${ids}::text[]) and data->>'naps' = '1'`
    if (woken.length === ids.length) break
    if (Date.now() > deadline) throw new RangeError(`${woken.length} of ${ids.length} that were due were woken`)
    await pause(50)
  }
  await database.close()
}
