import { execFile } from 'node:child_process'
import { readdir, writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { BenchOptions } from '../measure.ts'
import { instances } from './population.ts'
import type { BenchServer } from './server.ts'

const run = promisify(execFile)

/**
 * What the least of durable engines writes for a signal, in one statement and one round trip: the signal's id, so that it is
 * taken once; the state; the history. The tables have the columns that ours need for that, the state's row as wide as ours.
 * There is no look-up by name, no reply, no guard; the state is computed by the server.
 */
const script = `\\set instance random(1, ${instances})
\\set id random(1, 9000000000000000000)
with dedup as (insert into bench_dedup (instance, signal_id) values (:instance, 'call-' || :id)),
  changed as (
    update bench_state set steps = steps + 1, entries = entries + 1, changed_at = :id, states = '["on"]', data = '{"n": 1234}'
    where key = :instance returning entries)
insert into bench_history (instance, entry, at, type, body)
  select :instance, entries, :id, 'add',
    '{"step": 1234, "from": "external", "outcome": "fired", "fired": ["add"], "states": ["on"]}' from changed;
`

export interface Pgbench {
  /** Transactions per second of `clients` clients on 2 threads, prepared statements, over `seconds`. */
  rate(clients: number, seconds: number): Promise<number>
}

/** Null, with a line that says how to get it, when the machine has no pgbench. */
export async function openPgbench(
  server: BenchServer,
  { resources, say }: Pick<BenchOptions, 'resources' | 'say'>,
): Promise<Pgbench | null> {
  const program = await findPgbench()
  if (program === null) {
    say('no pgbench here (apt-get install postgresql-contrib, or postgresql-15): our own raw loop stands in for it')
    return null
  }
  const directory = await mkdtemp(join(tmpdir(), 'sutler-bench-pgbench-'))
  resources.defer(() => rm(directory, { recursive: true, force: true }))
  const file = join(directory, 'signal.sql')
  await writeFile(file, script)
  return {
    async rate(clients, seconds) {
      const threads = Math.min(2, clients)
      const load = ['-n', '-M', 'prepared', '-c', `${clients}`, '-j', `${threads}`, '-T', `${seconds}`, '-f', file]
      const { stdout } = await run(program, ['-h', server.sockets, '-U', 'sutler', ...load, 'sutler'])
      const [, rate] = /^tps = ([\d.]+)/m.exec(stdout) ?? []
      if (rate === undefined) throw new Error(`pgbench said no rate:\n${stdout}`)
      return Number(rate)
    },
  }
}

/** Debian keeps it beside its servers, off the PATH. */
async function findPgbench(): Promise<string | null> {
  const versions = await namesIn('/usr/lib/postgresql')
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))
  const directories = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...newest.map((version) => `/usr/lib/postgresql/${version}/bin`),
  ]
  for (const directory of directories) {
    if ((await namesIn(directory)).includes('pgbench')) return join(directory, 'pgbench')
  }
  return null
}

/** None for a directory that is not there. */
function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(() => [])
}
