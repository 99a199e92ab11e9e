import type { Bench, BenchOptions, Figures } from '../measure.ts'
import { bulk } from './bulk.ts'
import { callers } from './callers.ts'
import { hubs } from './hubs.ts'
import { orders } from './orders.ts'
import { sleepers } from './sleepers.ts'
import { openStage, type Stage } from './stage.ts'
import { queued } from './queued.ts'
import { step } from './step.ts'

/**
 * The engine on the embedded PostgreSQL as a hub runs it, and its peers on the same server. Each hub, peer and load is a process
 * of its own; rounds of all that are compared alternate, so that a busy machine slows down all of them.
 */
const onStage: Readonly<Record<string, (stage: Stage) => Promise<Figures>>> = {
  callers,
  queued,
  bulk,
  orders,
  hubs,
  sleepers,
}

const alone: Readonly<Record<string, (options: BenchOptions) => Promise<Figures>>> = { step }

export const bench: Bench = async (options): Promise<Figures> => {
  const { part } = options
  const names = [...Object.keys(alone), ...Object.keys(onStage)]
  if (part !== null && !names.includes(part)) throw new RangeError(`${part} is no part: ${names.join(', ')}`)
  const wanted = names.filter((name) => part === null || part === name)
  const figures: Figures = {}
  for (const name of wanted.filter((one) => one in alone)) Object.assign(figures, await alone[name]!(options))
  const rest = wanted.filter((name) => name in onStage)
  if (rest.length === 0) return figures
  const stage = await openStage(options)
  for (const name of rest) Object.assign(figures, await onStage[name]!(stage))
  return figures
}
