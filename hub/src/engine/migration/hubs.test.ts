import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Model } from '@sutler/engine'
import { describe, expect, it, onTestFinished } from 'vitest'
import { databaseForThisTest } from '../../../../test/support/database.ts'
import { until } from '../../../../test/support/until.ts'
import { insertMigration } from '../store/migrations.ts'
import { startApi } from '../test/api.ts'
import { startHub } from '../test/hub.ts'
import { recorder } from '../test/models.ts'

const second: Model = { ...recorder, version: '2.0.0', data: { seen: [], edition: 2 } }
const order = { from: '1.0.0', to: '2.0.0', reason: 'the second edition' }

async function hubProcess(url: string): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../test/hub-process.ts', import.meta.url))
  const started = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    started.kill('SIGKILL')
  })
  await once(started.stdout!, 'data')
  return started
}

describe('a migration with several hubs', () => {
  it.each([
    ['killed', 'SIGKILL'],
    ['frozen, and wakes up afterwards', 'SIGSTOP'],
  ] as const)(
    'is finished by another hub when the one that ran it is %s: each instance is moved once',
    async (_, end) => {
      const { url } = await databaseForThisTest()
      const setup = await startHub({ url, models: [recorder, second] })
      const ids = Array.from({ length: 600 }, (_, n) => `i${String(n).padStart(4, '0')}`)
      const create = { version: '1.0.0' }
      await setup.send(
        ...ids.map((id) => ({ to: `model:recorder/${id}`, id: 'n', type: 'note', args: { n: 1 }, create })),
      )
      await until(async () => (await setup.database.sql`select from engine_mailbox`).length === 0, { deadline: 30_000 })
      await setup.engine.stop()
      const victim = await hubProcess(url)
      const about = {
        by: 'usr-1',
        state: 'running',
        moved: 0,
        refused: 0,
        createdAt: new Date(),
        endedAt: null,
      } as const
      await insertMigration(setup.database.sql, {
        id: 'mig-1',
        tenant: 'main',
        model: 'recorder',
        ...order,
        states: {},
        instances: null,
        ...about,
      })
      await until(async () => {
        const [row] = await setup.database.sql<{ moved: number }[]>`select moved from engine_migration`
        return row!.moved > 20
      })
      victim.kill(end)
      const api = await startApi({ url })
      const left = await api.get('/models/recorder/migrations/mig-1')
      expect(left.body).toMatchObject({ state: 'running' })
      const done = await until(
        async () => {
          const { body } = await api.get('/models/recorder/migrations/mig-1')
          return body['state'] === 'done' && body
        },
        { deadline: 45_000 },
      )
      expect(done).toMatchObject({ moved: 600, refused: 0 })
      victim.kill('SIGCONT')
      // Whatever the one that wakes up still tries comes too late.
      const again = await api.post('/models/recorder/migrations', { ...order, instances: ['i0000'] })
      const path = `/models/recorder/migrations/${String(again.body['id'])}`
      await until(async () => (await api.get(path)).body['state'] === 'done', { deadline: 45_000 })
      expect((await api.get('/models/recorder/migrations/mig-1')).body).toEqual(done)
      const rows = await setup.database.sql`
      select i.version, count(*) filter (where h.type = 'operator.migrate')::int as moves, max(i.entries) as entries
      from engine_instance i join engine_history h on h.instance = i.key group by i.key`
      expect(rows).toHaveLength(600)
      for (const row of rows) expect(row).toEqual({ version: '2.0.0', moves: 1, entries: 2 })
    },
    90_000,
  )

  it('is taken up by a hub that was not asked for it, and stopped hubs give it back', async () => {
    const { url } = await databaseForThisTest()
    const one = await startApi({ url, models: [recorder, second] })
    const ids = Array.from({ length: 300 }, (_, n) => `i${n}`)
    const create = { version: '1.0.0' }
    await one.hub.send(
      ...ids.map((id) => ({ to: `model:recorder/${id}`, id: 'n', type: 'note', args: { n: 1 }, create })),
    )
    await until(async () => (await one.hub.database.sql`select from engine_mailbox`).length === 0, { deadline: 30_000 })
    const { body } = await one.post('/models/recorder/migrations', order)
    await one.hub.engine.stop()
    const two = await startApi({ url })
    const path = `/models/recorder/migrations/${String(body['id'])}`
    const done = await until(
      async () => {
        const found = (await two.get(path)).body
        return found['state'] === 'done' && found
      },
      { deadline: 45_000 },
    )
    expect(done).toMatchObject({ moved: 300, refused: 0 })
  }, 90_000)
})
