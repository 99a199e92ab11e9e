import { figure, type Figures } from '../measure.ts'
import type { CallRound } from './calls.ts'
import type { DbosQuestion } from './dbos-process.ts'
import { startProgram } from './program.ts'
import type { QueueQuestion } from './queue-loads.ts'
import { alternate, atMost, times } from './rounds.ts'
import type { Stage } from './stage.ts'

/**
 * Callers that each wait for their own commit: 32, then one alone.
 *
 * Ours: look up the instance, recognise a doubled id, step with the guard's and the state's rules, write state and history,
 * answer; grouped into commits by the hub, in whose process the callers are, as a hub's requests are. pgbench: the three rows
 * in one statement, 32 connections, in C. DBOS: a workflow of one step. pg-boss: a job put into its table, nothing done yet.
 */
const clients = 32

export async function callers(stage: Stage): Promise<Figures> {
  const { hub, single, quick, say } = stage
  const [rounds, milliseconds] = quick ? [2, 1_000] : [7, 2_000]
  const dbos = startProgram<DbosQuestion>('dbos-process.ts', stage.resources)
  await dbos.ask({ do: 'start', url: await stage.server.create('bench_dbos') })
  const boss = startProgram<QueueQuestion>('pg-boss-process.ts', stage.resources)
  await boss.ask({ do: 'start', url: await stage.server.create('bench_pg_boss_calls') })
  const many = { do: 'call', callers: clients, milliseconds } as const
  const all = await alternate(
    rounds,
    {
      own: () => hub.ask<CallRound>(many),
      pgbench: () => single.rate(clients, milliseconds),
      dbos: () => dbos.ask<CallRound>(many),
      boss: () => boss.ask<CallRound>(many),
      lone: () => hub.ask<CallRound>({ ...many, callers: 1 }),
      pgbenchLone: () => single.rate(1, milliseconds),
    },
    ({ own, pgbench, dbos: workflows, boss: sends, lone, pgbenchLone }) =>
      say(
        `callers: ${rate(own)} (p50 ${own.p50.toFixed(1)}, p99 ${own.p99.toFixed(1)} ms), ${single.name} ${pgbench.toFixed(0)}, ` +
          `DBOS ${rate(workflows)}, pg-boss ${rate(sends)}; alone ${rate(lone)}, ${single.name} ${pgbenchLone.toFixed(0)}`,
      ),
  )
  await Promise.all([dbos.stop(), boss.stop()])
  const own = all.own.map((round) => round.rate)
  const latency = (runs: readonly number[]) => figure(runs, 'ms')
  const peer = (name: string, peers: readonly CallRound[]) => ({ name, rates: peers.map((round) => round.rate) })
  return {
    'engine.callers32_per_s': figure(own, '1/s'),
    'engine.callers32_p50': atMost(latency(all.own.map(({ p50 }) => p50)), 2),
    'engine.callers32_p99': atMost(latency(all.own.map(({ p99 }) => p99)), 5),
    'engine.callers32_vs_pgbench': times(own, { name: single.name, rates: all.pgbench }, 1),
    'engine.callers32_vs_dbos': times(own, peer('DBOS workflows', all.dbos), 25),
    'engine.callers32_vs_pgboss': times(own, peer('pg-boss send', all.boss), 8),
    'engine.lone_caller_vs_pgbench': times(
      all.lone.map((round) => round.rate),
      { name: `${single.name}, 1 client`, rates: all.pgbenchLone },
      0.5,
    ),
  }
}

function rate(round: CallRound): string {
  return `${round.rate.toFixed(0)}/s`
}
