import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { openDatabase } from '../../hub/src/platform/database.ts'
import { silentLog } from '../../hub/src/platform/log.ts'
import { migrate } from '../../hub/src/platform/migrations.ts'
import { EmbeddedPostgres } from '../../hub/src/platform/postgres/embedded-postgres.ts'
import { dumpSchema } from '../../hub/src/platform/schema.ts'

/** The schema that all migrations make, read from a throwaway PostgreSQL. */
export async function databaseSchema(): Promise<string> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sutler-schema-'))
  const server = await EmbeddedPostgres.start({
    dataDirectory,
    log: silentLog,
    clock: systemClock,
    startDeadline: 60_000,
    stopDeadline: 10_000,
    settings: { fsync: 'off' },
  })
  try {
    const database = openDatabase(server.url, { connections: 2, statementTimeout: 30_000 })
    await migrate(database)
    const schema = await dumpSchema(database.sql)
    await database.close()
    return schema
  } finally {
    await server.stop()
    await rm(dataDirectory, { recursive: true, force: true })
  }
}
