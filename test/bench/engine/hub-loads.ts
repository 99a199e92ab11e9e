import { performance } from 'node:perf_hooks'
import type { Engine } from '../../../hub/src/engine/index.ts'
import type { Database } from '../../../hub/src/platform/database.ts'
import { pause } from '../../../hub/src/platform/wait.ts'
import { callFor, type CallRound } from './calls.ts'
import { anyMember, instances, memberAt, type Population } from './population.ts'

let sent = 0

/** Instances that have taken one step, a thousand to a transaction. */
export async function createInstances(
  engine: Engine,
  { sql, transaction }: Database,
  { model, count }: { readonly model: Population; readonly count: number },
): Promise<void> {
  for (let first = 1; first <= count; first += 1_000) {
    const signals = Array.from({ length: Math.min(1_000, count - first + 1) }, (_, index) => ({
      to: memberAt(model, first + index),
      id: 'first',
      type: 'add',
      args: {},
      create: {},
    }))
    await transaction((tx) => engine.send(tx, signals))
  }
  await emptied(sql)
  await sql`vacuum analyze engine_instance, engine_history, engine_mailbox`
}

/** So many callers at once, each at an instance of its own, and again when all have heard. */
export async function waveOfCalls(
  engine: Engine,
  { callers, milliseconds }: { readonly callers: number; readonly milliseconds: number },
): Promise<CallRound> {
  const wave = async (): Promise<void> => {
    const first = Math.floor(Math.random() * (instances - callers))
    const calls = Array.from({ length: callers }, (_, index) => {
      const id = `bulk-${process.pid}-${sent++}`
      return engine.signal({ to: memberAt('counter', first + index + 1), id, type: 'add', args: {} })
    })
    for (const { outcome } of await Promise.all(calls))
      if (outcome !== 'fired') throw new RangeError(`it was ${outcome}`)
  }
  const round = await callFor({ callers: 1, milliseconds }, wave)
  return { ...round, rate: round.rate * callers }
}

/** Signals put into mailboxes, `each` to a transaction, while the engine takes them; until all are taken. */
export async function queuedSignals(
  engine: Engine,
  { sql, transaction }: Database,
  { signals, each }: { readonly signals: number; readonly each: number },
): Promise<number> {
  const begin = performance.now()
  for (let left = signals; left > 0; left -= each) {
    const some = Array.from({ length: Math.min(each, left) }, () => {
      const id = `queued-${process.pid}-${sent++}`
      return { to: anyMember(), id, type: 'add', args: {} }
    })
    await transaction((tx) => engine.send(tx, some))
  }
  await emptied(sql)
  return signals / ((performance.now() - begin) / 1_000)
}

/** 1,000 orders put into mailboxes in one transaction, until each has its subinstance, its timer and its output. */
export async function familyOrders(
  engine: Engine,
  { sql, transaction }: Database,
  { orders, round }: { readonly orders: number; readonly round: number },
): Promise<number> {
  const signals = Array.from({ length: orders }, (_, index) => {
    const order = `o${round}-${index}`
    return { to: `model:family/${order}`, id: 'plan', type: 'plan', args: { order, device: `d${order}` }, create: {} }
  })
  const [before] = await sql<{ count: number }[]>`select count(*)::int as count from bench_output`
  const begin = performance.now()
  await transaction((tx) => engine.send(tx, signals))
  for (let written = 0; written < orders;) {
    await pause(2)
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from bench_output`
    written = row!.count - before!.count
  }
  return orders / ((performance.now() - begin) / 1_000)
}

/** Until no signal waits: what has left the mailbox is committed with its step and its history. */
async function emptied(sql: Database['sql']): Promise<void> {
  for (;;) {
    // By its index: a read of the whole table would go through all that has been taken and not yet swept away.
    const waiting = await sql`select seq from engine_mailbox order by seq limit 1`
    if (waiting.length === 0) return
    await pause(2)
  }
}
