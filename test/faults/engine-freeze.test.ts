import { afterAll, beforeAll, describe, it, type TestContext } from 'vitest'
import type { Returned } from '../../hub/src/engine/index.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { until } from '../support/until.ts'
import { bundleHub, type Bundle } from './engine/bundle.ts'
import { Hub, HubRefused } from './engine/hub.ts'
import { prepareLoad } from './engine/prepare.ts'
import type { Gate, Sent } from './engine/protocol.ts'
import { waiting } from './engine/stored.ts'

/** What a frozen hub holds is taken over within this time, milliseconds. */
const takenOver = 10_000
/** For what is not being measured, on a machine that is busy. */
const patience = 30_000

let bundle: Bundle

beforeAll(async () => {
  bundle = await bundleHub()
}, patience)

afterAll(() => bundle?.remove())

interface World {
  readonly database: TestDatabase
  readonly hubs: readonly [Hub, Hub]
}

/** Two hubs on a database of the test's own. */
async function twoHubs(test: TestContext): Promise<World> {
  const database = await testDatabase({ connections: 2, tenant: 'main' })
  test.onTestFinished(() => database.close())
  await prepareLoad(database.owner)
  return { database, hubs: [await hubOn(database, test), await hubOn(database, test)] }
}

async function hubOn(database: TestDatabase, test: TestContext): Promise<Hub> {
  const hub = new Hub(bundle)
  test.onTestFinished(async () => {
    hub.kill()
    await hub.ended
  })
  await hub.loaded
  hub.start(database.url)
  await hub.working
  return hub
}

/** Does what leads to the gate. @returns the hub that stands there, for either may have come first, and the other one */
async function stopped(
  { hubs }: World,
  gate: Gate,
  lead: (hub: Hub) => Promise<unknown>,
): Promise<readonly [Hub, Hub]> {
  const first = Promise.race(hubs.map((hub, index) => hub.arm(gate).then(() => index)))
  await lead(hubs[0])
  const index = await first
  hubs[1 - index]!.open(gate)
  return index === 0 ? hubs : [hubs[1], hubs[0]]
}

function note(to: string, id: string): Sent {
  return { to: `model:${to}`, id, type: 'note', args: {}, create: {} }
}

/**
 * What a caller of a hub that was frozen is told in the end: the answer, or to send again with the same id, which it does.
 * Begins to listen at once.
 */
function answerOf(hub: Hub, signal: Sent): Promise<Returned> {
  const answer = hub.signal(signal, 4 * patience).catch((error: unknown) => {
    if (!(error instanceof HubRefused) || !error.refused.again) throw error
    return hub.signal(signal, patience)
  })
  answer.catch(() => {})
  return answer
}

/** An instance's history: type, outcome and signal id of each entry. */
async function history({ database }: World, id: string): Promise<string[]> {
  const rows = await database.owner.sql<{ line: string }[]>`
    select type || ' ' || (body->>'outcome') || ' ' || signal_id as line
    from engine_history h join engine_instance i on i.key = h.instance where i.id = ${id} order by entry`
  return rows.map(({ line }) => line)
}

async function count({ database }: World, table: string): Promise<number> {
  const [row] = await database.owner.sql<{ count: number }[]>`select count(*)::int as count from ${database.sql(table)}`
  return row!.count
}

const calm = (world: World) =>
  until(async () => (await waiting(world.database)).length === 0, {
    deadline: patience,
    what: 'nothing waits any more',
  })

