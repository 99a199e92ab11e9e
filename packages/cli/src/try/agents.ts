import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answer, type SutlerClient } from '@sutler/client'
import { CommandError } from '../command-error.ts'
import { runProgram, type RunningProgram } from './process.ts'

export interface TriedDevice {
  readonly class: string
  /** Where its agent keeps everything. */
  readonly directory: string
  readonly agent: RunningProgram
}

/** Nothing here may take longer, milliseconds. */
export const startDeadline = 90_000
const lookEvery = 150

export const agentProgram = fileURLToPath(new URL('../../../../agent/src/main.ts', import.meta.url))

/** Where simulated devices are to be. */
export interface Place {
  readonly api: SutlerClient
  readonly url: string
  readonly directory: string
  readonly household: string
}

/** Starts an agent of each class, with a claim of the household. */
export async function startAgents(
  { api, url, directory, household }: Place,
  running: RunningProgram[],
  classes: readonly string[],
): Promise<Map<string, TriedDevice>> {
  const body = { household, uses: classes.length }
  const { claim } = answer(await api.POST('/api/v1/claims', { body }))
  const agents = new Map<string, TriedDevice>()
  for (const name of classes) {
    const own = join(directory, name)
    await mkdir(own, { recursive: true })
    const to = ['--hub', url, '--claim', claim, '--dir', own]
    const as = ['--class', name, '--serial', `try-${name}`, '--restart', 'exit', '--json-log']
    const agent = runProgram([agentProgram, ...to, ...as])
    running.push(agent)
    agents.set(name, { class: name, directory: own, agent })
  }
  return agents
}

/** Waits until the hub has heard of each of these devices what it is. */
export async function reported(
  api: SutlerClient,
  household: string,
  agents: ReadonlyMap<string, TriedDevice>,
  stop: AbortSignal,
): Promise<[string, TriedDevice][]> {
  const query = { household, limit: 200 }
  const end = performance.now() + startDeadline
  const dead = Promise.race(
    [...agents.values()].map(({ agent, class: name }) =>
      agent.failed.catch((cause: unknown) => {
        throw impossible(
          `the ${name} did not start: ${(cause as Error).message}`,
          agent.tail.slice(-3).join(' '),
          cause,
        )
      }),
    ),
  )
  // Told by the race below; between two of its rounds nobody listens.
  dead.catch(() => {})
  for (;;) {
    const { items } = answer(await api.GET('/api/v1/devices', { params: { query } }))
    const here = items.filter((device) => agents.has(device.class) && device.reachable && device.capabilities !== null)
    if (here.length === agents.size) return here.map((device) => [device.id, agents.get(device.class)!])
    if (performance.now() > end)
      throw impossible('the simulated devices did not come up in time', 'Try again when the machine is less busy.')
    await Promise.race([dead, pause(lookEvery, stop)])
  }
}

/** @throws the signal's reason when it is stopped */
export function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    stop.throwIfAborted()
    const cut = (): void => {
      clearTimeout(timer)
      reject(stop.reason as Error)
    }
    const timer = setTimeout(() => {
      stop.removeEventListener('abort', cut)
      resolve()
    }, milliseconds)
    stop.addEventListener('abort', cut, { once: true })
  })
}

export function impossible(message: string, remedy: string, cause?: unknown): CommandError {
  return new CommandError('try-impossible', message, remedy || 'Run it again.', cause)
}
