import { startProcess } from '../bench-process.ts'
import type { LoadAnswer, LoadQuestion } from '../load-process.ts'
import { figure, median, type BenchOptions, type Figure } from '../measure.ts'
import { cpuSeconds } from '../process-figures.ts'

/** Devices that ask at once. */
export const connections = 48

export interface Asked {
  /** Of the hub's process, whose CPU time is measured. */
  readonly hub: { readonly port: number; readonly pid: number }
  /** Head and body, as the device sends them; or those of many devices. */
  readonly request: string | readonly string[]
  readonly status: number | readonly number[]
  /** Requests that make one of what is counted; 1 by default. */
  readonly per?: number
  /** What the bare server answers, which looks at nothing. */
  readonly bare: { readonly headers: Readonly<Record<string, string>>; readonly body: string }
}

/**
 * One request of a device, asked again and again on connections that are kept alive, beside a bare `node:http` server of the same
 * answer in a process of its own. Rounds alternate. @returns the rate, and the CPU time of one
 */
export async function requests(
  { hub, request, status, per = 1, bare }: Asked,
  { quick, resources }: BenchOptions,
  goal: string,
): Promise<{ readonly rate: Figure; readonly cpu: Figure }> {
  const server = startProcess('raw-json-server.ts')
  const load = startProcess('load-process.ts')
  for (const program of [server, load]) resources.defer(() => program.stop())
  const port = await server.ask<number>({ ...bare, status: [status].flat()[0]! })
  const own = { port: hub.port, pid: hub.pid, rates: [] as number[], answered: 0, cpu: 0 }
  const other = { port, pid: server.pid, rates: [] as number[], answered: 0, cpu: 0 }
  const [rounds, milliseconds] = quick ? [6, 400] : [15, 700]
  // The first round warms all of them up.
  for (let round = 0; round <= rounds; round++)
    for (const side of [other, own]) {
      const before = cpuSeconds(side.pid)
      const expected = side === own ? status : [status].flat()[0]!
      const question: LoadQuestion = { port: side.port, request, connections, milliseconds, status: expected }
      const { answered, seconds } = await load.ask<LoadAnswer>(question)
      if (round === 0) continue
      side.rates.push(answered / per / seconds)
      side.answered += answered / per
      side.cpu += cpuSeconds(side.pid) - before
    }
  const ratio = median(own.rates.map((rate, round) => rate / other.rates[round]!))
  const [micros, bareMicros] = [own, other].map(({ cpu, answered }) => (cpu * 1e6) / answered) as [number, number]
  return {
    rate: figure(own.rates, '1/s', { against: `bare node:http ${median(other.rates).toFixed(0)} 1/s`, ratio, goal }),
    cpu: figure([micros], 'µs', { against: `bare node:http ${bareMicros.toFixed(0)} µs`, ratio: micros / bareMicros }),
  }
}
