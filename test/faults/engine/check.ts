import type { Database } from '../../../hub/src/platform/database.ts'
import { HistoryCheck } from './history-check.ts'
import type { Fault } from './killer.ts'
import type { Ledger } from './ledger.ts'
import { storedEntries, storedInstances, waiting } from './stored.ts'
import { takenOverWithin, takeovers, type Takeovers } from './takeover.ts'
import { World } from './world.ts'

export interface Findings {
  /** What must not be, in words. */
  readonly findings: readonly string[]
  readonly instances: number
  readonly steps: number
  /** Delayed signals that came. */
  readonly timers: number
  readonly takeovers: Takeovers
}

/** Reads everything that a run has left in the database, and holds it against what senders were promised. */
export async function check(database: Database, ledger: Ledger, faults: readonly Fault[]): Promise<Findings> {
  const world = new World()
  for (const what of ledger.wrong) world.wrong(what)
  for (const what of await waiting(database)) world.wrong(`${what} still wait`)
  const { instances, steps } = await checkHistories(database, ledger, world)
  await world.end(database, ledger)
  const times = await takeovers(database, faults)
  if (times.longest > takenOverWithin) world.wrong(`a task was taken over after ${times.longest} ms only`)
  return { findings: world.findings, instances, steps, timers: world.timers, takeovers: times }
}

async function checkHistories(
  database: Database,
  ledger: Ledger,
  world: World,
): Promise<{ instances: number; steps: number }> {
  const rows = await storedInstances(database)
  const checks = new Map(
    rows.map((row) => {
      const url = `model:${row.model}/${row.id}`
      return [row.key, new HistoryCheck(url, ledger.tried.get(url) ?? new Map(), world)] as const
    }),
  )
  let steps = 0
  for await (const entries of storedEntries(database)) {
    steps += entries.length
    for (const entry of entries) {
      const history = checks.get(entry.instance)
      if (history) history.take(entry)
      else world.wrong(`entry ${entry.entry} is of instance ${entry.instance}, which is not there`)
    }
  }
  for (const row of rows) checks.get(row.key)!.end(row)
  const there = new Set(rows.map(({ model, id }) => `model:${model}/${id}`))
  for (const url of ledger.tried.keys()) if (!there.has(url)) world.wrong(`${url} is lost`)
  return { instances: rows.length, steps }
}
