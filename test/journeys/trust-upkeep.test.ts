import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answer } from '@sutler/client'
import { readEnvelope, readTimestamp } from '@sutler/trust'
import { expect, it, onTestFinished } from 'vitest'
import { composeHub, type ComposedHub } from '../support/composed-hub.ts'
import { manualClock, type ManualClock } from '../support/manual-clock.ts'
import { until } from '../support/until.ts'
import { patience } from './household.ts'

const day = 86_400_000

async function hubAt(clock: ManualClock): Promise<ComposedHub> {
  const hub = await composeHub({ clock })
  onTestFinished(() => hub.stop())
  return hub
}

async function timestamp(hub: ComposedHub): Promise<{ version: number; expires: number }> {
  const bytes = new Uint8Array(await (await fetch(`${hub.url}/tuf/timestamp.json`)).arrayBuffer())
  return readTimestamp(readEnvelope(bytes, 'timestamp', 100_000))
}

it('the hub signs its timestamp anew before it ends, and not more often than that', { timeout: patience }, async () => {
  const clock = manualClock()
  const hub = await hubAt(clock)
  const first = await timestamp(hub)
  clock.advance(60_000)
  clock.advance(day / 2)
  clock.advance(60_000)
  const second = await until(
    async () => {
      clock.advance(60_000)
      const found = await timestamp(hub)
      return found.version > first.version ? found : null
    },
    { deadline: patience },
  )
  expect(second.version).toBe(first.version + 1)
  expect(second.expires).toBeGreaterThan(first.expires)
  for (let minutes = 0; minutes < 5; minutes++) clock.advance(60_000)
  expect((await timestamp(hub)).version).toBe(second.version)
})

it(
  'who runs the hub is warned before offline metadata end: once by an event, all the time by status and measurement',
  { timeout: patience },
  async () => {
    const clock = manualClock(Date.now())
    const hub = await hubAt(clock)
    const status = async () => answer(await hub.api.GET('/api/v1/trust'))
    expect((await status()).roles.map(({ role, ending }) => [role, ending])).toContainEqual(['targets', false])
    // The ceremony dates by the machine's clock: what it signed ends half a year from now.
    const targets = (await status()).roles.find(({ role }) => role === 'targets')!
    // Events as old as these are forgotten at once, by this clock: they are kept as they come.
    const { sql } = hub.database.owner
    await sql`create table kept_event (id bigint)`
    await sql`
      create function keep_event() returns trigger language plpgsql security definer set search_path = public as
      'begin insert into kept_event values (new.id); return new; end'`
    await sql`
      create trigger keep_event after insert on platform_event for each row
      when (new.type = 'trust.expiring' and new.subject = 'targets') execute function keep_event()`
    clock.setWall(Date.parse(targets.expires!) - 10 * day)
    const look = async (): Promise<number> => {
      clock.advance(60_000)
      const [kept] = await sql<{ count: number }[]>`select count(*)::int as count from kept_event`
      return kept!.count
    }
    await until(async () => (await look()) > 0, { deadline: patience })
    for (let rounds = 0; rounds < 5; rounds++) await look()
    expect(await look()).toBe(1)
    expect((await status()).roles.find(({ role }) => role === 'targets')).toMatchObject({ ending: true })
    const metrics = await fetch(`${hub.url}/metrics`, { headers: { authorization: `Bearer ${hub.connection.token}` } })
    expect(await metrics.text()).toMatch(/sutler_trust_remaining_seconds\{role="targets"\} 8\d{5}/)
  },
)

it('no private key of the signer is in the database or in an answer', { timeout: patience }, async () => {
  const hub = await hubAt(manualClock())
  const keys = JSON.parse(await readFile(join(hub.dataDirectory, 'signer', 'keys.json'), 'utf8')) as { key: string }[]
  const tables = await hub.database.owner.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname in ('public', 'registration') and tablename not like 'kysely%'`
  const told = [JSON.stringify(answer(await hub.api.GET('/api/v1/trust')))]
  for (const { name } of tables) {
    const schema = await hub.database.owner.sql<{ row: string }[]>`
      select coalesce(jsonb_agg(t)::text, '') as row from ${hub.database.owner.sql(name)} t`
    told.push(schema[0]!.row)
  }
  for (const { key } of keys) {
    const raw = Buffer.from(key, 'base64')
    for (const form of [
      key,
      raw.toString('hex'),
      raw.subarray(-32).toString('hex'),
      raw.subarray(-32).toString('base64'),
    ])
      expect(told.some((text) => text.includes(form))).toBe(false)
  }
})
