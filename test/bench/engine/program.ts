import { startProcess, type BenchProcess } from '../bench-process.ts'
import type { BenchOptions } from '../measure.ts'
import type { HubQuestion } from './hub-process.ts'
import type { RawQuestion } from './raw-process.ts'

/** A program of this folder, ended with the bench's resources; `Question` is what it answers. */
export interface Program<Question extends object> {
  readonly pid: number
  ask<Answer = void>(question: Question): Promise<Answer>
  stop(): Promise<void>
}

export type Hub = Program<HubQuestion>
export type Raw = Program<RawQuestion>

/** @param file in this folder */
export function startProgram<Question extends object>(
  file: string,
  resources: BenchOptions['resources'],
): Program<Question> {
  const program: BenchProcess = startProcess(`engine/${file}`, ['--expose-gc'])
  resources.defer(() => program.stop())
  return program
}

/** A hub's engine at work on a database. */
export async function startHub(
  url: string,
  resources: BenchOptions['resources'],
  options: { readonly keepHistory?: number } = {},
): Promise<Hub> {
  const hub = startProgram<HubQuestion>('hub-process.ts', resources)
  await hub.ask({ do: 'start', url, ...options })
  return hub
}
