import { answer, type SutlerClient } from '@sutler/client'
import { quantile, figure, type Figures } from '../measure.ts'

const sorts = ['name', '-name', '-presence'] as const

/** What the console's first pages ask for: the fleet in numbers, counted anew and remembered, and lists that are sorted. */
export async function overview(api: SutlerClient, rounds: number, say: (line: string) => void): Promise<Figures> {
  const figures: Figures = {}
  const measured = async (name: string, goal: string, ask: () => Promise<unknown>): Promise<void> => {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      await ask()
      times.push(performance.now() - began)
    }
    figures[`fleet.${name}`] = figure(times, 'ms', { goal })
    say(`${name}: p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`)
  }
  const began = performance.now()
  const { devices } = answer(await api.GET('/api/v1/overview/devices'))
  await api.GET('/api/v1/overview/orders')
  const counting = performance.now() - began
  say(`${devices} devices and all subscriptions counted in ${counting.toFixed(0)} ms`)
  figures['fleet.overview_counted'] = figure([counting], 'ms')
  await measured('overview', 'median < 20 ms', () => api.GET('/api/v1/overview/devices'))
  for (const sort of sorts)
    await measured(`sorted ${sort}`, 'median < 100 ms', () =>
      api.GET('/api/v1/devices', { params: { query: { sort, limit: 50 } } }),
    )
  return figures
}
