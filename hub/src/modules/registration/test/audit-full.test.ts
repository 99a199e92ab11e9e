import { describe, expect, test } from 'vitest'
import { startHub, type TestHub } from './hub.ts'

/** The disk has room for everything but the audit, as the server says it: SQLSTATE 53100. */
async function fill({ database }: TestHub): Promise<() => Promise<unknown>> {
  await database.owner.sql.unsafe(`
    create function disk_full() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file' using errcode = '53100'; end $$;
    create trigger disk_full before insert on registration.registration_audit_entry
      for each statement execute function disk_full()`)
  return () => database.owner.sql.unsafe('drop trigger disk_full on registration.registration_audit_entry')
}

const households = async ({ database }: TestHub) =>
  (await database.owner.sql<{ count: number }[]>`select count(*)::int as count from entity_household`)[0]!.count

const made = async ({ database }: TestHub) =>
  (
    await database.owner.sql<{ count: number }[]>`
      select count(*)::int as count from registration.registration_audit_entry where entry like '%household.created%'`
  )[0]!.count

describe('when the audit cannot be written', () => {
  test('a change is refused, nothing of it is there, and it works again by itself', async () => {
    const hub = await startHub()
    const token = await hub.operator()
    const ask = () => hub.request('POST', '/households', { token, body: { name: 'H', timeZone: 'UTC' } })
    expect((await ask()).status).toBe(201)
    const empty = await fill(hub)
    const refused = await ask()
    expect([refused.status, refused.json.type]).toEqual([503, '/problems/database-overloaded'])
    expect(await households(hub)).toBe(1)
    expect((await hub.request('GET', '/households', { token })).status).toBe(200)
    await empty()
    expect((await ask()).status).toBe(201)
    await hub.registration.flushAudit()
    expect([await households(hub), await made(hub)]).toEqual([2, 2])
    const rows = await hub.database.owner.sql<{ count: number }[]>`
      select count(*)::int as count from registration.registration_audit_entry where entry like '%household.write%'`
    // The one that was refused by the disk was allowed by a decision, which is not lost.
    expect(rows[0]!.count).toBe(3)
  })

  test('ten thousand decisions wait, then every further one is refused, reads too; it goes on once they are written', async () => {
    const hub = await startHub()
    const token = await hub.operator()
    await hub.registration.flushAudit()
    const empty = await fill(hub)
    const decide = (n: number) =>
      hub.registration.access.decided({
        tenant: 'main',
        actor: { id: `dev-${String(n).padStart(8, '0')}`, kind: 'device' },
        action: 'device.connect',
        object: {},
        verdict: 'allowed',
        reason: 'the test says so',
      })
    for (let n = 0; n < 10_000; n++) decide(n)
    expect(() => decide(10_000)).toThrow(/10000 decisions wait/)
    for (const [method, body] of [
      ['GET', undefined],
      ['POST', { name: 'H', timeZone: 'UTC' }],
    ] as const) {
      const { status, json } = await hub.request(method, '/households', { token, body })
      expect([status, json.type]).toEqual([503, '/problems/audit-full'])
    }
    expect(await households(hub)).toBe(0)
    await empty()
    await hub.registration.flushAudit()
    expect((await hub.request('GET', '/households', { token })).status).toBe(200)
    const rows = await hub.database.owner.sql<{ count: number }[]>`
      select count(*)::int as count from registration.registration_audit_entry where entry like '%device.connect%'`
    expect(rows[0]!.count).toBe(10_000)
  }, 120_000)
})
