import { createEngine } from '../../../hub/src/engine/index.ts'
import { operator } from '../../../hub/src/engine/test/principals.ts'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import type { Database } from '../../../hub/src/platform/database.ts'
import { localDoorbells } from '../../../hub/src/platform/doorbells.ts'
import { silentLog } from '../../../hub/src/platform/log.ts'
import { createMetrics } from '../../../hub/src/platform/metrics.ts'
import { models } from './models.ts'
import { createLoadTables, loadTasks } from './tasks.ts'

/** The load's tables and models, on a migrated database. */
export async function prepareLoad(database: Database): Promise<void> {
  await createLoadTables(database)
  const engine = createEngine({
    database,
    doorbells: localDoorbells(),
    clock: systemClock,
    log: silentLog,
    access: operator,
    metrics: createMetrics(),
    retention: { instances: 86_400_000, history: 86_400_000 },
  })
  // Not started: it only publishes.
  for (const [name, task] of Object.entries(loadTasks(database, async () => {}))) engine.registerTask(name, task)
  for (const model of models) await engine.publish(model)
}
