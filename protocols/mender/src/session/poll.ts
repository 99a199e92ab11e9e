import { cancelled, installed } from '../mapping/outcomes.ts'
import { artifactName, artifactNameFor, unitsOf } from '../mapping/units.ts'
import { endedAs, providing, type Memory } from './memory.ts'
import type { InstallOutput, QueuedOutput } from '@sutler/device-model'
import type { NextRequest } from '../wire/next.ts'
import type { Known, Plan } from './plan.ts'

export interface PollPlan extends Plan {
  /** What the device is to install now. */
  readonly offer: Install | null
  /** The output that asks what the device is, if one does: its report, as far as it is known, is the answer. */
  readonly reportWanted: number | null
}

export type Install = QueuedOutput & { readonly output: InstallOutput }

type Draft = { -readonly [key in keyof Plan]: Plan[key] extends readonly (infer T)[] ? T[] : Plan[key] }

/**
 * Decides about one `deployments/next`. A device that asks has nothing under way: what it was given before has ended, or is
 * forgotten and is given again. Pure.
 * @param queue the device's outputs that are still to be done, oldest first
 */
export function planPoll({ memory, version }: Known, queue: readonly QueuedOutput[], said: NextRequest): PollPlan {
  const draft: Draft = { memory: providing(memory, said.deviceType, said.provides), inputs: [], taken: [] }
  if (draft.memory !== memory)
    draft.inputs.push({
      id: `m-provides-${version}`,
      kind: 'inventory',
      units: unitsOf(new Map(draft.memory.provides)),
    })
  for (const { id, output } of queue) {
    if (output.kind === 'cancel') settleCancel(draft, { id, delivery: output.delivery }, queue, said)
    if (output.kind === 'ping') draft.inputs.push({ id: `m${id}-pong`, kind: 'pong' })
    if (output.kind !== 'install') draft.taken.push(id)
  }
  const offer = queue.filter(isInstall).find(({ id }) => !draft.taken.includes(id)) ?? null
  if (draft.memory.open !== null && draft.memory.open.id !== offer?.id) draft.memory = endedAs(draft.memory, 'aborted')
  if (offer !== null) draft.memory = opened(draft.memory, offer)
  const asking = queue.find(({ output }) => output.kind === 'query-capabilities')
  return { ...draft, offer, reportWanted: asking?.id ?? null }
}

function isInstall(queued: QueuedOutput): queued is Install {
  return queued.output.kind === 'install'
}

interface Cancel {
  readonly id: number
  readonly delivery: string
}

/** It was never begun, has gone back, or came too late: the artifact that is in place tells. */
function settleCancel(draft: Draft, cancel: Cancel, queue: readonly QueuedOutput[], said: NextRequest): void {
  const { open, ended } = draft.memory
  const { delivery } = cancel
  const dropped = queue.filter(isInstall).filter(({ output }) => output.delivery === delivery)
  draft.taken.push(...dropped.map(({ id }) => id))
  if (ended.some((one) => one.delivery === delivery)) return
  if (open?.delivery !== delivery) {
    draft.inputs.push(cancelled(dropped[0]?.id ?? cancel.id, delivery))
    return
  }
  const late = open.begun && said.provides.get(artifactName) === open.artifact
  draft.inputs.push(late ? installed(open, 'artifact_name in deployments/next') : cancelled(open.id, delivery))
  draft.memory = endedAs(draft.memory, late ? 'success' : 'aborted')
}

function opened(memory: Memory, { id, output }: Install): Memory {
  if (memory.open?.id === id) return memory
  const { delivery, bytes, reports } = output
  return { ...memory, open: { id, delivery, artifact: artifactNameFor(reports), bytes, begun: false } }
}
