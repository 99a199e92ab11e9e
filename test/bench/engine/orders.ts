import { figure, type Figures } from '../measure.ts'
import type { Stage } from './stage.ts'

/** Two-level instances in bulk: 1,000 orders in one transaction, each with a subinstance, a timer and a transactional task. */
export async function orders({ hub, quick, say }: Stage): Promise<Figures> {
  const rates: number[] = []
  for (let round = 0; round <= (quick ? 2 : 6); round++) {
    const rate = await hub.ask<number>({ do: 'orders', orders: 1_000, round })
    // The first warms up.
    if (round > 0) rates.push(rate)
  }
  const figures = { 'engine.orders_per_s': figure(rates, '1/s', { against: 'two-level instances in bulk' }) }
  say(`orders: ${figures['engine.orders_per_s'].value.toFixed(0)}/s`)
  return figures
}
