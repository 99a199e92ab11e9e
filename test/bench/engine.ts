import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createEngine, type Engine } from '../../hub/src/engine/index.ts'
import { operator } from '../../hub/src/engine/test/principals.ts'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { openDatabase, type Database } from '../../hub/src/platform/database.ts'
import { localDoorbells } from '../../hub/src/platform/doorbells.ts'
import { silentLog } from '../../hub/src/platform/log.ts'
import { createMetrics } from '../../hub/src/platform/metrics.ts'
import { migrate } from '../../hub/src/platform/migrations.ts'
import { EmbeddedPostgres } from '../../hub/src/platform/postgres/embedded-postgres.ts'
import { counter, family, offer } from './engine-models.ts'
import { figure, quantile, type Bench, type BenchOptions, type Figures } from './measure.ts'

const callers = 32
const orders = 1_000

/** The engine alone on the embedded PostgreSQL as a hub runs it, fsync and synchronous commit on; rounds interleaved. */
export const bench: Bench = async ({ quick, say, resources }): Promise<Figures> => {
  const database = await openServer(resources)
  const engine = await openEngine(database, resources)
  await createRawTables(database)
  const rounds = quick ? 2 : 6
  const calls = quick ? 2_000 : 6_000
  const inBulk: number[] = []
  const called: CallRound[] = []
  const raw: CallRound[] = []
  for (let round = 0; round <= rounds; round++) {
    const bulk = await ordersRound(engine, database, round)
    const mine = await callRound(calls, engineCall(engine, round))
    const peer = await callRound(calls, rawCall(database, round))
    // The first warms up: code, plans, pages.
    if (round === 0) continue
    inBulk.push(bulk)
    called.push(mine)
    raw.push(peer)
    say(`round ${round}: ${bulk.toFixed(0)} orders/s; ${mine.rate.toFixed(0)} calls/s, raw ${peer.rate.toFixed(0)}`)
  }
  return figures(inBulk, called, raw)
}

interface CallRound {
  readonly rate: number
  readonly p50: number
  readonly p99: number
}

function figures(inBulk: readonly number[], called: readonly CallRound[], raw: readonly CallRound[]): Figures {
  const peer = figure(
    raw.map(({ rate }) => rate),
    '/s',
  )
  const against = `insert + update + insert in one statement, 32 clients: ${peer.value.toFixed(0)}/s`
  return {
    'engine.orders_per_s': figure(inBulk, 'orders/s'),
    'engine.callers32_per_s': figure(
      called.map(({ rate }) => rate),
      'calls/s',
    ),
    'engine.callers32_p50': figure(
      called.map(({ p50 }) => p50),
      'ms',
      { goal: '≤ 2 ms' },
    ),
    'engine.callers32_p99': figure(
      called.map(({ p99 }) => p99),
      'ms',
      { goal: '≤ 5 ms' },
    ),
    'engine.callers32_vs_raw': figure(
      called.map(({ rate }, round) => rate / raw[round]!.rate),
      '×',
      { against, goal: '≥ 1' },
    ),
  }
}

async function openServer(resources: BenchOptions['resources']): Promise<Database> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sutler-bench-engine-'))
  resources.defer(() => rm(dataDirectory, { recursive: true, force: true }))
  const options = { dataDirectory, log: silentLog, clock: systemClock, startDeadline: 120_000, stopDeadline: 20_000 }
  const server = await EmbeddedPostgres.start(options)
  resources.defer(() => server.stop())
  const database = openDatabase(server.url, { connections: callers, statementTimeout: 30_000 })
  resources.defer(() => database.close())
  await migrate(database)
  return database
}

async function openEngine(database: Database, resources: BenchOptions['resources']): Promise<Engine> {
  await database.sql`create table bench_output (id bigint generated always as identity primary key, device text, body json)`
  const engine = createEngine({
    database,
    doorbells: localDoorbells(),
    clock: systemClock,
    log: silentLog,
    access: operator,
    metrics: createMetrics(),
    retention: { instances: 86_400_000, history: 86_400_000 },
  })
  engine.registerTask('device.offer', {
    kind: 'transactional',
    async run({ sql }, started) {
      const outputs = JSON.stringify(started.map(({ args, key }) => ({ device: args['device'], key })))
      const rows = await sql<{ id: number }[]>`
        insert into bench_output (device, body)
        select o->>'device', o from json_array_elements(${outputs}::text::json) o returning id`
      return rows.map(({ id }) => ({ done: { output: id } }))
    },
  })
  for (const model of [offer, family, counter]) await engine.publish(model)
  await engine.start()
  resources.defer(() => engine.stop())
  return engine
}

/** 1,000 orders put into mailboxes in one transaction, until each has its subinstance and its output. @returns orders per second */
async function ordersRound(engine: Engine, { sql, transaction }: Database, round: number): Promise<number> {
  const signals = Array.from({ length: orders }, (_, index) => {
    const order = `o${round}-${index}`
    return { to: `model:family/${order}`, id: 'plan', type: 'plan', args: { order, device: `d${order}` }, create: {} }
  })
  const begin = performance.now()
  await transaction((tx) => engine.send(tx, signals))
  for (let written = 0; written < orders * (round + 1);) {
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from bench_output`
    written = row!.count
  }
  return orders / ((performance.now() - begin) / 1_000)
}

/** 32 callers, each calling again as soon as it has heard. */
async function callRound(count: number, call: (caller: number) => Promise<void>): Promise<CallRound> {
  const times: number[] = []
  let left = count
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (left-- > 0) {
        const called = performance.now()
        await call(caller)
        times.push(performance.now() - called)
      }
    }),
  )
  const rate = count / ((performance.now() - begin) / 1_000)
  return { rate, p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
}

function engineCall(engine: Engine, round: number): (caller: number) => Promise<void> {
  let count = 0
  return async (caller) => {
    const to = `model:counter/c${round}-${caller}`
    // With an id of the caller's own, which the engine has to look up.
    const { outcome } = await engine.signal({ to, id: `call-${count++}`, type: 'add', args: {}, create: {} })
    if (outcome !== 'fired') throw new RangeError(`a call was ${outcome}`)
  }
}

/** What the least of durable engines would write per signal: the signal, the state, the history. */
async function createRawTables({ sql }: Database): Promise<void> {
  await sql`create table bench_signal (id bigint generated always as identity primary key, instance int, body text)`
  await sql`create table bench_state (instance int primary key, state text, data text) with (fillfactor = 70)`
  await sql`create table bench_history (id bigint generated always as identity primary key, instance int, body text)`
  await sql`insert into bench_state select n, 'on', '{"n":0}' from generate_series(0, ${callers - 1}::int) n`
}

function rawCall({ sql }: Database, round: number): (caller: number) => Promise<void> {
  return async (caller) => {
    const body = `{"round":${round}}`
    await sql`
      with signal as (insert into bench_signal (instance, body) values (${caller}::int, ${body}::text)),
        state as (update bench_state set data = ${body}::text where instance = ${caller}::int)
      insert into bench_history (instance, body) values (${caller}::int, ${body}::text)`
  }
}
