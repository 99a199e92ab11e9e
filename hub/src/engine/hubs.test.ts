import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { until } from '../../../test/support/until.ts'
import { startHub } from './test/hub.ts'
import { recorder, tally } from './test/models.ts'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

async function hubProcess(url: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('test/hub-process.ts', import.meta.url))
  const started = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    started.kill('SIGKILL')
  })
  await once(started.stdout!, 'data')
  return started
}

describe('several hubs on one database', () => {
  it('lose no update of model data that all of them write', async () => {
    const { url } = await databaseForThisTest()
    const one = await startHub({ url, models: [tally] })
    const two = await startHub({ url })
    const count = (hub: typeof one, n: number) =>
      hub.engine.signal({ to: `model:tally/i${n % 40}`, type: 'count', args: {}, create: {} })
    const answers = await Promise.all(numbers(600).map((n) => count(n % 2 ? one : two, n)))
    expect(answers.every(({ outcome }) => outcome === 'fired')).toBe(true)
    const [shared] = await one.database.sql`select data from engine_shared where model = 'tally'`
    expect(shared?.['data']).toEqual({ total: 600 })
    const [mine] = await one.database.sql`select sum((data->>'mine')::int)::int as sum from engine_instance`
    expect(mine).toEqual({ sum: 600 })
  })

  it('change no instance by what they read of it before another changed it', async () => {
    const { url } = await databaseForThisTest()
    const hubs = [await startHub({ url, models: [recorder] }), await startHub({ url })]
    const note = (n: number) => ({ to: `model:recorder/i${n % 5}`, id: `n${n}`, type: 'note', args: { n }, create: {} })
    const answers = await Promise.all(
      numbers(500).map(async (n) => {
        if (n % 7 === 0) await hubs[0]!.send(note(n))
        return await hubs[n % 2]!.engine.signal(note(n))
      }),
    )
    expect(answers.every(({ outcome }) => outcome === 'fired')).toBe(true)
    const views = await hubs[0]!.engine.instances({}, { limit: 10 })
    const seen = views.flatMap(({ data }) => data['seen'] as number[])
    expect(seen.toSorted((a, b) => a - b)).toEqual(numbers(500))
  })

  it('take over from one that is killed in the middle, losing nothing and doing nothing twice', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const victim = await hubProcess(url)
    const instances = numbers(60)
    const note = (n: number) =>
      instances.map((id) => ({ to: `model:recorder/i${id}`, id: `n${n}`, type: 'note', args: { n }, create: {} }))
    for (const n of numbers(40)) {
      await hub.send(...note(n))
      if (n === 20) victim.kill('SIGKILL')
    }
    await until(async () => (await hub.database.sql`select from engine_mailbox`).length === 0, { deadline: 20_000 })
    const views = await hub.engine.instances({ model: 'recorder' }, { limit: 100 })
    expect(views).toHaveLength(60)
    for (const { data } of views) expect(data['seen']).toEqual(numbers(40))
  })

  it('take over from one that is frozen: what it held is freed by the server', async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const note = { to: 'model:recorder/a', type: 'note', create: {} }
    await hub.engine.signal({ ...note, args: { n: 0 } })
    const held = hub.database.transaction(async ({ sql }) => {
      await sql`select set_config('idle_in_transaction_session_timeout', '300', true)`
      await sql`update engine_instance set data = '{"seen": ["late"]}' where id = 'a'`
      // As frozen as a process can be: it never says another word.
      await new Promise(() => {})
    })
    void held.catch(() => {})
    await until(
      async () => (await hub.database.sql`select from pg_stat_activity where state = 'idle in transaction'`).length > 0,
    )
    expect((await hub.engine.signal({ ...note, args: { n: 1 } })).outcome).toBe('fired')
    expect((await hub.data('recorder/a'))['seen']).toEqual([0, 1])
  })

  it('learn of each other’s models', async () => {
    const { url } = await databaseForThisTest()
    const one = await startHub({ url })
    const two = await startHub({ url })
    await one.engine.publish(recorder)
    const note = { to: 'model:recorder/a', type: 'note', args: { n: 1 }, create: {} }
    const answer = await until(() => two.engine.signal(note).catch(() => null))
    expect(answer.outcome).toBe('fired')
  })
})
