import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { buildAgent, bundlePath } from '../../../agent/build.ts'
import { placeOrder, settledOrder } from '../../journeys/household.ts'
import type { HubProcess } from '../../support/hub-process.ts'
import { startBenchAgent, temporaryDirectory, type BenchAgent } from '../bench-agent.ts'
import { benchHub, publish, publishVersion } from '../bench-hub.ts'
import { figure, median, type BenchOptions, type Figures } from '../measure.ts'
import { peakMemory, userCpuSeconds } from '../process-figures.ts'
import { manyFilesService } from './many-files-service.ts'

const files = 1_000

/** The same agent, but for the question whether a job is signed: it is never asked. For the comparison only. */
const withoutVerification: Plugin = {
  name: 'without-verification',
  setup(bundler) {
    bundler.onLoad({ filter: /signed\/permits\.ts$/ }, () => ({ contents: 'export class Permits { install() {} }' }))
  },
}

/** Milliseconds of CPU, without the system’s, which copies and syncs the same files in both; MB at the peak. */
interface Upgrade {
  readonly cpu: number
  readonly peak: number
}

/**
 * What verifying costs an agent, as devices have it, that upgrades to a version of 1,000 files of which it has the content: TUF's
 * workflow, assignment and join; against the same agent without these. Both install each version, in turns.
 */
export async function verification(options: BenchOptions): Promise<Figures> {
  if (process.platform !== 'linux') {
    options.say('verification is left out: there is no /proc')
    return {}
  }
  const { quick, say } = options
  const bare = join(await temporaryDirectory(options), 'without-verification.cjs')
  await buildAgent(bundlePath)
  await buildAgent(bare, [withoutVerification])
  const hub = await benchHub(options)
  await publish(hub, manyFilesService(files, '1.0.0'))
  const agents = [await startBenchAgent(options, hub, bundlePath), await startBenchAgent(options, hub, bare)] as const
  for (const agent of agents) await install(hub, agent, 'add', '1.0.0')
  const [on, off]: [Upgrade[], Upgrade[]] = [[], []]
  const rounds = quick ? 4 : 11
  // The first is not counted: it compiles what the download did not need.
  for (let round = 0; round <= rounds; round++) {
    const version = `1.0.${round + 1}`
    await publishVersion(hub, { ...manyFilesService(files, version), files: new Map() })
    for (const index of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const upgrade = await install(hub, agents[index], 'modify', version)
      if (round > 0) [on, off][index]!.push(upgrade)
    }
  }
  const figures = {
    'trust.verify_cpu': compared(on, off, 'cpu', 'ms'),
    'trust.verify_peak': compared(on, off, 'peak', 'MB'),
  }
  for (const [name, { value, against }] of Object.entries(figures)) say(`${name} ${value.toFixed(1)}, ${against}`)
  return figures
}

async function install(
  hub: HubProcess,
  { pid, household }: BenchAgent,
  action: 'add' | 'modify',
  version: string,
): Promise<Upgrade> {
  // proc(5): 5 sets the peak back to what is resident now.
  await writeFile(`/proc/${pid}/clear_refs`, '5')
  const before = userCpuSeconds(pid)
  const { id } = await placeOrder(hub, household, action, 'many-files', { version })
  const { state, deliveries } = await settledOrder(hub, id)
  if (state !== 'completed') throw new Error(`the order ended ${state}: ${deliveries[0]?.detail}`)
  return { cpu: (userCpuSeconds(pid) - before) * 1000, peak: peakMemory(pid)! / 1e6 }
}

function compared(on: readonly Upgrade[], off: readonly Upgrade[], what: keyof Upgrade, unit: string) {
  const values = on.map((upgrade) => upgrade[what])
  const without = off.map((upgrade) => upgrade[what])
  const more = median(values.map((value, round) => value - without[round]!))
  return figure(values, unit, {
    against: `without verification ${median(without).toFixed(1)} ${unit}; more by ${more.toFixed(1)}`,
    ratio: median(values.map((value, round) => value / without[round]!)),
  })
}
