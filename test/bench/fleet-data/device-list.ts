import type { SutlerClient } from '@sutler/client'
import { setTimeout as wait } from 'node:timers/promises'
import { quantile, type Figure, type Figures } from '../measure.ts'
import { filters } from './filters.ts'

const callers = 50

/** What the callers ask for, in turns. */
const asked = [
  'everything',
  'a third',
  'a version in place',
  'a household by name',
  'tagged',
  'on a floor',
  'one serial number',
]

/**
 * The list of devices, a filter and a page of 50 with the reports, asked by 50 callers at once: who each ask once a second, as
 * people and consoles do; and who ask again as soon as they are answered, so that the hub is never idle and what is told is how
 * many answers a second it gives.
 */
export async function deviceList(api: SutlerClient, rounds: number, say: (line: string) => void): Promise<Figures> {
  const ask = async (turn: number): Promise<number> => {
    const began = performance.now()
    const filter = filters[asked[turn % asked.length]!]!
    await api.GET('/api/v1/devices', { params: { query: { filter, limit: 50 } } })
    return performance.now() - began
  }
  for (let turn = 0; turn < asked.length * 2; turn++) await ask(turn)

  const paced = await each(async (caller) => {
    const times: number[] = []
    await wait((caller * 1000) / callers)
    for (let round = 0; round < rounds; round++) {
      const time = await ask(caller + round)
      times.push(time)
      await wait(Math.max(0, 1000 - time))
    }
    return times
  })
  const began = performance.now()
  const pressed = await each(async (caller) => {
    const times: number[] = []
    for (let round = 0; round < rounds; round++) times.push(await ask(caller + round))
    return times
  })
  const rate = pressed.length / ((performance.now() - began) / 1000)
  say(`50 callers once a second: p99 ${quantile(paced, 0.99).toFixed(0)} ms; without a pause: ${rate.toFixed(0)}/s`)
  return {
    'fleet.list of 50 callers': late(paced, 'p99 < 100 ms'),
    'fleet.list of 50 callers without a pause': late(pressed),
    'fleet.lists a second': { value: rate, unit: '/s', min: rate, max: rate, runs: 1 },
  }
}

async function each(work: (caller: number) => Promise<number[]>): Promise<number[]> {
  return (await Promise.all(Array.from({ length: callers }, (_, caller) => work(caller)))).flat()
}

function late(times: readonly number[], goal?: string): Figure {
  const [value, min, max] = [quantile(times, 0.99), Math.min(...times), Math.max(...times)]
  return { value, unit: 'ms p99', min, max, runs: times.length, ...(goal === undefined ? {} : { goal }) }
}
