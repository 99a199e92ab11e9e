import type { SutlerClient } from '@sutler/client'
import { quantile, type Figures } from '../measure.ts'

/** What people type, by what it finds in the fleet of this bench. */
const typed: Readonly<Record<string, string>> = {
  'one serial number': 'SN-0000004711',
  'the begin of serial numbers': 'sn-00000047',
  'the begin of all serial numbers': 'SN-0',
  'inside of a serial number': '04711',
  'a name that a thousand have': 'phone 777',
  'a name that a third have': 'gateway',
  'one MAC address': '0050.0000.1267',
  'the begin of all MAC addresses': '00:50:00',
  'one household': 'household 12345',
  'one id': 'dev-0000004711',
  'two letters': 'ph',
  nothing: 'quixotic',
}

/** p99 of a search of all kinds, over HTTP. */
export async function searches(api: SutlerClient, rounds: number, say: (line: string) => void): Promise<Figures> {
  const all: number[] = []
  const figures: Figures = {}
  for (const [name, q] of Object.entries(typed)) {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) {
      const began = performance.now()
      await api.GET('/api/v1/search', { params: { query: { q } } })
      // The first one of all finds cold caches.
      if (round > 0) times.push(performance.now() - began)
    }
    all.push(...times)
    say(`search for ${name}: p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`)
    figures[`fleet.search ${name}`] = p99(times)
  }
  figures['fleet.search'] = { ...p99(all), goal: 'p99 < 200 ms' }
  return figures
}

function p99(times: readonly number[]) {
  const ends = { min: Math.min(...times), max: Math.max(...times) }
  return { value: quantile(times, 0.99), unit: 'ms p99', ...ends, runs: times.length }
}
