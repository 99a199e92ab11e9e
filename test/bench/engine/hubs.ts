import type { Figures } from '../measure.ts'
import { cpuSeconds, familyCpuSeconds } from '../process-figures.ts'
import type { CallRound } from './calls.ts'
import { instances } from './population.ts'
import { startHub, type Hub } from './program.ts'
import { alternate, times } from './rounds.ts'
import type { Stage } from './stage.ts'

/**
 * Two hubs against one, on the same instances, any of which either may be asked for: with steps that cost the hub's CPU some
 * thirty times what they cost PostgreSQL, so that it is the hubs' processes that limit, not PostgreSQL. Each has its 32 callers.
 */
export async function hubs(stage: Stage): Promise<Figures> {
  const { server, hub, resources, quick, say } = stage
  await hub.ask({ do: 'create', model: 'reckoner', count: instances })
  const second = await startHub(server.url(), resources)
  const milliseconds = quick ? 1_000 : 3_000
  const rate = async (...asked: Hub[]): Promise<number> => {
    const question = { do: 'call', model: 'reckoner', callers: 32, milliseconds } as const
    const rounds = await Promise.all(asked.map((one) => one.ask<CallRound>(question)))
    return rounds.reduce((sum, round) => sum + round.rate, 0)
  }
  const used = { hubs: 0, server: 0, seconds: 0 }
  const both = async (): Promise<number> => {
    const now = () => ({ hubs: cpuSeconds(hub.pid) + cpuSeconds(second.pid), server: familyCpuSeconds(server.pid) })
    const before = now()
    const result = await rate(hub, second)
    const after = now()
    used.hubs += after.hubs - before.hubs
    used.server += after.server - before.server
    used.seconds += milliseconds / 1_000
    return result
  }
  const all = await alternate(quick ? 2 : 7, { one: () => rate(hub), both }, ({ one, both: two }) =>
    say(`hubs: one ${one.toFixed(0)}/s, two ${two.toFixed(0)}/s`),
  )
  await second.stop()
  const cores = (seconds: number): string => `${(seconds / used.seconds).toFixed(2)} cores`
  const limit = `CPU: two hubs had ${cores(used.hubs)}, PostgreSQL ${cores(used.server)}`
  const result = times(all.both, { name: 'one hub', rates: all.one }, 1.6, limit)
  return { 'engine.two_hubs': { ...result, against: `${result.against}; ${limit}` } }
}
