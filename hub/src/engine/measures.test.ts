import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { databaseForThisTest } from '../../../test/support/database.ts'
import { startHub } from './test/hub.ts'
import { recorder } from './test/models.ts'

it('metrics show what was taken, in batches of which size and time, what waits and what needs attention', async () => {
  const { url, sql } = await databaseForThisTest()
  const metrics = new Registry()
  const { engine } = await startHub({ url, models: [recorder], metrics })
  const note = { to: 'model:recorder/a', type: 'note', args: { n: 1 }, create: {} }
  await engine.signal(note)
  await engine.signal(note)
  await engine.stop()
  await sql`insert into engine_mailbox (instance, at, item) select key, 0, '{}' from engine_instance`
  await sql`update engine_instance set attention = 'look'`
  const shown = await metrics.metrics()
  expect(shown).toContain('sutler_engine_signals_total 2\n')
  expect(shown).toContain('sutler_engine_batch_signals_bucket{le="1"} 2\n')
  expect(shown).toContain('sutler_engine_batch_seconds_count 2\n')
  expect(shown).toContain('sutler_engine_mailbox_signals 1\n')
  expect(shown).toContain('sutler_engine_attention_instances 1\n')
})
