import { expect, it } from 'vitest'
import { startHub } from '../../hub/src/engine/test/hub.ts'
import { recorder } from '../../hub/src/engine/test/models.ts'
import { OutsideError } from '../../hub/src/platform/errors.ts'
import { databaseForThisTest } from '../support/database.ts'

it('a hub whose database sessions are ended tells each sender the answer, or to send again', async () => {
  const { url } = await databaseForThisTest()
  const hub = await startHub({ url, models: [recorder] })
  const end = () => hub.database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
  const instances = Array.from({ length: 8 }, (_, n) => `model:recorder/r${n}`)
  let retries = 0
  const send = async (to: string, id: string, n: number): Promise<void> => {
    for (;;) {
      try {
        const { outcome } = await hub.engine.signal({ to, id, type: 'note', args: { n }, create: {} })
        return expect(outcome).toBe('fired')
      } catch (error) {
        expect(error).toBeInstanceOf(OutsideError)
        retries++
      }
    }
  }
  const senders = instances.map(async (to) => {
    for (let n = 0; n < 40; n++) await send(to, `n${n}`, n)
  })
  let going = true
  const ended = Promise.all(senders).finally(() => (going = false))
  while (going) await end().catch(() => {})
  await ended
  expect(retries).toBeGreaterThan(0)
  const numbers = Array.from({ length: 40 }, (_, n) => n)
  for (const to of instances) expect((await hub.data(to))['seen']).toEqual(numbers)
})
