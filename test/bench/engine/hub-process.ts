import { createEngine, type Engine } from '../../../hub/src/engine/index.ts'
import { operator } from '../../../hub/src/engine/test/principals.ts'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { openDatabase, type Database } from '../../../hub/src/platform/database.ts'
import { localDoorbells } from '../../../hub/src/platform/doorbells.ts'
import { silentLog } from '../../../hub/src/platform/log.ts'
import { createMetrics } from '../../../hub/src/platform/metrics.ts'
import { pause } from '../../../hub/src/platform/wait.ts'
import { serveParent } from '../bench-process.ts'
import { callFor } from './calls.ts'
import { createInstances, familyOrders, queuedSignals, waveOfCalls } from './hub-loads.ts'
import { counter, family, napper, offer, reckoner } from './models.ts'
import { deviceOffer } from './device-offer.ts'
import { anyMember, type Population } from './population.ts'

/**
 * A hub's engine in a process of its own, with the callers in it as a hub's requests are. The pool is a hub's default.
 */
export type HubQuestion =
  | { readonly do: 'start'; readonly url: string; readonly keepHistory?: number }
  /** → CallRound */
  | {
      readonly do: 'call'
      readonly callers: number
      readonly milliseconds: number
      readonly model?: Population
      /** Milliseconds that each caller rests between its calls. */
      readonly rest?: number
    }
  /** → CallRound */
  | { readonly do: 'bulk'; readonly callers: number; readonly milliseconds: number }
  /** Instances of the model, from the first on. */
  | { readonly do: 'create'; readonly model: Population; readonly count: number }
  /** → signals per second, from the first enqueued to the last taken */
  | { readonly do: 'queued'; readonly signals: number; readonly each: number }
  /** → orders per second */
  | { readonly do: 'orders'; readonly orders: number; readonly round: number }
  /** An instance of napper that sleeps for so long. */
  | { readonly do: 'lie'; readonly to: string; readonly milliseconds: number }
  /** → bytes that stay after full collections */
  | { readonly do: 'memory' }

type Question<Do extends HubQuestion['do']> = Extract<HubQuestion, { readonly do: Do }>

let engine: Engine
let database: Database
let called = 0

serveParent(async (question: HubQuestion): Promise<unknown> => {
  if (question.do === 'start') return start(question)
  if (question.do === 'call') return callFor(question, () => callAny(question))
  if (question.do === 'bulk') return waveOfCalls(engine, question)
  if (question.do === 'create') return createInstances(engine, database, question)
  if (question.do === 'queued') return queuedSignals(engine, database, question)
  if (question.do === 'orders') return familyOrders(engine, database, question)
  if (question.do === 'lie') return lie(question)
  for (let time = 0; time < 3; time++) globalThis.gc?.()
  return process.memoryUsage.rss()
})

async function start({ url, keepHistory = 86_400_000 }: Question<'start'>): Promise<void> {
  database = openDatabase(url, { connections: 10, statementTimeout: 30_000 })
  engine = createEngine({
    database,
    doorbells: localDoorbells(),
    clock: systemClock,
    log: silentLog,
    access: operator,
    metrics: createMetrics(),
    retention: { instances: 86_400_000, history: keepHistory },
  })
  engine.registerTask('device.offer', await deviceOffer(database))
  for (const model of [offer, family, counter, reckoner, napper]) await engine.publish(model)
  await engine.start()
}

/** With an id of the caller's own, as a request with an idempotency key has: the engine has to know whether it came before. */
async function callAny({ model, rest = 0 }: Question<'call'>): Promise<void> {
  const id = `call-${process.pid}-${called++}`
  const { outcome } = await engine.signal({ to: anyMember(model), id, type: 'add', args: {} })
  if (outcome !== 'fired') throw new RangeError(`a call was ${outcome}`)
  if (rest > 0) await pause(rest)
}

async function lie({ to, milliseconds }: Question<'lie'>): Promise<void> {
  const until = new Date(Date.now() + milliseconds).toISOString()
  await engine.signal({ to, type: 'lie', args: { until }, create: {} })
}
