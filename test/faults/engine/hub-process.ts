import { setTimeout as pause } from 'node:timers/promises'
import { createEngine, type Engine } from '../../../hub/src/engine/index.ts'
import { operator, somebody } from '../../../hub/src/engine/test/principals.ts'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { asDatabaseError, openDatabase, type Database } from '../../../hub/src/platform/database.ts'
import { localDoorbells } from '../../../hub/src/platform/doorbells.ts'
import { OutsideError } from '../../../hub/src/platform/errors.ts'
import { api } from '../../../hub/src/platform/http/api.ts'
import { silentLog } from '../../../hub/src/platform/log.ts'
import { createMetrics } from '../../../hub/src/platform/metrics.ts'
import type { Gate, Move, Refused, Said, SentBatch, Told } from './protocol.ts'
import { loadTasks } from './tasks.ts'

/**
 * A hub's engine as a process of its own, to be killed: it says `loaded` when its code is, starts when told, and does what
 * its parent's callers want of it. It ends with its parent.
 */

const say = (said: Said): void => {
  process.send?.(said)
}

const armed = new Set<Gate>()
const closed = new Map<Gate, () => void>()

async function gate(name: Gate): Promise<void> {
  if (!armed.delete(name)) return
  await new Promise<void>((resolve) => {
    closed.set(name, resolve)
    say({ at: name })
  })
}

/** The database with a gate before each commit. */
function gated(database: Database): Database {
  return {
    ...database,
    transaction: (work, limits) =>
      database.transaction(async (tx) => {
        const result = await work(tx)
        await gate('before-commit')
        return result
      }, limits),
  }
}

let engine: Engine
let database: Database

async function start(url: string): Promise<void> {
  database = gated(openDatabase(url, { connections: 4, statementTimeout: 20_000 }))
  engine = createEngine({
    database,
    doorbells: localDoorbells(),
    clock: systemClock,
    log: silentLog,
    access: operator,
    metrics: createMetrics(),
    retention: { instances: 86_400_000, history: 86_400_000 },
  })
  for (const [name, task] of Object.entries(loadTasks(database, gate))) engine.registerTask(name, task)
  for (;;) {
    try {
      await engine.start()
      break
    } catch (error) {
      if (!(asDatabaseError(error) instanceof OutsideError)) throw error
      // The database is on its way back.
      await pause(20)
    }
  }
  say({ working: true })
}

class Undone extends Error {}

async function send({ signals, undo }: SentBatch): Promise<null> {
  const rows = JSON.stringify(signals.map(({ to, id }) => ({ instance: to, signal: id })))
  const sending = database.transaction(async (tx) => {
    await tx.sql`
      insert into sent select instance, signal from json_to_recordset(${rows}::text::json) as r(instance text, signal text)
      on conflict do nothing`
    await engine.send(tx, signals)
    if (undo) throw new Undone()
  })
  await sending.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error
  })
  return null
}

/** There is no other way to ask for one than an operator's. */
async function migrate(move: Move): Promise<null> {
  const app = api()
  app.use(async (c, next) => {
    c.set('principal', somebody)
    await next()
  })
  app.route('/', engine.routes())
  const request = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const body = JSON.stringify({ ...move, reason: 'there and back' })
  const response = await app.request('/models/account/migrations', { ...request, body })
  if (response.ok) return null
  const text = await response.text()
  throw Object.assign(new Error(`status ${response.status}: ${text}`), { again: response.status === 503 })
}

function refusalOf(error: unknown): Refused {
  const { message } = error as Error
  if (error instanceof OutsideError) return { code: error.code, message, again: true }
  const { code = 'error', again = false } = error as { code?: string; again?: boolean }
  return { code, message, again }
}

async function answer(call: number, work: Promise<Extract<Said, { returned: unknown }>['returned']>): Promise<void> {
  try {
    say({ call, returned: await work })
  } catch (error) {
    say({ call, refused: refusalOf(error) })
  }
}

process.on('message', (told: Told) => {
  if ('start' in told) void start(told.start.url)
  else if ('signal' in told) void answer(told.call, engine.signal(told.signal))
  else if ('send' in told) void answer(told.call, send(told.send))
  else if ('migrate' in told) void answer(told.call, migrate(told.migrate))
  else if ('arm' in told) armed.add(told.arm)
  else {
    armed.delete(told.open)
    closed.get(told.open)?.()
    closed.delete(told.open)
  }
})
process.on('disconnect', () => process.exit())
say({ loaded: true })
