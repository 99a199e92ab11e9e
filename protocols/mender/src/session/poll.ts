import { cancelled } from '../mapping/outcomes.ts'
import { unitsOf } from '../mapping/units.ts'
import { endedAs, providing, type Memory } from './memory.ts'
import { choose, given, isInstall, type Install } from './offer.ts'
import { proved } from './proof.ts'
import type { Input, QueuedOutput } from '@sutler/device-model'
import type { NextRequest } from '../wire/next.ts'
import type { Known, Plan } from './plan.ts'

export interface PollPlan extends Plan {
  /** What the device is to install now. */
  readonly offer: Install | null
  /** The output that asks what the device is, if one does: its report, as far as it is known, is the answer. */
  readonly reportWanted: number | null
}

interface Draft {
  memory: Memory
  inputs: Input[]
  taken: number[]
}

/**
 * Decides about one `deployments/next`. A device that asks has nothing under way: what it was given before has ended, or is
 * forgotten and is given again. Pure.
 * @param queue the device's outputs that are still to be done
 */
export function planPoll({ memory, version }: Known, queue: readonly QueuedOutput[], said: NextRequest): PollPlan {
  const draft: Draft = { memory: providing(memory, said.deviceType, said.provides), inputs: [], taken: [] }
  if (draft.memory !== memory) {
    const units = unitsOf(new Map(draft.memory.provides))
    draft.inputs.push({ id: `m-provides-${version}`, kind: 'inventory', units })
  }
  add(draft, proved(draft.memory, 'artifact_name and provides in deployments/next'))
  for (const { id, output } of queue) {
    if (output.kind === 'cancel') settleCancel(draft, { id, delivery: output.delivery }, queue)
    if (output.kind === 'ping') draft.inputs.push({ id: `m${id}-pong`, kind: 'pong' })
    if (output.kind !== 'install') draft.taken.push(id)
  }
  const open = queue.filter(isInstall).filter(({ id }) => !draft.taken.includes(id))
  const { offer, dropped, inputs } = choose(draft.memory, open)
  add(draft, { memory: draft.memory, inputs, taken: dropped })
  if (draft.memory.open !== null && draft.memory.open.id !== offer?.id) draft.memory = endedAs(draft.memory, 'aborted')
  if (offer !== null) draft.memory = given(draft.memory, offer)
  const asking = queue.find(({ output }) => output.kind === 'query-capabilities')
  return { ...draft, offer, reportWanted: asking?.id ?? null }
}

function add(draft: Draft, plan: Plan | null): void {
  if (plan === null) return
  draft.memory = plan.memory
  draft.inputs.push(...plan.inputs)
  draft.taken.push(...plan.taken)
}

/** What is cancelled was never begun, has gone back, or is in place already and has been proved. */
function settleCancel(
  draft: Draft,
  { id, delivery }: { readonly id: number; readonly delivery: string },
  queue: readonly QueuedOutput[],
): void {
  const { open, ended } = draft.memory
  const dropped = queue.filter(isInstall).filter(({ output }) => output.delivery === delivery)
  draft.taken.push(...dropped.map((install) => install.id))
  if (ended.some((one) => one.delivery === delivery)) return
  const ours = open?.delivery === delivery
  draft.inputs.push(cancelled(ours ? open.id : (dropped[0]?.id ?? id), delivery))
  if (ours) draft.memory = endedAs(draft.memory, 'aborted')
}
