import { answer } from '@sutler/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyExport } from '@sutler/trust/audit'
import { nodeTrustCrypto } from '@sutler/trust/node/verify'
import { createClaim, createHousehold, patience, publishTestService } from '../journeys/household.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { wanted } from '../support/thoroughness.ts'
import { until } from '../support/until.ts'
import { WireDevice } from '../support/wire-device.ts'

/** Whatever is killed: what is there has its decision in the audit, and the audit is whole. Disks: registration/test/audit-full.test.ts. */

let database: TestDatabase
let hub: HubProcess
let phone: WireDevice
const rounds = wanted('SUTLER_FAULT_KILLS', { quick: 3, long: 30 })

beforeAll(async () => {
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
  await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'phone', files: { a: '1' } }])
}, 2 * patience)

afterAll(async () => {
  await phone?.disconnect()
  await hub?.stop()
  await database?.close()
}, patience)

async function ask(method: string, path: string, body?: object): Promise<number> {
  const response = await fetch(`${hub.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${hub.connection.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  await response.text()
  return response.status
}

async function findings(): Promise<readonly string[]> {
  const response = await fetch(`${hub.url}/api/v1/audit/export`, {
    headers: { authorization: `Bearer ${hub.connection.token}` },
  })
  const lines = (await response.text()).split('\n').filter((line) => line !== '')
  const verdict = await verifyExport(
    nodeTrustCrypto,
    async function* () {
      yield* lines
    },
    null,
  )
  return verdict.findings
}

/** Ids of a table that no row of the audit tells the making of; and how many there are. */
async function unaudited(table: string, type: string): Promise<{ without: string[]; all: number }> {
  const { sql } = database.owner
  const rows = await sql<{ id: string; told: boolean }[]>`
    select id, exists (
      select from registration.registration_audit_entry e
      where e.about @> array[t.id] and e.entry like ${`%"${type}"%`} and e.entry like '%"decision":"dec-%') as told
    from ${sql(table)} t`
  return { without: rows.filter(({ told }) => !told).map(({ id }) => id), all: rows.length }
}

describe('killed while orders are taken and heads are signed', { timeout: (2 + rounds) * patience }, () => {
  test('there is no order without its decision, and nothing is wrong with the audit', async () => {
    const household = await createHousehold(hub)
    phone = await WireDevice.start(hub, await createClaim(hub, household))
    await phone.disconnect()
    expect(await ask('POST', '/orders', { household, items: [{ action: 'add', service: 'guide' }] })).toBe(201)
    let taken = 0
    const others = new Set<number>()
    for (let round = 0; round < rounds; round++) {
      const before = taken
      const load = { going: true }
      const order = async (): Promise<void> => {
        while (load.going) {
          const body = { household, items: [{ action: 'modify', service: 'guide' }] }
          const status = await ask('POST', '/orders', body).catch(() => 0)
          if (status === 201) taken++
          else others.add(status)
        }
      }
      const sign = async (): Promise<void> => {
        while (load.going) await ask('GET', '/audit/export').catch(() => 0)
      }
      const loads = Promise.all([order(), order(), order(), order(), sign()])
      await until(() => taken >= before + 5, { deadline: patience }).finally(() => (load.going = false))
      await hub.kill()
      await loads
      await hub.restart()
    }
    const orders = await unaudited('order_order', 'order.acknowledged')
    expect([...others].filter((status) => status !== 0 && status !== 503)).toEqual([])
    expect(orders.without).toEqual([])
    expect(orders.all).toBeGreaterThanOrEqual(taken)
    expect(await findings()).toEqual([])
  })
})

describe('without its database', { timeout: 3 * patience }, () => {
  test('changes are refused with 503, what was taken has its decision, and it goes on by itself', async () => {
    const statuses: number[] = []
    const load = { going: true }
    const cut = async (): Promise<void> => {
      while (load.going)
        await database.owner.sql`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and application_name = 'sutler'`
    }
    const change = async (): Promise<void> => {
      while (load.going) statuses.push(await ask('POST', '/households', { name: 'H', timeZone: 'UTC' }))
    }
    const work = Promise.all([cut(), change(), change(), change()])
    await until(() => statuses.filter((status) => status === 503).length >= 3, { deadline: patience })
    load.going = false
    await work
    await until(async () => (await ask('POST', '/households', { name: 'H', timeZone: 'UTC' })) === 201, {
      deadline: patience,
    })
    expect(new Set(statuses.filter((status) => status !== 201))).toEqual(new Set([503]))
    const households = await unaudited('entity_household', 'household.created')
    expect(households.without).toEqual([])
    expect(households.all).toBeGreaterThan(statuses.filter((status) => status === 201).length)
    expect(answer(await hub.api.GET('/api/v1/audit', { params: { query: { limit: 1 } } })).items).toHaveLength(1)
    expect(await findings()).toEqual([])
  })
})