// Most of it is waiting for leases to end.
describe.concurrent('a frozen hub', { timeout: 3 * patience }, () => {
  it('in the middle of a batch: its instances are worked on elsewhere, and what it says later changes nothing', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    const [frozen, other] = world.hubs
    await other.signal(note('till/t', 'first'), patience)
    const reached = frozen.arm('in-task')
    const held = answerOf(frozen, note('till/t', 'second'))
    await reached
    frozen.freeze()
    // Its transaction has the instance, and a row of the task is written in it.
    const third = await other.signal(note('till/t', 'third'), takenOver)
    expect(third.outcome).toBe('fired')
    frozen.thaw()
    frozen.open('in-task')
    expect((await held).outcome).toBe('fired')
    expect((await other.signal(note('till/t', 'second'), patience)).duplicate).toBe(true)
    expect((await history(world, 't')).filter((line) => line.startsWith('note'))).toEqual([
      'note fired first',
      'note fired third',
      'note fired second',
    ])
    expect(await count(world, 'booking')).toBe(3)
  })

  it('with queued signals in hand: they are taken elsewhere, once', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    await world.hubs[1].signal(note('till/t', 'first'), patience)
    const [frozen] = await stopped(world, 'in-task', (hub) =>
      hub.send({ signals: [note('till/t', 'second'), note('till/t', 'third')], undo: false }, patience),
    )
    frozen.freeze()
    await until(async () => (await history(world, 't')).includes('note fired third'), { deadline: takenOver })
    frozen.thaw()
    frozen.open('in-task')
    await calm(world)
    expect((await history(world, 't')).filter((line) => line.startsWith('note'))).toEqual([
      'note fired first',
      'note fired second',
      'note fired third',
    ])
    expect(await count(world, 'booking')).toBe(3)
  })

  it.for(['till/t', 'account/t', 'tally/t'])(
    'before the commit that creates %s: it is created elsewhere',
    async (to, test) => {
      const { expect } = test
      const world = await twoHubs(test)
      const [frozen, other] = world.hubs
      const reached = frozen.arm('before-commit')
      const queued = frozen.send({ signals: [note(to, 'lost')], undo: false }, 4 * patience)
      queued.catch(() => {})
      await reached
      frozen.freeze()
      const answer = await other.signal(note(to, 'mine'), takenOver)
      expect(answer.outcome).toBe('fired')
      frozen.thaw()
      frozen.open('before-commit')
      await expect(queued).rejects.toThrow(/database-unavailable|database-overloaded/)
      await calm(world)
      expect((await history(world, 't')).filter((line) => line.startsWith('note'))).toEqual(['note fired mine'])
      expect(await count(world, 'sent')).toBe(0)
    },
  )

  it('before the commit of a first step: it is taken elsewhere, and its sender is answered all the same', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    const [frozen, other] = world.hubs
    const reached = frozen.arm('before-commit')
    const held = answerOf(frozen, note('till/t', 'mine'))
    await reached
    frozen.freeze()
    expect((await other.signal(note('till/t', 'mine'), takenOver)).outcome).toBe('fired')
    frozen.thaw()
    frozen.open('before-commit')
    expect(await held).toMatchObject({ outcome: 'fired', duplicate: true })
    expect(await count(world, 'booking')).toBe(1)
  })

  it('with model data in hand: other instances go on counting in it', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    const [frozen, other] = world.hubs
    await other.signal(note('tally/a', 'first'), patience)
    const reached = frozen.arm('before-commit')
    const held = answerOf(frozen, note('tally/b', 'second'))
    await reached
    frozen.freeze()
    expect((await other.signal(note('tally/c', 'third'), takenOver)).args).toEqual({ total: 2 })
    frozen.thaw()
    frozen.open('before-commit')
    expect((await held).args).toEqual({ total: 3 })
  })

  it('that remembers an instance as it was: it does not act on that', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    const [frozen, other] = world.hubs
    expect((await frozen.signal(note('account/a', 'n0'), patience)).args).toEqual({ count: 1 })
    frozen.freeze()
    for (const n of [1, 2, 3]) await other.signal(note('account/a', `n${n}`), patience)
    const asked = [frozen.signal(note('account/a', 'n2'), patience), frozen.signal(note('account/a', 'n4'), patience)]
    frozen.thaw()
    const [again, next] = await Promise.all(asked)
    expect(again).toMatchObject({ outcome: 'fired', duplicate: true, args: { count: 3 } })
    expect(next!.args).toEqual({ count: 5 })
  })

  it('in an external task: it is tried elsewhere, and only that end counts', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    const [frozen, other] = await stopped(world, 'in-call', (hub) => hub.signal(note('clerk/c', 'job'), patience))
    frozen.freeze()
    await until(async () => (await count(world, 'attempt')) > 1, { deadline: takenOver, what: 'another attempt' })
    await until(async () => (await history(world, 'c')).some((line) => line.startsWith('called')), {
      deadline: patience,
    })
    frozen.thaw()
    frozen.open('in-call')
    await other.signal(note('clerk/c', 'job'), patience)
    await calm(world)
    expect((await history(world, 'c')).map((line) => line.split(' ')[0])).toEqual(['note', 'called', 'rested'])
  })

  it('before the commit of an external task’s end: the task is tried elsewhere', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    const [frozen] = await stopped(world, 'in-call', (hub) => hub.signal(note('clerk/c', 'job'), patience))
    const reached = frozen.arm('before-commit')
    frozen.open('in-call')
    await reached
    frozen.freeze()
    await until(async () => (await history(world, 'c')).some((line) => line.startsWith('called')), {
      deadline: 2 * takenOver,
      what: 'the task’s end',
    })
    frozen.thaw()
    frozen.open('before-commit')
    await calm(world)
    expect((await history(world, 'c')).map((line) => line.split(' ')[0])).toEqual(['note', 'called', 'rested'])
  })

  it('misses no delayed signal of others, and does not take one again', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    const [frozen, other] = world.hubs
    const sleep = { to: 'model:account/a', id: 'sleep', type: 'sleep', args: { ms: 300 }, create: {} }
    await frozen.signal(sleep, patience)
    frozen.freeze()
    await until(async () => (await history(world, 'a')).length === 2, {
      deadline: takenOver,
      what: 'the delayed signal',
    })
    frozen.thaw()
    await Promise.all([frozen.signal(note('account/a', 'n'), patience), other.signal(note('account/a', 'm'), patience)])
    await calm(world)
    expect((await history(world, 'a')).filter((line) => line.startsWith('wake'))).toHaveLength(1)
  })
})

describe.concurrent('a killed hub', { timeout: 3 * patience }, () => {
  it('in an external task: it is tried elsewhere within 10 s', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    const [killed] = await stopped(world, 'in-call', (hub) => hub.signal(note('clerk/c', 'job'), patience))
    killed.kill()
    await until(async () => (await count(world, 'attempt')) > 1, { deadline: takenOver, what: 'another attempt' })
    await calm(world)
    expect((await history(world, 'c')).map((line) => line.split(' ')[0])).toEqual(['note', 'called', 'rested'])
  })

  it('in the middle of a batch: its instances are free at once', async (test) => {
    const { expect } = test
    const world = await twoHubs(test)
    const [killed, other] = world.hubs
    const reached = killed.arm('in-task')
    const held = killed.signal(note('till/t', 'mine'), patience)
    held.catch(() => {})
    await reached
    killed.kill()
    expect(await other.signal(note('till/t', 'mine'), takenOver)).toMatchObject({ outcome: 'fired' })
    await expect(held).rejects.toThrow('is gone')
    expect(await count(world, 'booking')).toBe(1)
  })
})
