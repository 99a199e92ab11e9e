import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClaim, createHousehold } from '../journeys/household.ts'
import type { HubProcess } from '../support/hub-process.ts'
import { answer } from '@sutler/client'
import { until } from '../support/until.ts'
import type { BenchOptions } from './measure.ts'

/** An agent in a process and a household of its own, enrolled and connected. */
export interface BenchAgent {
  readonly pid: number
  readonly household: string
  stop(): Promise<void>
}

/** @param bundle the agent in one file @throws Error when it does not enrol in time */
export async function startBenchAgent(options: BenchOptions, hub: HubProcess, bundle: string): Promise<BenchAgent> {
  const directory = await temporaryDirectory(options)
  const household = await createHousehold(hub)
  const claim = await createClaim(hub, household)
  const words = ['--hub', hub.secure.url, '--claim', claim, '--dir', directory, '--class', 'set-top-box', '--json-log']
  const child = startNode(options, [bundle, ...words])
  const query = { household }
  await until(
    async () => {
      const [device] = answer(await hub.api.GET('/api/v1/devices', { params: { query } })).items
      return device?.reachable === true && device.capabilities !== null
    },
    { deadline: 60_000, what: 'the agent is connected' },
  )
  return { pid: child.pid!, household, stop: () => stop(child) }
}

/** Node with these arguments and nothing else, ended with the bench's resources. */
export function startNode({ resources }: BenchOptions, words: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [...words], { stdio: 'ignore' })
  resources.defer(() => stop(child))
  return child
}

export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

export async function temporaryDirectory({ resources }: BenchOptions): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-bench-'))
  resources.defer(() => rm(directory, { recursive: true, force: true }))
  return directory
}
