import { parseUrl } from '@sutler/engine'
import type { Hono } from 'hono'
import type { Milliseconds } from '../platform/clock.ts'
import { actAsHub } from '../platform/acting.ts'
import { asDatabaseError, type Tx } from '../platform/database.ts'
import { CallerError, InvariantError, OutsideError } from '../platform/errors.ts'
import type { ApiEnv } from '../platform/http/api.ts'
import { newId } from '../platform/ids.ts'
import type { Address } from './address.ts'
import type { Direct, Returned } from './batch/item.ts'
import { engineBusy, engineStopped, unknownInstance } from './errors.ts'
import type { Engine, EngineDependencies, SignalRequest } from './face.ts'
import { engineRoutes } from './http/routes.ts'
import { operate, type Operated, type Operation, type Operator } from './operations.ts'
import { engineParts, type EngineParts } from './parts.ts'
import { searchInstances } from './search.ts'
import { addressed, itemOf, send, type OutsideSignal } from './send.ts'
import type { Swept } from './store/retention.ts'
import type { InstanceFilter } from './store/search.ts'
import { readHistory, readInstance, type HistoryEntry, type StoredInstance } from './store/views.ts'
import type { Task } from './tasks.ts'
import { viewOf, type InstanceView } from './view.ts'

export type { Engine, EngineDependencies, SignalRequest } from './face.ts'
export type { TaskCall } from './batch/board.ts'
export type { Returned, TaskEnd } from './batch/item.ts'
export type { Operated, Operation, Operator } from './operations.ts'
export type { RetentionPolicy } from './retention.ts'
export { contractFindings, type RoleContract } from './roles/contract.ts'
export type { Create, OutsideSignal } from './send.ts'
export type { Swept } from './store/retention.ts'
export type { InstanceFilter } from './store/search.ts'
export type { HistoryEntry } from './store/views.ts'
export type { Task } from './tasks.ts'
export type { InstanceView } from './view.ts'

/** A sender hears within this time, or that it was too long. */
const answerWithin: Milliseconds = 15_000

export function createEngine(dependencies: EngineDependencies): Engine {
  return new DurableEngine(dependencies)
}

class DurableEngine implements Engine {
  readonly #dependencies: EngineDependencies
  readonly #parts: EngineParts
  #state: 'new' | 'working' | 'stopped' = 'new'

  constructor(dependencies: EngineDependencies) {
    this.#dependencies = dependencies
    this.#parts = engineParts(dependencies)
  }

  registerTask(name: string, task: Task): void {
    if (this.#state !== 'new') throw new InvariantError(`task ${name} is registered after the engine has started`)
    this.#parts.tasks.register(name, task)
  }

  async publish(model: unknown, text: string | null = null): Promise<void> {
    for (const { message, pointer } of await this.#parts.library.bring(model, text)) {
      this.#dependencies.log.warn({ pointer }, `a published model is doubtful: ${message}`)
    }
  }

  async start(): Promise<void> {
    if (this.#state !== 'new') throw new InvariantError('the engine is started twice')
    const { models, roles, external, worker, retention, runner } = this.#parts
    await models.load(this.#dependencies.database.sql)
    await roles.start()
    this.#state = 'working'
    for (const part of [external, worker, retention, runner]) part.start()
  }

  endStreams(): void {
    this.#parts.live.stop()
  }

  async stop(): Promise<void> {
    const { external, worker, retention, runner, workshop, roles } = this.#parts
    this.endStreams()
    roles.stop()
    await workshop.stop()
    if (this.#state !== 'working') return
    this.#state = 'stopped'
    await Promise.all([
      worker.stop(({ waiter }) => waiter.refused(new OutsideError(engineStopped, 'The signal was not taken.'))),
      external.stop(),
      retention.stop(),
      runner.stop(),
    ])
  }

  send(tx: Tx, signals: readonly OutsideSignal[]): Promise<void> {
    return send(this.#parts, tx, signals)
  }

  async signal(request: SignalRequest): Promise<Returned> {
    const { clock } = this.#dependencies
    const signal = { ...request, id: request.id ?? newId('sig', clock.now()) }
    const address = addressed(signal)
    if (this.#state !== 'working') throw new OutsideError(engineStopped, `${signal.type} was not taken.`)
    return await new Promise<Returned>((resolve, reject) => {
      const waiter = {
        returned: (answer: Returned): void => (cancel(), resolve(answer)),
        refused: (error: unknown): void => (cancel(), reject(asDatabaseError(error) as Error)),
      }
      const item = itemOf(signal, request.id !== undefined)
      const direct: Direct = { address, create: signal.create, tenant: request.tenant, item, at: clock.now(), waiter }
      const cancel = clock.after(answerWithin, () => {
        this.#parts.worker.forget(direct)
        reject(new OutsideError(engineBusy, `${signal.type} to ${signal.to} (id ${signal.id}) was not taken in time.`))
      })
      try {
        // It works on for others, too.
        actAsHub(() => this.#parts.worker.add(direct))
      } catch (error) {
        waiter.refused(error)
      }
    })
  }

  async instance(url: string): Promise<InstanceView | null> {
    const row = await this.#read(url)
    return row && viewOf(row)
  }

  async instances(
    filter: InstanceFilter,
    { limit, after }: { limit: number; after?: Address },
  ): Promise<InstanceView[]> {
    const views: InstanceView[] = []
    let from = after
    do {
      const page = { limit: limit - views.length, ...(from && { after: from }) }
      const { items, next } = await searchInstances(this.#dependencies, filter, page)
      views.push(...items.map(viewOf))
      from = next ?? undefined
    } while (from && views.length < limit)
    return views
  }

  async history(url: string, page: { limit: number; before?: number }): Promise<HistoryEntry[] | null> {
    const row = await this.#read(url)
    return row && (await readHistory(this.#dependencies.database.sql, row.key, page))
  }

  #read(url: string): Promise<StoredInstance | null> {
    const address = parseUrl(url.startsWith('model:') ? url : `model:${url}`)
    return address ? readInstance(this.#dependencies.database.sql, address) : Promise.resolve(null)
  }

  async operate(url: string, operation: Operation, operator: Operator): Promise<Operated> {
    const address = parseUrl(url.startsWith('model:') ? url : `model:${url}`)
    if (!address) throw new CallerError(unknownInstance, `“${url.slice(0, 200)}” is no instance.`)
    return await operate(this.#parts, address, operation, operator)
  }

  sweep(): Promise<Swept> {
    return this.#parts.retention.sweep()
  }

  routes(): Hono<ApiEnv> {
    const { access, log } = this.#dependencies
    return engineRoutes({ ...this.#parts, access, log, engine: this })
  }
}
