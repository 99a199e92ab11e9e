import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildAgent, bundlePath } from '../../agent/build.ts'
import { placeOrder, settledOrder } from '../journeys/household.ts'
import type { HubProcess } from '../support/hub-process.ts'
import { startBenchAgent, startNode, stop, temporaryDirectory } from './bench-agent.ts'
import { benchHub, publish } from './bench-hub.ts'
import { figure, median, type Bench, type BenchOptions, type Figures } from './measure.ts'
import { oneFileService } from './one-file-service.ts'
import { peakMemory, residentMemory } from './process-figures.ts'

/**
 * The agent as devices get it, one bundled file: its size; its resident memory enrolled, connected and idle, and at most
 * during a download of 100 MB; each against a Node process of the same version that runs an empty timer.
 */

const size = 100_000_000
/** How long a process is left alone before its memory is read, milliseconds. */
const rest = 2_500

export const bench: Bench = async (options) => {
  const { compressed } = await buildAgent()
  const bundle = figure([compressed / 1024], 'KiB', { goal: '≤ 60 KiB', against: 'gzip -9' })
  const figures: Figures = { 'agent.bundle_gz': bundle }
  if (process.platform !== 'linux') {
    options.say('memory is left out: there is no /proc')
    return figures
  }
  const hub = await benchHub(options)
  const service = oneFileService(size)
  await publish(hub, service)
  const bare: number[] = []
  const idle: number[] = []
  const peak: number[] = []
  for (let run = 1; run <= (options.quick ? 1 : 5); run++) {
    bare.push(await bareNode(options))
    const measured = await agent(options, hub, service.id)
    idle.push(measured.idle)
    peak.push(measured.peak)
    options.say(
      `run ${run}: bare ${bare.at(-1)!.toFixed(1)} MB, idle ${measured.idle.toFixed(1)}, peak ${measured.peak.toFixed(1)}`,
    )
  }
  const against = `bare Node ${median(bare).toFixed(1)} MB`
  const compared = (values: readonly number[], goal: string) =>
    figure(values, 'MB', { against, ratio: median(values.map((value, run) => value / bare[run]!)), goal })
  return {
    ...figures,
    'agent.rss_vs_bare_node': compared(idle, 'ratio ≤ 1.15'),
    'agent.rss_download_vs_bare_node': compared(peak, 'ratio ≤ 1.9'),
  }
}

/** Resident MB of a Node process that does nothing. */
async function bareNode(options: BenchOptions): Promise<number> {
  const directory = await temporaryDirectory(options)
  const script = join(directory, 'bare.mjs')
  await writeFile(script, 'setInterval(() => {}, 1_000)\n')
  const child = startNode(options, [script])
  await sleep(rest)
  const resident = residentMemory(child.pid!)! / 1e6
  await stop(child)
  return resident
}

/** MB of one agent in a fresh directory. @throws Error when it does not enrol or install in time */
async function agent(options: BenchOptions, hub: HubProcess, service: string): Promise<{ idle: number; peak: number }> {
  const { pid, household, ...started } = await startBenchAgent(options, hub, bundlePath)
  await sleep(rest)
  const idle = residentMemory(pid)! / 1e6
  // proc(5): 5 sets the peak back to what is resident now, so that the start does not count.
  await writeFile(`/proc/${pid}/clear_refs`, '5')
  const { state } = await settledOrder(hub, (await placeOrder(hub, household, 'add', service)).id)
  if (state !== 'completed') throw new Error(`the order ended ${state}`)
  const peak = peakMemory(pid)! / 1e6
  await started.stop()
  return { idle, peak }
}
