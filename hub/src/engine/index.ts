import { parseUrl } from '@sutler/engine'
import type { Hono } from 'hono'
import type { Milliseconds } from '../platform/clock.ts'
import type { Tx } from '../platform/database.ts'
import { CallerError, InvariantError, OutsideError } from '../platform/errors.ts'
import type { ApiEnv } from '../platform/http/api.ts'
import { newId } from '../platform/ids.ts'
import type { Address } from './address.ts'
import type { Direct, Returned } from './batch/item.ts'
import type { Host } from './batch/job.ts'
import { engineBusy, engineStopped, unknownInstance } from './errors.ts'
import { ExternalTasks } from './external.ts'
import type { Engine, EngineDependencies, SignalRequest } from './face.ts'
import { engineRoutes } from './http/routes.ts'
import { measureEngine } from './measures.ts'
import { Models } from './models.ts'
import { operate, type Operation, type Operator } from './operations.ts'
import { Retention } from './retention.ts'
import { addressed, itemOf, send, type OutsideSignal } from './send.ts'
import type { Swept } from './store/retention.ts'
import { listInstances, readHistory, readInstance, type HistoryEntry, type InstanceFilter } from './store/views.ts'
import { keySource } from './store/writes.ts'
import { Tasks, type Task } from './tasks.ts'
import { viewOf, type InstanceView } from './view.ts'
import { Worker } from './worker.ts'

export type { Engine, EngineDependencies, SignalRequest } from './face.ts'
export type { TaskCall } from './batch/board.ts'
export type { Returned, TaskEnd } from './batch/item.ts'
export type { Operation, Operator } from './operations.ts'
export type { RetentionPolicy } from './retention.ts'
export type { Create, OutsideSignal } from './send.ts'
export type { Swept } from './store/retention.ts'
export type { HistoryEntry, InstanceFilter } from './store/views.ts'
export type { Task } from './tasks.ts'
export type { InstanceView } from './view.ts'

/** A sender hears within this time, or that it was too long. */
const answerWithin: Milliseconds = 15_000

export function createEngine(dependencies: EngineDependencies): Engine {
  return new DurableEngine(dependencies)
}

class DurableEngine implements Engine {
  readonly #dependencies: EngineDependencies
  readonly #models = new Models()
  readonly #tasks = new Tasks()
  readonly #newKeys: Host['newKeys'] = keySource()
  readonly #worker: Worker
  readonly #external: ExternalTasks
  readonly #retention: Retention
  #state: 'new' | 'working' | 'stopped' = 'new'

  constructor(dependencies: EngineDependencies) {
    this.#dependencies = dependencies
    const { database, clock, doorbells, log, metrics, retention } = dependencies
    this.#retention = new Retention({ database, clock, log, policy: retention })
    this.#external = new ExternalTasks({ database, clock, doorbells, log, tasks: () => this.#tasks.external })
    this.#worker = new Worker({
      database,
      clock,
      doorbells,
      log,
      models: this.#models,
      newKeys: this.#newKeys,
      keys: new Map(),
      kindOf: (task) => this.#tasks.kindOf(task),
      runTask: (task, tx, calls) => this.#tasks.runTransactional(task, tx, calls),
      tasksDue: () => this.#external.ring(),
      measures: measureEngine(metrics, database, log),
    })
  }

  registerTask(name: string, task: Task): void {
    if (this.#state !== 'new') throw new InvariantError(`task ${name} is registered after the engine has started`)
    this.#tasks.register(name, task)
  }

  async publish(model: unknown): Promise<void> {
    const { database, log } = this.#dependencies
    await this.#models.load(database.sql)
    for (const { message, pointer } of await this.#models.publish(database, model, this.#tasks.names)) {
      log.warn({ pointer }, `a published model is doubtful: ${message}`)
    }
  }

  async start(): Promise<void> {
    if (this.#state !== 'new') throw new InvariantError('the engine is started twice')
    await this.#models.load(this.#dependencies.database.sql)
    this.#state = 'working'
    this.#external.start()
    this.#worker.start()
    this.#retention.start()
  }

  async stop(): Promise<void> {
    if (this.#state !== 'working') return
    this.#state = 'stopped'
    await Promise.all([
      this.#worker.stop(({ waiter }) => waiter.refused(new OutsideError(engineStopped, 'The signal was not taken.'))),
      this.#external.stop(),
      this.#retention.stop(),
    ])
  }

  send(tx: Tx, signals: readonly OutsideSignal[]): Promise<void> {
    const { clock, doorbells } = this.#dependencies
    return send({ models: this.#models, newKeys: this.#newKeys, clock, doorbells }, tx, signals)
  }

  async signal(request: SignalRequest): Promise<Returned> {
    const { clock } = this.#dependencies
    const signal = { ...request, id: request.id ?? newId('sig', clock.now()) }
    const address = addressed(signal)
    if (this.#state !== 'working') throw new OutsideError(engineStopped, `${signal.type} was not taken.`)
    return await new Promise<Returned>((resolve, reject) => {
      const waiter = {
        returned: (answer: Returned): void => (cancel(), resolve(answer)),
        refused: (error: unknown): void => (cancel(), reject(error as Error)),
      }
      const item = itemOf(signal, request.id !== undefined)
      const direct: Direct = { address, create: signal.create, item, at: clock.now(), waiter }
      const cancel = clock.after(answerWithin, () => {
        this.#worker.forget(direct)
        reject(new OutsideError(engineBusy, `${signal.type} to ${signal.to} (id ${signal.id}) was not taken in time.`))
      })
      try {
        this.#worker.add(direct)
      } catch (error) {
        waiter.refused(error)
      }
    })
  }

  async instance(url: string): Promise<InstanceView | null> {
    const row = await this.#read(url)
    return row && viewOf(row)
  }

  async instances(filter: InstanceFilter, page: { limit: number; after?: Address }): Promise<InstanceView[]> {
    return (await listInstances(this.#dependencies.database.sql, filter, page)).map(viewOf)
  }

  async history(url: string, page: { limit: number; before?: number }): Promise<HistoryEntry[] | null> {
    const row = await this.#read(url)
    return row && (await readHistory(this.#dependencies.database.sql, row.key, page))
  }

  #read(url: string) {
    const address = parseUrl(url.startsWith('model:') ? url : `model:${url}`)
    return address ? readInstance(this.#dependencies.database.sql, address) : Promise.resolve(null)
  }

  async operate(url: string, operation: Operation, operator: Operator): Promise<void> {
    const address = parseUrl(url.startsWith('model:') ? url : `model:${url}`)
    if (!address) throw new CallerError(unknownInstance, `“${url.slice(0, 200)}” is no instance.`)
    await operate({ ...this.#dependencies, models: this.#models }, address, operation, operator)
  }

  sweep(): Promise<Swept> {
    return this.#retention.sweep()
  }

  routes(): Hono<ApiEnv> {
    const { access, database } = this.#dependencies
    return engineRoutes(this, access, database)
  }
}
