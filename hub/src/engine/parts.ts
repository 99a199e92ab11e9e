import type { Host } from './batch/job.ts'
import { ExternalTasks } from './external.ts'
import type { EngineDependencies } from './face.ts'
import { Library } from './library.ts'
import { Live } from './live/live.ts'
import { measureEngine, type Measures } from './measures.ts'
import { Migrations } from './migration/migrations.ts'
import { MigrationRunner } from './migration/runner.ts'
import { Models } from './models.ts'
import { Retention } from './retention.ts'
import { Roles } from './roles/roles.ts'
import type { SendHost } from './send.ts'
import { keySource } from './store/writes.ts'
import { Tasks } from './tasks.ts'
import { Worker } from './worker.ts'
import { Workshop } from './workshop/workshop.ts'

/** What one hub's engine is made of. */
export interface EngineParts extends SendHost, Pick<EngineDependencies, 'database'> {
  readonly models: Models
  readonly roles: Roles
  readonly tasks: Tasks
  readonly library: Library
  readonly workshop: Workshop
  readonly worker: Worker
  readonly external: ExternalTasks
  readonly retention: Retention
  readonly live: Live
  readonly migrations: Migrations
  readonly runner: MigrationRunner
}

/** Puts the parts together; starts nothing. */
export function engineParts(dependencies: EngineDependencies): EngineParts {
  const { database, clock, doorbells, log, metrics, retention: policy, roles: contracts = [] } = dependencies
  const shared = { database, clock, doorbells, log }
  const [models, tasks, newKeys] = [new Models(contracts.map(({ role }) => role)), new Tasks(), keySource()]
  const roles = new Roles({ database, clock, doorbells, log, models, contracts })
  const live = new Live(shared)
  const stepped = (): void => live.stepped()
  const workshop = new Workshop(shared)
  const library = new Library({
    ...shared,
    models,
    workshop,
    tasks: () => tasks.names,
    contractOf: (model) => roles.contractOf(model),
  })
  const external = new ExternalTasks({ ...shared, tasks: () => tasks.external })
  const runner = new MigrationRunner({ ...shared, models, stepped })
  const measures = telling(measureEngine(metrics, database, log), stepped)
  const host = { ...shared, ...hostOf(models, tasks, newKeys), tasksDue: () => external.ring(), measures }
  return {
    ...shared,
    models,
    roles,
    tasks,
    newKeys,
    library,
    workshop,
    worker: new Worker(host),
    external,
    retention: new Retention({ ...shared, policy }),
    live,
    migrations: new Migrations({ ...shared, models, runner }),
    runner,
  }
}

function hostOf(models: Models, tasks: Tasks, newKeys: Host['newKeys']) {
  const kindOf: Host['kindOf'] = (task) => tasks.kindOf(task)
  const runTask: Host['runTask'] = (task, tx, calls) => tasks.runTransactional(task, tx, calls)
  return { models, newKeys, keys: new Map<string, number>(), kindOf, runTask }
}

/** Whoever follows steps is told of each batch that was committed. */
function telling(measures: Measures, stepped: () => void): Measures {
  return {
    batch(taken, time) {
      measures.batch(taken, time)
      stepped()
    },
  }
}
