import { mkdir, mkdtemp, open, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../../test/support/database.ts'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { writeSealingKey } from '../../../../test/support/sealing.ts'
import { readConfig } from '../../config.ts'
import { connect } from '../../platform/database.ts'
import { createMetrics } from '../../platform/metrics.ts'
import { migrateThrough } from '../../platform/migrations.ts'
import { measureBackups } from '../../platform/last-backup.ts'
import { silentLog } from '../../platform/log.ts'
import { restoreNoteFile } from '../../platform/restore-note.ts'
import { refuseUnfinishedRestore } from '../../platform/unfinished-restore.ts'
import { createBackup, type BackupRequest } from '../create.ts'
import { makeKey, type Opener } from '../encryption.ts'
import type { OwnerWorld } from '../owner-database.ts'
import { readBackup } from '../read.ts'
import { restoreBackup } from '../restore.ts'
import { readMigrations } from '../tables.ts'
import { verifyingSink } from '../verify.ts'

let folder: string
let database: TestDatabase
let recipient: string
let opener: Opener
const contents = ['first', 'second', 'third'].map((name) => Buffer.from(`${name} file`))

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sutler-backups-'))
  database = await testDatabase({ tenant: 'main' })
  opener = { keyFile: join(folder, 'key'), passphraseFile: null }
  recipient = await makeKey(opener.keyFile!)
  await writeSealingKey(sourceData())
  await mkdir(join(sourceData(), 'signer'))
  await writeFile(
    join(sourceData(), 'signer/keys.json'),
    JSON.stringify([{ role: 'timestamp', key: 'AA==', since: 0, last: 5 }]),
  )
  for (const content of contents) await store(content)
  await database.owner.sql`
    insert into platform_event (type, subject, data, tenant) select 'order.completed', 'ord-' || n, ${database.owner.sql.json({ text: 'tab\t, line\n, \\ and “ü”' })}, 'main'
    from generate_series(1, 1000) n`
}, 60_000)

