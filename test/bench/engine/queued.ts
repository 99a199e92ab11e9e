import { figure, median, type Figures } from '../measure.ts'
import { startProgram, type Program } from './program.ts'
import { tried, type BatchSettings, type QueueQuestion } from './queue-loads.ts'
import { alternate, times } from './rounds.ts'
import type { Stage } from './stage.ts'

/**
 * Signals put into mailboxes a thousand to a transaction, while the engine takes them: enqueue, transition and history together,
 * from the first put in to the last taken. The job queues hold jobs that do nothing: theirs is enqueue, fetch and complete, by
 * their own multi-row calls with the batch sizes that suit each best; a state and its history they would have to write besides.
 */
export async function queued(stage: Stage): Promise<Figures> {
  const { hub, quick, say } = stage
  const [rounds, signals] = quick ? [2, 5_000] : [5, 20_000]
  const boss = await openQueue(stage, 'pg-boss-process.ts', 'bench_pg_boss', signals)
  const graphile = await openQueue(stage, 'graphile-process.ts', 'bench_graphile', signals)
  const all = await alternate(
    rounds,
    {
      own: () => hub.ask<number>({ do: 'queued', signals, each: 1_000 }),
      boss: () => boss.rate(signals),
      graphile: () => graphile.rate(signals),
    },
    (round) =>
      say(
        `queued: ${round.own.toFixed(0)}/s, pg-boss ${round.boss.toFixed(0)}/s, Graphile Worker ${round.graphile.toFixed(0)}/s`,
      ),
  )
  await Promise.all([boss.stop(), graphile.stop()])
  const best =
    median(all.boss) > median(all.graphile)
      ? { name: `pg-boss (${boss.settings})`, rates: all.boss }
      : { name: `Graphile Worker (${graphile.settings})`, rates: all.graphile }
  return {
    'engine.queued_per_s': figure(all.own, '1/s'),
    'engine.queued_vs_best_queue': times(all.own, best, 1),
  }
}

interface Queue {
  /** That it was best with, in words. */
  readonly settings: string
  rate(jobs: number): Promise<number>
  stop(): Promise<void>
}

/** A queue in a database of its own, with the settings that it is fastest with. */
async function openQueue(stage: Stage, file: string, name: string, jobs: number): Promise<Queue> {
  const program: Program<QueueQuestion> = startProgram(file, stage.resources)
  await program.ask({ do: 'start', url: await stage.server.create(name) })
  const rate = (settings: BatchSettings): Promise<number> => program.ask<number>({ do: 'queued', jobs, ...settings })
  await rate(tried[0]!)
  let best: BatchSettings = tried[0]!
  let most = 0
  for (const settings of tried) {
    const reached = await rate(settings)
    if (reached > most) [best, most] = [settings, reached]
  }
  const settings = `${best.each} put in and ${best.fetched} taken at once`
  return { settings, rate: () => rate(best), stop: () => program.stop() }
}
