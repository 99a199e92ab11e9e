import { beforeEach, describe, expect, it } from 'vitest'
import { databaseForThisTest, type TestDatabase } from '../../../../../test/support/database.ts'
import type { Drift } from '../domain/drift.ts'
import { driftRows } from '../store/drift-rows.ts'

const now = new Date('2026-01-01T00:00:00Z')
const rows = driftRows()
let database: TestDatabase

beforeEach(async () => {
  database = await databaseForThisTest()
  await database.sql`
    insert into order_subscription (id, tenant, household, service, version, state, created_at, updated_at)
    values ('sub-1', 'main', 'hh-1', 'guide', '1.0.0', 'active', ${now}, ${now})`
})

const drift = (device: string, detail = 'guide 1.0.0 (app) is missing', service = 'guide'): Drift => {
  const what = { tenant: 'main', household: 'hh-1', subscription: 'sub-1', version: '1.0.0', component: 'app' }
  return { ...what, device, service, wanted: 'installed', detail }
}
const replace = (devices: readonly string[], ...drifts: Drift[]) =>
  database.transaction((tx) => rows.replaceDrift(tx, devices, drifts, now))
const known = () => database.transaction((tx) => rows.driftOf(tx, ['sub-1', 'sub-2']))

describe('what differs on devices', () => {
  it('is told when it begins, when it is otherwise, and when it has ended, each once', async () => {
    expect(await replace(['d1', 'd2'], drift('d1'))).toMatchObject({ begun: [{ device: 'd1' }], ended: [], agreed: [] })
    expect(await replace(['d1'], drift('d1'))).toEqual({ begun: [], ended: [], agreed: [] })
    const otherwise = await replace(['d1'], drift('d1', 'files differ'))
    expect(otherwise).toMatchObject({ begun: [{ detail: 'files differ' }], ended: [], agreed: [] })
    expect(await known()).toEqual(new Map([['sub-1', 'd1: files differ']]))
    expect(await replace(['d1'])).toMatchObject({ begun: [], ended: [{ device: 'd1' }], agreed: ['sub-1'] })
    expect(await known()).toEqual(new Map())
  })

  it('of one device says nothing of another', async () => {
    await replace(['d1'], drift('d1'))
    await replace(['d2'], drift('d2'))
    expect(await replace(['d1'])).toMatchObject({ ended: [{ device: 'd1' }], agreed: [] })
    expect(await known()).toEqual(new Map([['sub-1', 'd2: guide 1.0.0 (app) is missing']]))
  })

  it('whose last two ends come in transactions side by side is told as agreed once', async () => {
    await replace(['d1', 'd2'], drift('d1'), drift('d2'))
    const ends = await Promise.all([replace(['d1']), replace(['d2'])])
    expect(ends.flatMap(({ agreed }) => agreed)).toEqual(['sub-1'])
  })
})

describe('what a device has proved', () => {
  const deliver = async (id: string, service: string, kind: string, state: string) => {
    const settled = state === 'confirmed' ? now : null
    await database.sql`
      insert into order_delivery (id, tenant, order_id, item, subscription, household, device, kind, service, version, component,
        manifest, manifest_size, files, bytes, state, created_at, updated_at, settled_at)
      values (${id}, 'main', 'ord-1', 'itm-1', 'sub-1', 'hh-1', 'd1', ${kind}, ${service}, '1.0.0', 'app', 'aa', 1, 1, 1, ${state},
        ${now}, ${now}, ${settled})`
  }
  const proved = async () =>
    (await database.transaction((tx) => rows.proved(tx, ['d1', 'd2'])))
      .map(({ service, kind, busy }) => ({ service, kind, busy }))
      .toSorted((a, b) => (a.service < b.service ? -1 : 1))

  beforeEach(async () => {
    await database.sql`
      insert into order_order (id, tenant, household, requested_by, decision, state, created_at, updated_at)
      values ('ord-1', 'main', 'hh-1', 'usr-1', 'dec-1', 'completed', ${now}, ${now})`
    await database.sql`
      insert into order_item (id, order_id, position, action, service, version, subscription, state)
      values ('itm-1', 'ord-1', 0, 'add', 'guide', '1.0.0', 'sub-1', 'completed')`
  })

  it('is the last confirmed delivery of each service; what failed does not count, what is open makes it busy', async () => {
    await deliver('dlv-1', 'guide', 'install', 'confirmed')
    await deliver('dlv-2', 'guide', 'suspend', 'confirmed')
    await deliver('dlv-3', 'guide', 'install', 'failed').catch(() => {})
    await deliver('dlv-4', 'news', 'install', 'confirmed')
    await deliver('dlv-5', 'news', 'install', 'pending')
    expect(await proved()).toEqual([
      { service: 'guide', kind: 'suspend', busy: true },
      { service: 'news', kind: 'install', busy: true },
    ])
    await database.sql`update order_delivery set settled_at = ${now} where id = 'dlv-3'`
    expect(await proved()).toMatchObject([{ service: 'guide', busy: false }, { service: 'news' }])
  })
})