afterAll(async () => {
  await database?.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

const sourceData = (): string => join(folder, 'source')

async function store(content: Buffer): Promise<void> {
  const digest = createHash('sha256').update(content).digest('hex')
  await mkdir(join(sourceData(), 'blobs', digest.slice(0, 2)), { recursive: true })
  await writeFile(join(sourceData(), 'blobs', digest.slice(0, 2), digest.slice(2)), content)
  await database.owner.sql`
    insert into definition_blob (digest, size, claimed_at) values (${digest}, ${content.length}, now()) on conflict do nothing`
}

function world(data: string, databaseUrl = database.url): OwnerWorld & { version: string } {
  const config = readConfig({ SUTLER_DATA: data, DATABASE_URL: databaseUrl }, [])
  return { config, clock: manualClock(Date.now()), log: silentLog, version: '0.1.0' }
}

function backup(to: string, more: Partial<BackupRequest> = {}) {
  const lock = { recipients: [recipient], passphraseFile: null }
  return createBackup(world(sourceData()), { to, lock, keep: null, ...more })
}

/** A database without anything in it, on the same server. */
async function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `restored_${randomBytes(6).toString('hex')}`
  const url = new URL(database.url)
  url.pathname = `/${name}`
  const asOwner = async (statement: string): Promise<void> => {
    const sql = connect(database.url, { max: 1 })
    await sql.unsafe(statement).finally(() => sql.end({ timeout: 5 }))
  }
  await asOwner(`create database ${name}`)
  return { url: url.href, drop: () => asOwner(`drop database if exists ${name} with (force)`) }
}

async function restoreTo(from: string, data: string, how: Opener = opener) {
  const target = await emptyDatabase()
  const restoring = restoreBackup(world(data, target.url), { from, opener: how, by: 'ann' })
  return restoring.then(
    (restored) => ({ restored, ...target }),
    async (error: unknown) => {
      await target.drop()
      throw error
    },
  )
}

describe('a backup', { timeout: 60_000 }, () => {
  it('brings back every row, file and key, byte by byte', async () => {
    const file = join(folder, 'whole.age')
    const made = await backup(file)
    expect(made).toMatchObject({ file, lacking: [], blobs: { count: 3 } })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const data = join(folder, 'whole')
    const { url, drop, restored } = await restoreTo(file, data)
    try {
      expect(restored).toMatchObject({ rows: made.rows, tables: made.tables, applied: [] })
      const sql = connect(url, { max: 1 })
      const all = `select md5(string_agg(e::text, '|' order by id)) as digest from platform_event e`
      const [before] = await database.owner.sql.unsafe(all)
      const [after] = await sql.unsafe(all)
      expect(after).toEqual(before)
      // The numbers go on beyond those that the lost hub may have given out since.
      const [next] =
        await sql`insert into platform_event (type, subject, data, tenant) values ('a', 'b', '{}', 'main') returning id`
      expect(Number(next!['id'])).toBeGreaterThan(1_000_000)
      await sql.end()
      for (const content of contents) {
        const digest = createHash('sha256').update(content).digest('hex')
        expect(await readFile(join(data, 'blobs', digest.slice(0, 2), digest.slice(2)))).toEqual(content)
      }
      const key = (of: string) => readFile(join(of, 'sealing.key'), 'utf8')
      expect(await key(data)).toBe(await key(sourceData()))
      await refuseUnfinishedRestore(data)
      expect(JSON.parse(await readFile(join(data, restoreNoteFile), 'utf8'))).toEqual({
        id: expect.stringMatching(/^rst-/),
        backup: 'whole.age',
        madeAt: restored.madeAt,
        restoredAt: expect.stringMatching(/Z$/),
        by: 'ann',
      })
    } finally {
      await drop()
    }
  })

  it('goes on with versions of signatures above all that may have been made since', async () => {
    const file = join(folder, 'versions.age')
    await backup(file)
    const data = join(folder, 'versions')
    const { drop } = await restoreTo(file, data)
    await drop()
    const [key] = JSON.parse(await readFile(join(data, 'signer/keys.json'), 'utf8')) as { last: number }[]
    expect(key!.last).toBeGreaterThan(Date.now() / 1000)
  })

  it('opens with a passphrase as well, and with no other key', async () => {
    const file = join(folder, 'passphrase.age')
    const [passphraseFile, short, other] = [join(folder, 'good'), join(folder, 'short'), join(folder, 'other.key')]
    await writeFile(passphraseFile, 'correct horse battery staple\n')
    await writeFile(short, 'short\n')
    await makeKey(other)
    await backup(file, { lock: { recipients: [], passphraseFile } })
    const read = (how: Partial<Opener>) =>
      readBackup(file, { keyFile: null, passphraseFile: null, ...how }, verifyingSink())
    await expect(read({ passphraseFile })).resolves.toMatchObject({ blobs: { count: 3 } })
    await expect(read({ keyFile: other })).rejects.toMatchObject({ code: 'backup-key-wrong' })
    await expect(read({ passphraseFile: short })).rejects.toMatchObject({ code: 'backup-key-invalid' })
    await expect(read({})).rejects.toMatchObject({ code: 'backup-key-invalid' })
  })

  it('is refused where one byte was changed or its end is missing, and leaves nothing that starts', async () => {
    const file = join(folder, 'damaged.age')
    await backup(file)
    const { size } = await stat(file)
    const bytes = await open(file, 'r+')
    const place = Math.floor(size / 2)
    const { buffer } = await bytes.read(Buffer.alloc(1), 0, 1, place)
    await bytes.write(Buffer.of(buffer[0]! ^ 1), 0, 1, place)
    await bytes.close()
    const data = join(folder, 'damaged')
    await expect(restoreTo(file, data)).rejects.toMatchObject({ code: 'backup-damaged' })
    await expect(refuseUnfinishedRestore(data)).rejects.toMatchObject({ code: 'restore-unfinished' })
    for (const length of [size - 1, Math.floor(size / 3), 300]) {
      await truncate(file, length)
      await expect(readBackup(file, opener, verifyingSink())).rejects.toMatchObject({ code: 'backup-damaged' })
    }
    await truncate(file, 10)
    await expect(readBackup(file, opener, verifyingSink())).rejects.toMatchObject({ code: 'backup-unreadable' })
    // The same command with a good one clears what was begun.
    await rm(file)
    await backup(file)
    const { drop } = await restoreTo(file, data)
    await drop()
    await refuseUnfinishedRestore(data)
  })

  it('is not restored over anything', async () => {
    const file = join(folder, 'over.age')
    await backup(file)
    await expect(restoreTo(file, sourceData())).rejects.toMatchObject({ code: 'restore-target-in-use' })
    const onto = restoreBackup(world(join(folder, 'over')), { from: file, opener, by: 'ann' })
    await expect(onto).rejects.toMatchObject({ code: 'restore-target-in-use' })
    await expect(backup(file)).rejects.toMatchObject({ code: 'backup-exists' })
  })

  it('goes on after a table that came faster than it could be written', async () => {
    const { sql } = database.owner
    // Sorted before others: what follows is asked for on the same connection.
    const wide = 'x'.repeat(60_000)
    await sql`insert into definition_service (id, tenant, developer, title, state, created_at) select 'svc-' || n, 'main', 'dev', ${wide}, 'draft', now() from generate_series(1, 200) n`
    try {
      const made = await backup(join(folder, 'fast.age'))
      expect(made.rows).toBeGreaterThan(1_200)
    } finally {
      await sql`delete from definition_service`
    }
  })

  it('brings back what triggers made of rows, once', async () => {
    const { sql } = database.owner
    await sql`insert into entity_household (id, name, time_zone, tenant, created_at) values ('hh-miller', 'Miller', 'UTC', 'main', now())`
    const [before] = await sql`select count(*)::int as found from entity_search`
    const file = join(folder, 'triggers.age')
    await backup(file)
    const { url, drop } = await restoreTo(file, join(folder, 'triggers'))
    const restored = connect(url, { max: 1 })
    expect((await restored`select count(*)::int as found from entity_search`)[0]).toEqual(before)
    // They are on again.
    await restored`delete from entity_household`
    expect((await restored`select count(*)::int as found from entity_search`)[0]).toEqual({ found: 0 })
    await restored.end()
    await drop()
    await sql`delete from entity_household`
  })

  it('whose rows the database refuses is told of as that, with the table', async () => {
    const { sql } = database.owner
    await sql`alter table policy_cursor drop constraint policy_cursor_pkey`
    await sql`insert into policy_cursor (name, xact, event) select 'twice', '1', 1 from generate_series(1, 2)`
    const file = join(folder, 'refused.age')
    try {
      await backup(file)
    } finally {
      await sql`delete from policy_cursor`
      await sql`alter table policy_cursor add primary key (name)`
    }
    const refusal = await restoreTo(file, join(folder, 'refused')).catch((error: Error) => error)
    expect(refusal).toMatchObject({ code: 'restore-failed' })
    expect((refusal as Error).message).toContain('policy_cursor')
  })

  it('of a newer hub is refused with the version that made it', async () => {
    const file = join(folder, 'newer.age')
    await database.owner.sql`insert into kysely_migration (name, timestamp) values ('9999_new', '9999')`
    try {
      await backup(file)
    } finally {
      await database.owner.sql`delete from kysely_migration where name = '9999_new'`
    }
    const refusal = await readBackup(file, opener, verifyingSink()).catch((error: Error) => error)
    expect(refusal).toMatchObject({ code: 'backup-newer' })
    expect((refusal as Error).message).toContain('9999_new')
  })

  it('of an older hub is restored by a newer one, which brings it up to date', async () => {
    const [source, target] = [await emptyDatabase(), join(folder, 'older')]
    const sql = connect(source.url, { max: 1 })
    const names = await readMigrations(database.owner.sql)
    await sql.begin((tx) => migrateThrough(tx, names.slice(0, -2)))
    await sql.end()
    const file = join(folder, 'older.age')
    const lock = { recipients: [recipient], passphraseFile: null }
    await createBackup(world(sourceData(), source.url), { to: file, lock, keep: null })
    await source.drop()
    const { restored, drop } = await restoreTo(file, target)
    await drop()
    expect(restored.applied).toEqual(names.slice(-2))
  })

  it('is made although files are missing, and says which', async () => {
    const digest = createHash('sha256').update(contents[0]!).digest('hex')
    await rm(join(sourceData(), 'blobs', digest.slice(0, 2), digest.slice(2)))
    const made = await backup(join(folder, 'lacking.age')).finally(() => store(contents[0]!))
    expect(made).toMatchObject({ lacking: [digest], blobs: { count: 2 } })
  })

  it('gets a name of its own in a directory, which keeps the newest', async () => {
    const directory = join(folder, 'kept')
    await mkdir(directory)
    await writeFile(join(directory, 'sutler-20200101T000000Z.backup.age'), '')
    await writeFile(join(directory, 'sutler-20210101T000000Z.backup.age'), '')
    await writeFile(join(directory, 'something-else.age'), '')
    const made = await backup(directory, { keep: 2 })
    expect(made.removed).toEqual(['sutler-20200101T000000Z.backup.age'])
    expect((await readdir(directory)).toSorted()).toEqual(
      ['something-else.age', 'sutler-20210101T000000Z.backup.age', made.file!.slice(directory.length + 1)].toSorted(),
    )
  })

  it('is remembered where the hub measures how old the last one is', async () => {
    const made = await backup(join(folder, 'remembered.age'))
    const metrics = createMetrics()
    measureBackups(metrics, sourceData())
    expect(await metrics.metrics()).toContain(`sutler_backup_timestamp_seconds ${Date.parse(made.madeAt) / 1000}\n`)
  })

  it('that cannot be written leaves nothing behind, and says why', async () => {
    const failing = backup(join(folder, 'no-such-directory', 'file.age'))
    await expect(failing).rejects.toMatchObject({ code: 'backup-failed' })
  })

  it('keeps files in place while it copies them', async () => {
    const { sql } = database.owner
    await sql.begin(async (copying) => {
      await copying`select pg_advisory_xact_lock_shared(8482)`
      const [taken] = await database.sql`select pg_try_advisory_xact_lock(8482) as taken`
      expect(taken).toEqual({ taken: false })
    })
  })
})
