import { sameUnit, type Input, type InstallOutput, type QueuedOutput, type RemoveOutput } from '@sutler/device-model'
import { AgentRefusal } from '../errors.ts'
import { saidOf } from '../mapping/commands.ts'
import type { Inventory } from '../mapping/inventory.ts'
import type { OperateResp } from '../wire/index.ts'
import type { Work } from './memory.ts'

/** An install or removal as it is queued. */
export type WorkOutput = QueuedOutput & { readonly output: InstallOutput | RemoveOutput }

/** How an Operate was answered. */
export interface CommandAnswer {
  /** Of an asynchronous command, its request object; '' when it has ended already. */
  readonly request: string
}

/** @throws AgentRefusal when the command did not begin (`cmd_failure`) */
export function answerOf({ operationResults }: OperateResp): CommandAnswer {
  const answer = operationResults[0]?.operationResp
  if (answer?.case === 'reqObjPath') return { request: answer.value.endsWith('.') ? answer.value : `${answer.value}.` }
  if (answer?.case === 'cmdFailure')
    throw new AgentRefusal(answer.value.errCode, answer.value.errMsg || 'it says no more')
  return { request: '' }
}

/** Whether the device shows what the work is about: installed, or gone. */
export function holds(inventory: Inventory, work: Work): boolean {
  const said = saidOf(inventory, work)
  return work.kind === 'remove' ? said === null : said !== null && work.unit !== null && sameUnit(said.unit, work.unit)
}

export function workOf({ id, output }: WorkOutput, uuid: string, tries: number): Work {
  const { kind, delivery, epoch, service, role } = output
  const unit = output.kind === 'install' ? output.reports : output.unit
  const about = { kind, output: id, delivery, epoch, service, role, unit, uuid }
  return { ...about, key: `${delivery}.${tries}`, tries, stage: 'asked', target: '', request: '' }
}

export function acceptedOf({ delivery, epoch }: Work): Input {
  return { id: `${delivery}-${epoch}-accepted`, kind: 'accepted', delivery }
}

export function progressOf({ delivery, epoch }: Work, stage: 'installing' | 'restarting'): Input {
  return { id: `${delivery}-${epoch}-${stage}`, kind: 'progress', delivery, stage, done: 0, total: 0 }
}
