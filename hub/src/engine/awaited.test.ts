import type { Model } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { until } from '../../../test/support/until.ts'
import { startHub, type TestHub } from './test/hub.ts'
import { recorder, tally } from './test/models.ts'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** Notes numbers in order: those it is sent, and those it sent itself to be reminded of. */
const diary: Model = {
  model: 'diary',
  version: '1.0.0',
  data: { seen: [], reminded: [] },
  states: ['open', 'closed'],
  initial: ['open'],
  final: ['closed'],
  signals: { note: { args: { n: 'int' } }, remind: { args: { n: 'int' } }, close: {} },
  transitions: [
    {
      name: 'note',
      on: 'note',
      from: ['open'],
      to: ['open'],
      set: { seen: 'data.seen + [args.n]' },
      emit: [{ signal: 'remind', after: '3ms', args: { n: 'args.n' } }],
    },
    { name: 'remind', on: 'remind', from: ['open'], to: ['open'], set: { reminded: 'data.reminded + [args.n]' } },
    { name: 'close', on: 'close', from: ['open'], to: ['closed'] },
  ],
}

/** Model data that one version only reads and the other writes. */
const reader: Model = {
  model: 'gauge',
  version: '1.0.0',
  shared: { total: 0 },
  data: { read: 0 },
  states: ['on', 'off'],
  initial: ['on'],
  final: ['off'],
  signals: { look: {}, stop: {} },
  transitions: [
    { name: 'look', on: 'look', from: ['on'], to: ['on'], args: { total: 'shared.total' } },
    { name: 'stop', on: 'stop', from: ['on'], to: ['off'] },
  ],
}
const writer: Model = {
  ...reader,
  version: '2.0.0',
  signals: { add: {}, stop: {} },
  transitions: [
    { name: 'add', on: 'add', from: ['on'], to: ['on'], share: { total: 'shared.total + 1' } },
    { name: 'stop', on: 'stop', from: ['on'], to: ['off'] },
  ],
}

/** Sends until it is answered, as one does who hears that it is not known what became of it. */
async function insistently(hub: TestHub, signal: Parameters<TestHub['engine']['signal']>[0]) {
  return await until(() => hub.engine.signal(signal).catch(() => null), { deadline: 20_000 })
}

describe('signals whose senders wait, among mail and delayed signals, at two hubs', () => {
  const [diaries, senders, each] = [4, 10, 30]

  /** One sender's numbers in order, to both hubs by turns, awaited or by mail, some twice. @returns the wrong answers */
  async function hammer(hubs: readonly TestHub[], sender: number): Promise<object[]> {
    const wrong: object[] = []
    for (const n of numbers(each)) {
      const number = sender * 1_000 + n
      const hub = hubs[(sender + n) % 2]!
      const to = `model:diary/d${(sender * 7 + n) % diaries}`
      const note = { to, id: `n${number}`, type: 'note', args: { n: number }, create: {} }
      if ((sender + n) % 4 === 0) {
        await until(() => hub.send(note).then(() => true), { deadline: 20_000 })
        continue
      }
      const answer = await insistently(hub, note)
      if (answer.outcome !== 'fired') wrong.push(answer)
      const again = n % 5 === 0 ? await insistently(hubs[n % 2]!, note) : null
      if (again && !(again.outcome === 'fired' && again.duplicate)) wrong.push(again)
    }
    return wrong
  }

  const hammerAll = async (hubs: readonly TestHub[]): Promise<object[]> =>
    (await Promise.all(numbers(senders).map((sender) => hammer(hubs, sender)))).flat()

  const ascending = (a: number, b: number): number => a - b

  /** What the diaries hold when every number has been noted, and what must be there. */
  async function noted(hub: TestHub) {
    const all = numbers(senders).flatMap((sender) => numbers(each).map((n) => sender * 1_000 + n))
    const collect = async (name: string): Promise<number[][]> => {
      const data = await Promise.all(numbers(diaries).map((d) => hub.data(`diary/d${d}`)))
      return data.map((one) => one[name] as number[])
    }
    await until(async () => (await collect('reminded')).flat().length >= all.length, { deadline: 20_000 })
    const seen = await collect('seen')
    const bySender = seen.flatMap((one) =>
      numbers(senders).map((sender) => one.filter((number) => Math.floor(number / 1_000) === sender)),
    )
    const reminded = (await collect('reminded')).flat().toSorted(ascending)
    return { all, bySender, seen: seen.flat().toSorted(ascending), reminded }
  }

  it('are each taken once, and those of one sender in the order sent', async () => {
    const { url } = await databaseForThisTest()
    const hubs = [await startHub({ url, models: [diary] }), await startHub({ url })]
    expect(await hammerAll(hubs)).toEqual([])
    const { all, bySender, seen, reminded } = await noted(hubs[0]!)
    expect(seen).toEqual(all)
    expect(reminded).toEqual(all)
    expect(bySender).toEqual(bySender.map((own) => own.toSorted(ascending)))
    expect(await hubs[0]!.database.sql`select from engine_timer`).toHaveLength(0)
  })

  it('are so as well when connections are lost at any moment', async () => {
    const { url, owner } = await databaseForThisTest()
    const { sql } = owner
    const hubs = [await startHub({ url, models: [diary] }), await startHub({ url })]
    const over = new AbortController()
    const losses = (async () => {
      while (!over.signal.aborted) {
        await sql`select pg_sleep(0.02 + random() / 20)`
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' and random() < 0.1`
      }
    })()
    expect(await hammerAll(hubs)).toEqual([])
    over.abort()
    await losses
    const { all, bySender, seen, reminded } = await noted(hubs[0]!)
    expect(seen).toEqual(all)
    expect(reminded).toEqual(all)
    expect(bySender).toEqual(bySender.map((own) => own.toSorted(ascending)))
  })
})

