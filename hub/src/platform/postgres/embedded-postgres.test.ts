import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../../../../test/support/until.ts'
import { systemClock } from '../clock.ts'
import { openDatabase, type Database } from '../database.ts'
import { silentLog } from '../log.ts'
import { EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.ts'
import { isServer, readPostmaster } from './probe.ts'
import { parsePasswd, reachable } from './server-user.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function scratch(mode = 0o755): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'sutler-embedded-'))
  await chmod(parent, mode)
  cleanups.push(() => rm(parent, { recursive: true, force: true }))
  return join(parent, 'data')
}

const optionsFor = (dataDirectory: string): EmbeddedPostgresOptions => ({
  dataDirectory,
  log: silentLog,
  clock: systemClock,
  startDeadline: 30_000,
  stopDeadline: 10_000,
  settings: { fsync: 'off' },
})

async function start(dataDirectory: string): Promise<EmbeddedPostgres> {
  const server = await EmbeddedPostgres.start(optionsFor(dataDirectory))
  cleanups.push(() => server.stop())
  return server
}

function open(url: string): Database {
  const database = openDatabase(url, { connections: 2, statementTimeout: 5000 })
  cleanups.push(() => database.close())
  return database
}

/** Whether everybody may pass through all directories on the way to a file. */
function openToAll(path: string): boolean {
  const parent = dirname(path)
  return (statSync(parent).mode & 0o001) !== 0 && (parent === '/' || openToAll(parent))
}

const clusterOf = (data: string) => join(data, 'postgres', 'cluster')
const pidOf = async (data: string) => (await readPostmaster(clusterOf(data)))!.pid

/** Processes that were started with this directory. */
async function serversOn(data: string): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const commands = await Promise.all(processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return commands.filter((command) => command.includes(data))
}

describe('the embedded PostgreSQL', () => {
  test('keeps what was written over a clean stop', async () => {
    const data = await scratch()
    const first = await start(data)
    const database = open(first.url)
    await database.sql`create table kept as select 'rows' as what`
    await database.close()
    const pid = await pidOf(data)
    await first.stop()
    expect(await isServer(pid, clusterOf(data))).toBe(false)
    const second = await start(data)
    expect(await open(second.url).sql`select what from kept`).toEqual([{ what: 'rows' }])
  })

  test('comes back by itself when it is killed, and so do connections', async () => {
    const data = await scratch()
    const database = open((await start(data)).url)
    await database.sql`create table kept as select 1 as n`
    const pid = await pidOf(data)
    process.kill(pid, 'SIGKILL')
    const rows = await until(async () => {
      if ((await pidOf(data)) === pid) return false
      return database.sql`select n from kept`
    })
    expect(rows).toEqual([{ n: 1 }])
  })

  test('is not started again once it is to stop', async () => {
    const data = await scratch()
    const server = await start(data)
    const pid = await pidOf(data)
    process.kill(pid, 'SIGKILL')
    const next = await until(async () => {
      const now = await pidOf(data)
      return now !== pid && now
    })
    await server.stop()
    expect(await isServer(next, clusterOf(data))).toBe(false)
    await rm(data, { recursive: true })
    expect(await serversOn(data)).toEqual([])
  })

  test('refuses a second hub, and the first goes on', async () => {
    const data = await scratch()
    const first = await start(data)
    await expect(EmbeddedPostgres.start(optionsFor(data))).rejects.toMatchObject({
      code: 'data-directory-in-use',
      message: expect.stringMatching(/held by a hub that started at \d{4}-/),
    })
    expect(await open(first.url).sql`select 1 as n`).toEqual([{ n: 1 }])
  })

  test('is not kept from starting by a lock file whose number belongs to another process now', async () => {
    const data = await scratch()
    const first = await start(data)
    const lockFile = join(clusterOf(data), 'postmaster.pid')
    const lock = await readFile(lockFile, 'utf8')
    await first.stop()
    await writeFile(lockFile, lock.replace(/^\d+/, String(process.pid)))
    const second = await start(data)
    expect(await open(second.url).sql`select 1 as n`).toEqual([{ n: 1 }])
  })

  test('says why it does not start', async () => {
    const data = await scratch()
    await (await start(data)).stop()
    const options = { ...optionsFor(data), settings: { shared_buffers: 'plenty' } }
    await expect(EmbeddedPostgres.start(options)).rejects.toMatchObject({
      code: 'embedded-postgres-failed',
      message: expect.stringContaining('invalid value for parameter "shared_buffers"'),
    })
  })
})

