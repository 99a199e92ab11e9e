import { pause } from '../../../hub/src/platform/wait.ts'
import { figure, median, type Figures } from '../measure.ts'
import { familyCpuSeconds } from '../process-figures.ts'
import type { CallRound } from './calls.ts'
import { instances } from './population.ts'
import { startHub, type Hub } from './program.ts'
import { alternate, atMost } from './rounds.ts'
import { putToSleep, wakeSome } from './sleep.ts'
import type { Stage } from './stage.ts'

/**
 * The same loads at two hubs by turns: one whose database has its 10,000 instances only, and one that has as many and a million
 * that sleep, each with a delayed signal. Both databases are on one server, and nothing else is done meanwhile.
 */
export async function sleepers(stage: Stage): Promise<Figures> {
  const { server, hub: bare, resources, quick, say } = stage
  const count = quick ? 50_000 : 1_000_000
  const url = await server.create('bench_sleepers', { migrated: true })
  const crowded = await startHub(url, resources)
  await crowded.ask({ do: 'create', model: 'counter', count: instances })
  await putToSleep(crowded, url, count)
  await wakeSome(url)
  const idle = await idleCpu(stage, crowded, quick ? 3_000 : 15_000)
  say(`sleepers: ${count} sleep; idle CPU of the hub and PostgreSQL together ${idle.toFixed(2)} %`)
  const all = await alternate(
    quick ? 2 : 7,
    { bare: () => load(bare, quick), crowded: () => load(crowded, quick) },
    (round) =>
      say(
        `sleepers: ${Object.entries(slowdowns(round))
          .map(([name, times]) => `${name} ${times.toFixed(2)} ×`)
          .join(', ')}`,
      ),
  )
  const rounds = all.bare.map((bareRound, round) => slowdowns({ bare: bareRound, crowded: all.crowded[round]! }))
  const memory = await Promise.all([bare, crowded].map((one) => one.ask<number>({ do: 'memory' })))
  await crowded.stop()
  const against = `${count} sleeping instances; callers, queued and bulk in the mean`
  return {
    'engine.sleepers_slowdown': {
      ...atMost(
        figure(
          rounds.map(({ mean }) => mean),
          '×',
        ),
        1.1,
      ),
      against,
    },
    'engine.sleepers_slowdown_worst': figure(
      [Math.max(...(['callers', 'queued', 'bulk'] as const).map((name) => median(rounds.map((round) => round[name]))))],
      '×',
      { against: 'the load that suffers most' },
    ),
    'engine.sleepers_idle_cpu': atMost(figure([idle], '%'), 2),
    'engine.sleepers_hub_memory': figure([memory[1]! / memory[0]!], '×', {
      against: `a hub without sleepers: ${(memory[0]! / 1e6).toFixed(0)} MB`,
    }),
  }
}

interface Load {
  readonly callers: number
  readonly queued: number
  readonly bulk: number
}

async function load(hub: Hub, quick: boolean): Promise<Load> {
  const milliseconds = quick ? 700 : 2_000
  const calls = await hub.ask<CallRound>({ do: 'call', callers: 32, milliseconds })
  const queued = await hub.ask<number>({ do: 'queued', signals: quick ? 3_000 : 15_000, each: 1_000 })
  const bulk = await hub.ask<CallRound>({ do: 'bulk', callers: 2_000, milliseconds })
  return { callers: calls.rate, queued, bulk: bulk.rate }
}

/** How many times slower each load is with the sleepers. */
function slowdowns({
  bare,
  crowded,
}: {
  readonly bare: Load
  readonly crowded: Load
}): Load & { readonly mean: number } {
  const callers = bare.callers / crowded.callers
  const queued = bare.queued / crowded.queued
  const bulk = bare.bulk / crowded.bulk
  return { callers, queued, bulk, mean: Math.cbrt(callers * queued * bulk) }
}

/** Of one core, in per cent: of the hub, and of the server with all that it runs beside, vacuum and checkpoints included. */
async function idleCpu({ server }: Stage, hub: Hub, milliseconds: number): Promise<number> {
  // What the loading left to be done is no idleness.
  await server.database.sql`checkpoint`
  const used = (): number => familyCpuSeconds(hub.pid) + familyCpuSeconds(server.pid)
  const before = used()
  await pause(milliseconds)
  return ((used() - before) * 100_000) / milliseconds
}
