import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { answer } from '@sutler/client'
import { buildAgent, bundlePath } from '../../agent/build.ts'
import { placeOrder, settledOrder } from '../journeys/household.ts'
import { until } from '../support/until.ts'
import { startBenchAgent } from './bench-agent.ts'
import { benchHub, publish, publishVersion } from './bench-hub.ts'
import { figure, type Bench, type Figures } from './measure.ts'
import { oneFileService } from './one-file-service.ts'
import { peakMemory } from './process-figures.ts'
import type { BenchService } from './small-service.ts'

/**
 * A file of 32 MB of which 200 places change: the patch's size, how long after publishing the hub has made it, how long the update takes
 * by patch and (by an edited file that has none yet) whole, and the agent's memory meanwhile.
 */

const size = 32_000_000
const edits = 200

export const bench: Bench = async (options) => {
  await buildAgent()
  const hub = await benchHub(options)
  const first = oneFileService(size)
  await publish(hub, first)
  const { household, pid, stop } = await startBenchAgent(options, hub, bundlePath)
  const order = async (
    action: 'add' | 'modify',
    version: string,
  ): Promise<{ seconds: number; peak: number | null }> => {
    if (process.platform === 'linux') await writeFile(`/proc/${pid}/clear_refs`, '5')
    const begun = performance.now()
    const { id } = await placeOrder(hub, household, action, first.id, { version })
    const { state } = await settledOrder(hub, id)
    if (state !== 'completed') throw new Error(`the order ended ${state}`)
    const peak = peakMemory(pid)
    return { seconds: (performance.now() - begun) / 1000, peak: peak === null ? null : peak / 1e6 }
  }
  const whole = await order('add', '1.0.0')
  const published = performance.now()
  await publishVersion(hub, edited(first, '1.1.0'))
  const usage = await until(
    async () => {
      const { patches } = answer(await hub.api.GET('/api/v1/blobs/usage'))
      return patches.blobs === 1 ? patches : null
    },
    { deadline: 120_000, what: 'the patch is made' },
  )
  const made = (performance.now() - published) / 1000
  const patched = await order('modify', '1.1.0')
  await stop()
  options.say(
    `${usage.bytes} of ${size} bytes; whole ${whole.seconds.toFixed(2)} s, patched ${patched.seconds.toFixed(2)} s`,
  )
  const figures: Figures = {
    'patches.size': figure([usage.bytes / 1000], 'KB', {
      against: `whole file ${size / 1000} KB`,
      ratio: usage.bytes / size,
      goal: 'ratio ≤ 0.5',
    }),
    'patches.made_after': figure([made], 's', { against: 'from the upload; looked for every 15 s' }),
    'patches.update': figure([patched.seconds], 's', {
      against: `whole ${whole.seconds.toFixed(2)} s, over loopback`,
      ratio: patched.seconds / whole.seconds,
    }),
  }
  if (patched.peak === null || whole.peak === null) return figures
  const against = `whole ${whole.peak.toFixed(1)} MB`
  return { ...figures, 'patches.agent_peak_memory': figure([patched.peak], 'MB', { against, goal: '≤ 196 MB' }) }
}

/** The next version: the same file with four bytes changed at so many places, evenly spread. */
function edited({ files, ...service }: BenchService, version: string): BenchService {
  const content = Buffer.from([...files.values()][0]!)
  for (let edit = 0; edit < edits; edit++) {
    const at = Math.floor(((edit + 0.5) * size) / edits)
    content.writeInt32LE(~content.readInt32LE(at), at)
  }
  const digest = createHash('sha256').update(content).digest('hex')
  const components = service.composition.components.map((component) => ({
    ...component,
    files: component.files.map((file) => ({ ...file, digest })),
  }))
  return {
    ...service,
    composition: { ...service.composition, version, components },
    files: new Map([[digest, content]]),
  }
}