describe('a hub that is killed', () => {
  /** A hub's start in a process of its own, up to the point where its PostgreSQL runs. */
  async function hub(data: string, as?: { uid: number; gid: number }): Promise<ChildProcess> {
    const script = `
      import { EmbeddedPostgres } from ${JSON.stringify(new URL('./embedded-postgres.ts', import.meta.url).href)}
      import { systemClock } from ${JSON.stringify(new URL('../clock.ts', import.meta.url).href)}
      import { silentLog } from ${JSON.stringify(new URL('../log.ts', import.meta.url).href)}
      const server = await EmbeddedPostgres.start({ dataDirectory: ${JSON.stringify(data)}, log: silentLog, clock: systemClock,
        startDeadline: 30000, stopDeadline: 10000, settings: { fsync: 'off' } })
      process.once('SIGTERM', async () => { await server.stop(); process.exit(0) })
      console.log(server.url)
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...as,
    })
    cleanups.push(async () => child.kill('SIGKILL'))
    let output = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (output += text))
    await until(() => output.includes('\n'), { deadline: 30_000, what: 'the hub has its PostgreSQL' })
    return child
  }
  const ended = (child: ChildProcess) => until(() => child.exitCode !== null || child.signalCode !== null)

  test('leaves a server that the next one takes over', async () => {
    const data = await scratch()
    const first = await hub(data)
    const pid = await pidOf(data)
    first.kill('SIGKILL')
    await ended(first)
    const second = await start(data)
    expect(await pidOf(data)).toBe(pid)
    expect(await open(second.url).sql`select 1 as n`).toEqual([{ n: 1 }])
  })

  // Needs root, to become somebody else, who must then be able to reach this checkout: not so below root's own home.
  test.runIf(process.getuid?.() === 0 && openToAll(process.execPath))('may be an ordinary user’s', async () => {
    const data = await scratch(0o777)
    const child = await hub(data, { uid: 65534, gid: 65534 })
    const pid = await pidOf(data)
    expect((await stat(clusterOf(data))).uid).toBe(65534)
    child.kill('SIGTERM')
    await ended(child)
    expect(await isServer(pid, clusterOf(data))).toBe(false)
  })
})

describe.runIf(process.getuid?.() === 0)('as root', () => {
  test('PostgreSQL runs as somebody else, also in a data directory that was closed', async () => {
    const data = await scratch()
    await mkdir(data, { mode: 0o700 })
    await start(data)
    expect((await stat(`/proc/${await pidOf(data)}`)).uid).not.toBe(0)
    expect((await stat(data)).mode & 0o777).toBe(0o711)
    expect((await lstat(join(data, 'postgres'))).isDirectory()).toBe(true)
  })

  test('under a closed parent its files are elsewhere, and a link leads there', async () => {
    const data = await scratch(0o700)
    const server = await start(data)
    const home = await readlink(join(data, 'postgres'))
    cleanups.unshift(() => rm(home, { recursive: true, force: true }))
    expect(home).toMatch(/^\/var\/lib\/sutler\//)
    expect(await readFile(join(home, 'belongs-to'), 'utf8')).toBe(`${join(data, 'postgres')}\n`)
    const database = open(server.url)
    await database.sql`create table old_rows (n int)`
    await database.close()
    await server.stop()
    await rm(data, { recursive: true })
    const anew = await start(data)
    cleanups.unshift(() => rm(`${home}-before`, { recursive: true, force: true }))
    expect(await open(anew.url).sql`select to_regclass('old_rows') as found`).toEqual([{ found: null }])
    expect((await stat(join(`${home}-before`, 'cluster', 'PG_VERSION'))).isFile()).toBe(true)
  })
})

test('who may pass is decided by every directory on the way', async () => {
  const data = await scratch(0o711)
  await mkdir(data, { mode: 0o700 })
  const nobody = { uid: 65534, gid: 65534, name: 'nobody' }
  expect(await reachable(join(data, '..'), nobody)).toBe(true)
  expect(await reachable(data, nobody)).toBe(false)
  expect(await reachable(data, null)).toBe(true)
  expect(parsePasswd('nobody:x:65534:65533:nobody:/:/bin/false\n\n')).toEqual([
    { name: 'nobody', uid: 65534, gid: 65533 },
  ])
})
