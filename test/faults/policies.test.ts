import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHousehold, patience } from '../journeys/household.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { launch, startHub, type HubProcess } from '../support/hub-process.ts'
import { writeSealingKey } from '../support/sealing.ts'
import { until } from '../support/until.ts'

let database: TestDatabase
let lasting: HubProcess
let data: string

beforeAll(async () => {
  database = await testDatabase()
  lasting = await startHub({ databaseUrl: database.url })
  data = await mkdtemp(join(tmpdir(), 'sutler-hub-'))
  await writeSealingKey(data)
}, 2 * patience)

afterAll(async () => {
  await lasting?.stop()
  await database?.close()
  await rm(data, { recursive: true, force: true })
}, patience)

/** One more hub on the same database. */
function launchOther() {
  const ports = {
    SUTLER_HTTP_PORT: '0',
    SUTLER_MQTT_PORT: '0',
    SUTLER_PLAIN_HTTP_PORT: '0',
    SUTLER_PLAIN_MQTT_PORT: '0',
  }
  return launch({ SUTLER_DATA: data, DATABASE_URL: database.url, ...ports })
}

/** In force at once: what the dry run noticed is acknowledged. */
async function inForce(): Promise<void> {
  const path = { id: 'welcome', version: 1 }
  const items = [{ action: 'add' as const, service: '{"radio"}' }]
  const body = {
    name: 'welcome',
    description: '',
    when: { event: 'household.created' },
    if: 'household.name == "Test"',
    then: [{ order: { household: '{household.id}', items } }, { notify: { message: '{household.id}' } }],
    limits: {},
  }
  answer(await lasting.api.POST('/api/v1/policies', { body }))
  const tried = { params: { path }, body: { days: 1 } }
  const trial = answer(await lasting.api.POST('/api/v1/policies/{id}/versions/{version}/trials', tried))
  const activation = { trial: trial.id, acknowledge: ['everyone' as const, 'nothing-seen' as const] }
  const asked = { params: { path }, body: activation }
  answer(await lasting.api.POST('/api/v1/policies/{id}/versions/{version}/activate', asked))
}

describe('hubs that are killed between what happens and what policies do about it', { timeout: 4 * patience }, () => {
  it('lose no firing and order nothing twice', async () => {
    await inForce()
    const households: string[] = []
    for (let round = 0; round < 4; round++) {
      const { child } = await launchOther()
      const made = Promise.all(Array.from({ length: 25 }, () => createHousehold(lasting)))
      await sleep(20 + round * 60)
      child.kill('SIGKILL')
      households.push(...(await made))
    }
    // What the killed one had taken up is free again after a while.
    const open = async () => {
      const [row] = await database.owner.sql<{ open: number; all: number }[]>`
        select count(*)::int as all, count(*) filter (where state = 'open')::int as open from policy_firing`
      return row!.all === households.length && row!.open === 0
    }
    await until(open, { deadline: 2 * patience, what: 'all firings to be carried out' })
    const orders = await database.owner.sql<{ household: string; count: number; firings: number }[]>`
      select household, count(*)::int as count, count(distinct origin_cause)::int as firings from order_order
      where origin_kind = 'policy' group by household`
    expect(orders.map(({ household }) => household).toSorted()).toEqual(households.toSorted())
    expect(orders.filter(({ count, firings }) => count !== 1 || firings !== 1)).toEqual([])
    const [told] = await database.owner.sql<{ count: number; subjects: number }[]>`
      select count(*)::int as count, count(distinct data->>'firing')::int as subjects from platform_event
      where type = 'policy.notified'`
    expect(told).toEqual({ count: households.length, subjects: households.length })
  })
})
