import { figure, type Figures } from '../measure.ts'
import type { CallRound } from './calls.ts'
import { alternate, times } from './rounds.ts'
import type { Stage } from './stage.ts'

/**
 * Two thousand signals at once, each to an instance of its own and each answered, until all are: the engine has two commits
 * under way, of 1,000 instances each. Against pgbench's single statement at 32 clients, and against statements that write the
 * same rows, a thousand each and two commits at once, into tables like ours.
 */
const together = 1_000

export async function bulk(stage: Stage): Promise<Figures> {
  const { hub, raw, single, quick, say } = stage
  const [rounds, milliseconds] = quick ? [2, 1_000] : [7, 2_000]
  const all = await alternate(
    rounds,
    {
      own: async () => (await hub.ask<CallRound>({ do: 'bulk', callers: 2 * together, milliseconds })).rate,
      raw: async () => (await raw.ask<CallRound>({ do: 'bulk', rows: together, milliseconds })).rate,
      pgbench: () => single.rate(32, milliseconds),
    },
    (round) =>
      say(
        `bulk: ${round.own.toFixed(0)}/s, raw ${round.raw.toFixed(0)}/s, ${single.name} ${round.pgbench.toFixed(0)}/s`,
      ),
  )
  return {
    'engine.bulk_per_s': figure(all.own, '1/s'),
    'engine.bulk_vs_raw': times(all.own, { name: 'raw multi-row statements', rates: all.raw }, 0.55),
    'engine.bulk_vs_pgbench': times(all.own, { name: `${single.name}, 32 clients`, rates: all.pgbench }, 3.5),
  }
}
