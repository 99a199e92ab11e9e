import type { JsonObject, Model } from '@sutler/engine'
import { Registry } from 'prom-client'
import { onTestFinished } from 'vitest'
import { systemClock, type Clock } from '../../platform/clock.ts'
import { openDatabase, type Database } from '../../platform/database.ts'
import { localDoorbells, type Doorbells } from '../../platform/doorbells.ts'
import { silentLog } from '../../platform/log.ts'
import {
  createEngine,
  type Engine,
  type HistoryEntry,
  type RetentionPolicy,
  type RoleContract,
  type Task,
} from '../index.ts'
import { operator } from './principals.ts'

export interface TestHub {
  readonly engine: Engine
  readonly database: Database
  readonly doorbells: Doorbells
  send(...signals: Parameters<Engine['send']>[1][number][]): Promise<void>
  data(url: string): Promise<JsonObject>
  /** Oldest first. */
  history(url: string): Promise<HistoryEntry[]>
}

export const keepLong: RetentionPolicy = { instances: 86_400_000, history: 86_400_000 }

/** An engine of its own on the given database, started, and stopped when the test ends. */
export async function startHub(options: {
  url: string
  models?: readonly Model[]
  tasks?: Readonly<Record<string, Task>>
  clock?: Clock
  metrics?: Registry
  retention?: RetentionPolicy
  roles?: readonly RoleContract[]
}): Promise<TestHub> {
  const database = openDatabase(options.url, { connections: 4, statementTimeout: 20_000 })
  const doorbells = localDoorbells()
  const clock = options.clock ?? systemClock
  const { metrics = new Registry(), retention = keepLong, roles = [] } = options
  const engine = createEngine({
    database,
    doorbells,
    clock,
    log: silentLog,
    access: operator,
    metrics,
    retention,
    roles,
  })
  onTestFinished(async () => {
    await engine.stop()
    await database.close()
  })
  for (const [name, task] of Object.entries(options.tasks ?? {})) engine.registerTask(name, task)
  for (const model of options.models ?? []) await engine.publish(model)
  await engine.start()
  return {
    engine,
    database,
    doorbells,
    send: (...signals) => database.transaction((tx) => engine.send(tx, signals)),
    async data(url) {
      return (await engine.instance(url))?.data ?? {}
    },
    async history(url) {
      return ((await engine.history(url, { limit: 10_000 })) ?? []).toReversed()
    },
  }
}
