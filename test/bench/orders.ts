import { answer } from '@sutler/client'
import type { HubProcess } from '../support/hub-process.ts'
import { benchHub, publish } from './bench-hub.ts'
import { startFleet } from './fleet-client.ts'
import { figure, quantile, type Bench, type Figures } from './measure.ts'
import { smallService } from './small-service.ts'

/**
 * From a household's order to its acknowledgement, which is when it is durable: one caller after the other, and eight at once.
 * Devices are connected and carry the orders out meanwhile.
 */

const service = smallService().id
const callers = [1, 8]

export const bench: Bench = async ({ resources, quick, say }) => {
  const hub = await benchHub({ resources })
  await publish(hub)
  const fleet = startFleet({ resources })
  const devices = quick ? 60 : 300
  await fleet.start({ hub, devices, seed: 0, service: null })
  const households = await householdsOf(hub)
  for (const household of households) await order(hub, household, 'add')
  const figures: Figures = {}
  for (const count of callers) {
    // The first round warms up.
    await round(hub, households, count, 50)
    const rounds: number[][] = []
    for (let n = 0; n < (quick ? 3 : 9); n++) rounds.push(await round(hub, households, count, quick ? 100 : 400))
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const)
      figures[`orders.acknowledged_${count}_${name}`] = figure(
        rounds.map((times) => quantile(times, share)),
        'ms',
        name === 'p99' ? { goal: '< 50 ms' } : {},
      )
    say(`${count} callers: p99 ${rounds.map((times) => quantile(times, 0.99).toFixed(1)).join(', ')} ms`)
  }
  return figures
}

async function householdsOf(hub: HubProcess): Promise<string[]> {
  const page = answer(await hub.api.GET('/api/v1/households', { params: { query: { limit: 200 } } }))
  return page.items.map(({ id }) => id)
}

/** @returns how long each order took, milliseconds */
async function round(hub: HubProcess, households: readonly string[], count: number, orders: number): Promise<number[]> {
  const times: number[] = []
  let next = 0
  const call = async (): Promise<void> => {
    while (next < orders) {
      const household = households[next++ % households.length]!
      const began = performance.now()
      await order(hub, household, 'modify')
      times.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: count }, call))
  return times
}

async function order(hub: HubProcess, household: string, action: 'add' | 'modify'): Promise<void> {
  answer(await hub.api.POST('/api/v1/orders', { body: { household, items: [{ action, service }] } }))
}
