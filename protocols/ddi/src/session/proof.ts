import { sameUnit, type Input } from '@sutler/device-model'
import { provedOutcome } from '../mapping/inputs.ts'
import { memoryBounds, type Action, type Memory, type Unproved } from './memory.ts'

/** By what a success is judged that no later report bears out. */
const lastReport = 'its last report, after closed, success'

/** What a step leaves behind. */
interface Step {
  readonly memory: Memory
  readonly inputs: readonly Input[]
}

/**
 * The device has closed an action as a success. One that says what it runs is believed when it says so next; of one that never does, the
 * word on the action is all there is: the action is bound to the version by the digests in its document. Pure.
 */
export function succeeded(memory: Memory, action: Action, word: string, detail: string, now: number): Step {
  const { id, work } = action
  const after: Memory = { ...memory, installed: { id, work }, stale: true }
  if (memory.units === null) {
    const reported = { ...work.reports, by: `closed, success of deploymentBase/${id}` }
    return { memory: after, inputs: [provedOutcome(word, work, reported, detail)] }
  }
  const waiting = { id, work, word, detail, since: now }
  const unproved = [...memory.unproved, waiting]
  const tooMany = unproved.slice(0, -memoryBounds.unproved)
  return {
    memory: { ...after, unproved: unproved.slice(-memoryBounds.unproved) },
    inputs: tooMany.map((each) => outcomeBy(memory, each, lastReport)),
  }
}

/**
 * The device has said what it runs: what is as ordered is proved. What is not may be so only until a restart, so that it has a while yet.
 * Pure. @param by where it said so, in DDI's terms
 */
export function proofsIn(memory: Memory, by: string): Step {
  const proved = memory.unproved.filter(({ work }) => memory.units?.some((unit) => sameUnit(unit, work.reports)))
  if (proved.length === 0) return { memory, inputs: [] }
  const unproved = memory.unproved.filter((each) => !proved.includes(each))
  return { memory: { ...memory, unproved }, inputs: proved.map((each) => outcomeBy(memory, each, by)) }
}

/** Those that have waited too long end with what the device said last. Pure. */
export function overdueProofs(memory: Memory, patience: number, now: number): Step {
  const overdue = memory.unproved.filter(({ since }) => now - since >= patience)
  if (overdue.length === 0) return { memory, inputs: [] }
  const unproved = memory.unproved.filter((each) => !overdue.includes(each))
  return { memory: { ...memory, unproved }, inputs: overdue.map((each) => outcomeBy(memory, each, lastReport)) }
}

function outcomeBy({ units }: Memory, { work, word, detail }: Unproved, by: string): Input {
  const { name } = work.reports
  const version = units?.find((unit) => unit.name === name)?.version
  return provedOutcome(word, work, { name, version: version ?? 'unknown', by }, detail)
}
