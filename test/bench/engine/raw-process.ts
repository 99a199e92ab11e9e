import { documents, numbers, texts } from '../../../hub/src/engine/store/columns.ts'
import { openDatabase, type Database } from '../../../hub/src/platform/database.ts'
import { serveParent } from '../bench-process.ts'
import { callFor } from './calls.ts'
import { instances } from './population.ts'

/** Raw SQL in a process of its own: pgbench's statement where there is no pgbench, and multi-row statements. */
export type RawQuestion =
  | { readonly do: 'start'; readonly url: string; readonly connections: number }
  /** → CallRound */
  | { readonly do: 'call'; readonly callers: number; readonly milliseconds: number }
  /** → CallRound, its rate in rows, of which `rows` are in a commit */
  | { readonly do: 'bulk'; readonly rows: number; readonly milliseconds: number }

let database: Database
let written = 0
let bulks = 0
/** Commits under way at once, as the engine has them. Each has rows of its own, so that none waits for the other. */
const atOnce = 2
const entries = new Int32Array(instances + 1)

serveParent(async (question: RawQuestion): Promise<unknown> => {
  if (question.do === 'start') return open(question)
  if (question.do === 'call') return callFor(question, single)
  const round = await callFor({ callers: atOnce, milliseconds: question.milliseconds }, () => bulk(question.rows))
  return { ...round, rate: round.rate * question.rows }
})

function open({ url, connections }: { readonly url: string; readonly connections: number }): void {
  database = openDatabase(url, { connections, statementTimeout: 30_000 })
}

/** As pgbench's script. */
async function single(): Promise<void> {
  const instance = 1 + Math.floor(Math.random() * instances)
  const at = Date.now()
  await database.sql`
    with dedup as (
        insert into bench_dedup (instance, signal_id) values (${instance}::bigint, ${`raw-${process.pid}-${written++}`})),
      changed as (
        update bench_state set steps = steps + 1, entries = entries + 1, changed_at = ${at}::bigint, states = '["on"]',
          data = '{"n": 1234}'
        where key = ${instance}::bigint returning entries)
    insert into bench_history (instance, entry, at, type, body)
      select ${instance}::bigint, entries, ${at}::bigint, 'add',
        '{"step": 1234, "from": "external", "outcome": "fired", "fired": ["add"], "states": ["on"]}' from changed`
}

/**
 * The rows that the engine writes for so many signals, into tables and indexes like the engine's, by one statement per table:
 * nothing is read, locked, computed or answered. The ids are held unique by the history's index, as the engine's are.
 */
async function bulk(rows: number): Promise<void> {
  const share = instances / atOnce
  const first = 1 + (bulks++ % atOnce) * share + Math.floor(Math.random() * (share - rows))
  const at = Date.now()
  const keys: number[] = []
  const steps: number[] = []
  const ids: string[] = []
  const bodies: object[] = []
  const datas: object[] = []
  for (let key = first; key < first + rows; key++) {
    const entry = ++entries[key]!
    const data = { n: entry }
    keys.push(key)
    steps.push(entry)
    ids.push(`raw-${process.pid}-${written++}`)
    datas.push(data)
    bodies.push({ step: entry, from: 'external', outcome: 'fired', fired: ['add'], states: ['on'], data })
  }
  await database.transaction(async ({ sql }) => {
    await Promise.all([
      sql`update bench_raw_instance i set states = '["on"]', data = r.data::json, steps = r.steps, entries = r.steps,
          changed_at = ${at}::bigint
        from unnest(${numbers(keys)}::text::bigint[], string_to_array(${documents(datas)}, e'\n'),
          ${numbers(steps)}::text::int[]) as r(key, data, steps)
        where i.key = r.key`,
      sql`insert into bench_raw_history (instance, entry, at, type, signal_id, outside, body)
        select instance, entry, ${at}::bigint, 'add', signal_id, true, body::json
        from unnest(${numbers(keys)}::text::bigint[], ${numbers(steps)}::text::int[], ${texts(ids)}::text::text[],
          string_to_array(${documents(bodies)}, e'\n')) as r(instance, entry, signal_id, body)`,
    ])
  })
}
