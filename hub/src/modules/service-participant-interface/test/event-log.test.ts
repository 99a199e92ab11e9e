import { expect, it } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { testSealing } from '../../../../../test/support/sealing.ts'
import { until } from '../../../../../test/support/until.ts'
import { localDoorbells } from '../../../platform/doorbells.ts'
import { appendEvents } from '../../../platform/events.ts'
import { silentLog } from '../../../platform/log.ts'
import { createMetrics } from '../../../platform/metrics.ts'
import { accessFor, principal } from '../../../../../test/support/access.ts'
import type { ParticipantDependencies } from '../app/dependencies.ts'
import { Feed } from '../app/feed.ts'
import { follow } from '../app/follow.ts'
import type { LoggedEvent } from '../domain/logged-event.ts'
import { feedMeter } from '../app/feed-meter.ts'
import { webhookMeter } from '../app/webhooks/meter.ts'
import { eventLog } from '../store/event-log.ts'
import { webhookRows } from '../store/webhooks.ts'

const operator = principal('usr-op')
const everything = { types: [] }

function dependencies(database: TestDatabase): ParticipantDependencies {
  return {
    database,
    doorbells: localDoorbells(),
    clock: manualClock(),
    log: silentLog,
    access: accessFor(),
    publicUrl: () => 'http://hub',
    allowInside: false,
    storage: { ...eventLog, ...webhookRows },
    meter: webhookMeter(createMetrics()),
    feedMeter: feedMeter(createMetrics()),
    sealing: testSealing,
  }
}

async function append(deps: ParticipantDependencies, ...subjects: string[]): Promise<void> {
  const events = subjects.map((subject) => ({ type: 'test.done', subject, household: null, data: {} }))
  await deps.database.transaction((tx) => appendEvents(tx, deps.doorbells, events))
}

const subjects = (events: readonly LoggedEvent[]): string[] => events.map((event) => event.subject)

it('events come in the order of their transactions as numbers: 10 after 9', async () => {
  const database = await databaseForThisTest()
  for (const xact of ['11', '9', '100', '10'])
    await database.sql`
      insert into platform_event (xact, type, subject, data) values (${xact}::xid8, 'test.done', ${xact}, '{}')`
  const all = await eventLog.eventsAfter(database.sql, { xact: 0, id: 0 }, 10)
  expect(subjects(all)).toEqual(['9', '10', '11', '100'])
  const paged: string[] = []
  for (let position = { xact: 0, id: 0 }; ;) {
    const [event] = await eventLog.eventsAfter(database.sql, position, 1)
    if (event === undefined) break
    paged.push(event.subject)
    position = event.position
  }
  expect(paged).toEqual(['9', '10', '11', '100'])
})

it('an event of a transaction that commits late is not passed by', async () => {
  const database = await databaseForThisTest()
  const deps = dependencies(database)
  const started = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  const slow = database.transaction(async (tx) => {
    await appendEvents(tx, deps.doorbells, [{ type: 'test.done', subject: 'early', household: null, data: {} }])
    started.resolve()
    await finish.promise
  })
  await started.promise
  await append(deps, 'late')
  const read = () => eventLog.eventsAfter(database.sql, { xact: 0, id: 0 }, 10)
  expect(subjects(await read())).toEqual([])
  finish.resolve()
  await slow
  expect(subjects(await read())).toEqual(['early', 'late'])
})

it('a transaction that stays open in another database of the same server holds up nothing', async () => {
  const [database, elsewhere] = [await databaseForThisTest(), await databaseForThisTest()]
  const deps = dependencies(database)
  const started = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  const slow = elsewhere.transaction(async (tx) => {
    await tx.sql`select pg_current_xact_id()`
    started.resolve()
    await finish.promise
  })
  await started.promise
  await append(deps, 'here')
  const read = await eventLog.eventsAfter(database.sql, { xact: 0, id: 0 }, 10)
  finish.resolve()
  await slow
  expect(subjects(read)).toEqual(['here'])
})

it('whoever begins to listen at the same moment as another misses nothing and gets nothing twice', async () => {
  const database = await databaseForThisTest()
  const real = dependencies(database)
  // The second looks for the end of the log while the first already listens.
  const second = Promise.withResolvers<void>()
  let asked = 0
  const storage = {
    ...real.storage,
    end: async (sql: TestDatabase['sql']) => {
      if (++asked === 2) await second.promise
      return eventLog.end(sql)
    },
  }
  const deps = { ...real, storage }
  const feed = new Feed(deps)
  const abort = new AbortController()
  const collect = async (into: LoggedEvent[], opening: ReturnType<typeof follow>): Promise<void> => {
    for await (const events of (await opening).events) into.push(...events)
  }
  const [one, other]: [LoggedEvent[], LoggedEvent[]] = [[], []]
  const first = follow(deps, feed, operator, everything, null, abort.signal)
  const late = follow(deps, feed, operator, everything, null, abort.signal)
  const reading = [collect(one, first), collect(other, late)]
  await first
  await append(deps, 'a')
  second.resolve()
  await late
  feed.start()
  await append(deps, 'b')
  await until(() => other.length > 0 && subjects(one).includes('b'))
  expect(subjects(one)).toEqual(['a', 'b'])
  expect(subjects(other).at(-1)).toBe('b')
  await feed.stop()
  // Stopping the hub ends the streams.
  await Promise.all(reading)
})

it('a listener that has seen an event is not shown it again when it comes back after it', async () => {
  const deps = dependencies(await databaseForThisTest())
  const feed = new Feed(deps)
  feed.start()
  await append(deps, 'a', 'b', 'c')
  const [, second] = await eventLog.eventsAfter(deps.database.sql, { xact: 0, id: 0 }, 10)
  const { events, from } = await follow(
    deps,
    feed,
    operator,
    everything,
    second!.position,
    new AbortController().signal,
  )
  expect(from).toEqual(second!.position)
  await append(deps, 'd')
  const seen: string[] = []
  for await (const batch of events) {
    seen.push(...subjects(batch))
    if (seen.length >= 2) break
  }
  expect(seen).toEqual(['c', 'd'])
  await feed.stop()
})
