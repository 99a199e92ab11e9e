import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { openDatabase } from '../../../hub/src/platform/database.ts'
import { silentLog } from '../../../hub/src/platform/log.ts'
import { migrate } from '../../../hub/src/platform/migrations.ts'
import { EmbeddedPostgres } from '../../../hub/src/platform/postgres/embedded-postgres.ts'
import { run, type Result } from './run.ts'

/**
 * `npm run faults -- [--kills 1000] [--seed 7]`: two hubs on a PostgreSQL of their own, killed at random moments under load, and
 * the database with them now and then. Says what was found; the exit status is 1 when that is anything.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const kills = Number(values.kills)
const seed = Number(values.seed)
const again = `npm run faults -- --kills ${kills} --seed ${seed}`

const directory = await mkdtemp(join(tmpdir(), 'sutler-faults-'))
const server = await EmbeddedPostgres.start({
  dataDirectory: directory,
  log: silentLog,
  clock: systemClock,
  startDeadline: 60_000,
  stopDeadline: 10_000,
})
const database = openDatabase(server.url, { connections: 4, statementTimeout: 60_000 })

const postmaster = async (): Promise<number> => {
  const text = await readFile(join(directory, 'postgres/cluster/postmaster.pid'), 'utf8').catch(() => '')
  return Number(text.split('\n')[0])
}

/** Resolves when another one answers. */
async function killDatabase(): Promise<void> {
  const pid = await postmaster()
  process.kill(pid, 'SIGKILL')
  for (let end = performance.now() + 60_000; performance.now() < end; await pause(20)) {
    if ((await postmaster()) !== pid && (await database.sql`select 1`.catch(() => null))) return
  }
  throw new Error('PostgreSQL has not come back within 60 s')
}

function describe(result: Result): string {
  const { takeovers, seconds } = result
  return [
    `${result.kills} kills and ${result.faults - result.kills} other faults in ${seconds.toFixed(0)} s (${(result.kills / seconds).toFixed(1)} kills a second)`,
    `${result.accepted} signals accepted, ${result.retries} times sent again; ${result.families} families, ${result.clerks} clerks, ${result.migrations} migrations`,
    `${result.instances} instances, ${result.steps} steps, ${result.timers} delayed signals`,
    `${takeovers.count} external tasks taken over: median ${takeovers.median} ms, longest ${takeovers.longest} ms`,
  ].join('\n')
}

try {
  console.log(`seed ${seed}; the same choices again: ${again}`)
  await migrate(database)
  // The load is of one tenant; connections that are made from now on say so.
  await database.sql`alter database postgres set sutler.tenant = 'main'`
  const result = await run({ database, url: server.url, seed, kills, thorough: true, killDatabase, say: console.log })
  console.log(describe(result))
  for (const finding of result.findings) console.error(`WRONG ${finding}`)
  console.log(
    result.findings.length === 0 ? 'nothing lost, nothing twice, nothing early, all in order' : `again: ${again}`,
  )
  process.exitCode = result.findings.length === 0 ? 0 : 1
} catch (error) {
  console.error(error, `\nagain: ${again}`)
  process.exitCode = 1
} finally {
  await database.close()
  await server.stop()
  await rm(directory, { recursive: true, force: true })
}
