import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startHub } from '../../hub/src/engine/test/hub.ts'
import { recorder } from '../../hub/src/engine/test/models.ts'
import { OutsideError } from '../../hub/src/platform/errors.ts'
import { databaseForThisTest } from '../support/database.ts'

it(
  'a hub whose database sessions are ended tells each sender the answer, or to send again',
  { timeout: 60_000 },
  async () => {
    const { url } = await databaseForThisTest()
    const hub = await startHub({ url, models: [recorder] })
    const end = () => hub.database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
    const instances = Array.from({ length: 8 }, (_, n) => `model:recorder/r${n}`)
    const errors: unknown[] = []
    const send = async (to: string, id: string, n: number): Promise<string> => {
      for (;;) {
        try {
          return (await hub.engine.signal({ to, id, type: 'note', args: { n }, create: {} })).outcome
        } catch (error) {
          errors.push(error)
        }
      }
    }
    const outcomes = new Set<string>()
    const over = new AbortController()
    // A fast machine is done before anything is ended: it goes on until that has happened to somebody.
    const senders = instances.map(async (to) => {
      let n = 0
      for (; n < 25 || (!over.signal.aborted && errors.length === 0); n++) outcomes.add(await send(to, `n${n}`, n))
      return n
    })
    const sent = Promise.all(senders)
    for (let times = 0; times < 20; times++) {
      await end().catch(() => {})
      // Time for what was ended to begin again, so that there is something to end.
      await pause(100)
    }
    over.abort()
    const counts = await sent
    expect(errors.length).toBeGreaterThan(0)
    expect(errors.filter((error) => !(error instanceof OutsideError))).toEqual([])
    expect([...outcomes]).toEqual(['fired'])
    for (const [at, to] of instances.entries())
      expect((await hub.data(to))['seen']).toEqual(Array.from({ length: counts[at]! }, (_, n) => n))
  },
)
