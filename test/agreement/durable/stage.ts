import { createHash } from 'node:crypto'
import type { JsonObject, Model } from '@sutler/engine'
import { insertModel } from '../../../hub/src/engine/store/models.ts'
import { startHub, type TestHub } from '../../../hub/src/engine/test/hub.ts'
import type { Task, TaskCall } from '../../../hub/src/engine/index.ts'
import { databaseForThisTest } from '../../support/database.ts'
import { manualClock, type ManualClock } from '../../support/manual-clock.ts'
import { until } from '../../support/until.ts'

/** A task that runs until it is told how to end; every attempt of it ends so. */
interface Running {
  readonly call: TaskCall
  readonly end: Promise<JsonObject>
  readonly resolve: (result: JsonObject) => void
  readonly reject: (error: Error) => void
  /** It was told how to end; the hub has still to hear of it. */
  over: boolean
}

/** A hub with a clock that stands still, and tasks that end when told. */
export class Stage {
  readonly hub: TestHub
  readonly #clock: ManualClock
  readonly #running: Map<string, Running>

  private constructor(hub: TestHub, clock: ManualClock, running: Map<string, Running>) {
    this.hub = hub
    this.#clock = clock
    this.#running = running
  }

  /** Models are put there as they are: random ones are not sound, and would not be published. */
  static async set(models: readonly Model[]): Promise<Stage> {
    const { url, sql } = await databaseForThisTest()
    for (const model of models) {
      const digest = createHash('sha256').update(JSON.stringify(model)).digest('hex')
      await insertModel(sql, model, { digest, text: null, by: null })
    }
    const running = new Map<string, Running>()
    const task: Task = { kind: 'external', run: (call) => begin(running, call).end }
    const clock = manualClock()
    const uses = models.flatMap(({ transitions }) => transitions.flatMap((transition) => transition.tasks ?? []))
    const tasks = Object.fromEntries(uses.map((use) => [use.task, task]))
    return new Stage(await startHub({ url, clock, tasks }), clock, running)
  }

  /** Ends the oldest running task of that name of the model's one instance. */
  endTask(model: string, task: string, end: { readonly result: JsonObject } | { readonly error: string }): void {
    const [oldest] = [...this.#running.values()]
      .filter(({ call, over }) => call.model === model && call.task === task && !over)
      .toSorted((a, b) => placeOf(a) - placeOf(b))
    if (oldest === undefined) throw new RangeError(`no task ${task} of ${model} is running`)
    oldest.over = true
    if ('result' in end) oldest.resolve(end.result)
    else oldest.reject(new Error(end.error))
  }

  /** Moves the clock to each due signal in turn, then to the end. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#clock.now() + milliseconds
    for (;;) {
      const [next] = await this.hub.database.sql<{ due: number | null }[]>`
        select min(due)::float8 as due from engine_timer where due <= ${end}::bigint`
      if (next?.due == null) break
      this.#clock.advance(Math.max(0, next.due - this.#clock.now()))
      await this.settled()
    }
    this.#clock.advance(end - this.#clock.now())
    await this.settled()
  }

  /** Until there is no more to do without another word or more time. A task that has failed and waits for a person is due never. */
  async settled(): Promise<void> {
    const { sql } = this.hub.database
    await until(
      async () => {
        const [found] = await sql<{ mail: number; due: number; tasks: string[] }[]>`
          select (select count(*)::int from engine_mailbox) as mail,
            (select count(*)::int from engine_timer where due <= ${this.#clock.now()}::bigint) as due,
            array(select key from engine_task where due < ${Number.MAX_SAFE_INTEGER}::bigint) as tasks`
        const { mail = 1, due = 0, tasks = [] } = found ?? {}
        const open = tasks.filter((key) => this.#running.get(key)?.over !== false)
        if (mail + due + open.length === 0) return true
        throw new Error(`${mail} mail, ${due} due, ${open.length} tasks: ${open.slice(0, 5).join(' ')}`)
      },
      { deadline: 60_000, what: 'nothing is left to do' },
    )
  }
}

function begin(running: Map<string, Running>, call: TaskCall): Running {
  const known = running.get(call.key)
  if (known) return known
  const { promise: end, resolve, reject } = Promise.withResolvers<JsonObject>()
  end.catch(() => {})
  const started = { call, end, resolve, reject, over: false }
  running.set(call.key, started)
  return started
}

/** Keys end in `<step>/<index>`. */
function placeOf({ call }: Running): number {
  const [step = 0, index = 0] = call.key.split('/').slice(-2).map(Number)
  return step * 10_000 + index
}
