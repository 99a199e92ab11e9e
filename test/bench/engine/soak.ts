import { parseArgs } from 'node:util'
import { pause } from '../../../hub/src/platform/wait.ts'
import { median } from '../measure.ts'
import { residentMemory } from '../process-figures.ts'
import type { CallRound } from './calls.ts'
import { instances } from './population.ts'
import { startHub, type Hub } from './program.ts'
import { openServer, type BenchServer } from './server.ts'

/**
 * `node test/bench/engine/soak.ts [--minutes 60]`: two hubs under a steady load of awaited and queued signals, with history
 * kept for ten minutes only, so that retention works all the time. Once a minute the load rests and it is measured what the hub
 * can do at most; that may not decay. Stops by itself; exit status 1 when the last third is slower, or has more memory, than
 * the first allows. `--minutes 3` is the short one.
 */
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } })
const minutes = Number(values.minutes)
if (!Number.isInteger(minutes) || minutes < 3 || minutes > 600) throw new RangeError('--minutes is 3 to 600')

/** Less than so much of the rate, or more than so much of the memory, of the first third is decay. */
const [leastRate, mostMemory] = [0.85, 1.25]
const keepHistory = 600_000
const probe = 3_000

interface Sample {
  readonly rate: number
  readonly p99: number
  readonly memory: number
}

const resources = new AsyncDisposableStack()
const ended = (): void => void resources.disposeAsync().finally(() => process.exit(130))
process.once('SIGINT', ended).once('SIGTERM', ended)
try {
  const server = await openServer(resources)
  const hubs = [await startHub(server.url(), resources, { keepHistory }), await startHub(server.url(), resources)]
  await hubs[0]!.ask({ do: 'create', model: 'counter', count: instances })
  const samples: Sample[] = []
  for (let minute = 1; minute <= minutes; minute++) samples.push(await oneMinute(server, hubs, minute))
  process.exitCode = verdict(samples) ? 0 : 1
} finally {
  await resources.disposeAsync()
}
process.exit()

async function oneMinute({ database: { sql } }: BenchServer, hubs: readonly Hub[], minute: number): Promise<Sample> {
  const end = performance.now() + 60_000
  const steady = { do: 'call', callers: 16, milliseconds: 5_000, rest: 40 } as const
  while (performance.now() < end - 2 * probe - 5_000) {
    await Promise.all(hubs.map((hub) => hub.ask<CallRound>(steady)))
    await hubs[minute % 2]!.ask<number>({ do: 'queued', signals: 1_000, each: 100 })
  }
  const { rate, p99 } = await hubs[0]!.ask<CallRound>({ do: 'call', callers: 32, milliseconds: probe })
  const memory = residentMemory(hubs[0]!.pid) ?? 0
  const [size] = await sql<{ history: string; mailbox: string }[]>`
    select pg_size_pretty(pg_total_relation_size('engine_history')) as history,
      pg_size_pretty(pg_total_relation_size('engine_mailbox')) as mailbox`
  const sizes = `history ${size!.history}, mailbox ${size!.mailbox}, hub ${(memory / 1e6).toFixed(0)} MB`
  console.log(`minute ${minute}: ${rate.toFixed(0)}/s at most, p99 ${p99.toFixed(1)} ms; ${sizes}`)
  await pause(Math.max(0, end - performance.now()))
  return { rate, p99, memory }
}

/** The first minute warms up. */
function verdict(samples: readonly Sample[]): boolean {
  const third = Math.max(1, Math.floor(samples.length / 3))
  const [before, after] = [samples.slice(1, 1 + third), samples.slice(-third)]
  const rates = [before, after].map((part) => median(part.map(({ rate }) => rate)))
  const memories = [before, after].map((part) => median(part.map(({ memory }) => memory)))
  const rate = rates[1]! / rates[0]!
  const memory = memories[1]! / memories[0]!
  const good = rate >= leastRate && memory <= mostMemory
  console.log(`the last third against the first: rate ${rate.toFixed(2)} ×, memory ${memory.toFixed(2)} ×`)
  console.log(good ? 'no decay' : `decay: at least ${leastRate} × and at most ${mostMemory} × were to be`)
  return good
}