describe('a signal whose sender waits', () => {
  it('does not overtake mail that was sent before', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const note = (n: number) => ({ to: 'model:recorder/a', id: `n${n}`, type: 'note', args: { n }, create: {} })
    for (const n of numbers(40)) {
      if (n % 3 > 0) await hub.send(note(n))
      else await hub.engine.signal(note(n))
    }
    await until(async () => ((await hub.data('recorder/a'))['seen'] as number[]).length === 40)
    expect((await hub.data('recorder/a'))['seen']).toEqual(numbers(40))
  })

  it('is a duplicate when it comes again, whatever it would be now', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const note = { to: 'model:recorder/a', id: 'first', type: 'note', args: { n: 1 }, create: {} }
    const again = { outcome: 'fired', fired: ['note'], args: { n: 1 }, duplicate: true }
    await hub.engine.signal(note)
    expect(await hub.engine.signal({ ...note, args: { n: 'not a number' } })).toMatchObject(again)
    expect(await hub.engine.signal({ ...note, type: 'unheard-of' })).toMatchObject(again)
    await hub.engine.signal({ to: note.to, id: 'stop', type: 'stop', args: {} })
    expect(await hub.engine.signal(note)).toMatchObject(again)
    expect(await hub.engine.signal({ ...note, id: 'late' })).toMatchObject({ reason: 'instance-done' })
    await hub.send(note)
    await until(async () => (await hub.database.sql`select from engine_mailbox`).length === 0)
    expect(await hub.history('recorder/a')).toHaveLength(3)
  })

  it('reads model data as the last commit before it left it', async () => {
    const { url } = await databaseForThisTest()
    const hubs = [await startHub({ url, models: [reader, writer] }), await startHub({ url })]
    for (const n of numbers(30)) {
      await hubs[0]!.engine.signal({ to: `model:gauge/w${n % 4}`, type: 'add', args: {}, create: { version: '2' } })
      const look = { to: `model:gauge/r${n % 3}`, type: 'look', args: {}, create: { version: '1' } }
      const answers = await Promise.all(hubs.map((hub) => hub.engine.signal(look)))
      expect(answers.map(({ args }) => args)).toEqual([{ total: n + 1 }, { total: n + 1 }])
    }
  })

  it('loses no update of model data that mail writes as well', async () => {
    const { url } = await databaseForThisTest()
    const hubs = [await startHub({ url, models: [tally] }), await startHub({ url })]
    await Promise.all(
      numbers(200).map(async (n) => {
        const count = { to: `model:tally/i${n % 9}`, id: `n${n}`, type: 'count', args: {}, create: {} }
        if (n % 2) await hubs[n % 4 === 1 ? 1 : 0]!.send(count)
        else await hubs[n % 4 === 0 ? 1 : 0]!.engine.signal(count)
      }),
    )
    await until(async () => (await hubs[0]!.database.sql`select from engine_mailbox`).length === 0)
    const [shared] = await hubs[0]!.database.sql`select data from engine_shared where model = 'tally'`
    expect(shared?.['data']).toEqual({ total: 200 })
  })
})
