import type { Input, Outcome, ProgressStage, Unit } from '@sutler/device-model'
import type { OpenDeployment } from '../session/memory.ts'
import type { DeploymentStatus } from '../wire/status.ts'

/** Inputs about one deployment. Their ids are made of the output's, so that a repeat is recognised. */

export function accepted({ id, delivery }: OpenDeployment): Input {
  return { id: `m${id}-accepted`, kind: 'accepted', delivery }
}

export type Interim = Exclude<DeploymentStatus, 'success' | 'failure' | 'already-installed'>

export function superseded(id: number, delivery: string, by: string): Input {
  const detail = `a newer order for the same service came before it was begun: ${by}`
  return { id: `m${id}-declined`, kind: 'declined', delivery, reason: 'superseded', detail }
}

/** It says that it has installed: what it has is asked of the device itself. */
export function checking({ id, delivery, bytes }: OpenDeployment): Input {
  return { id: `m${id}-success`, kind: 'progress', delivery, stage: 'checking', done: bytes, total: bytes }
}

/** Mender tells stages, not amounts: what lies behind a stage counts as done. */
const stages: Readonly<Record<Interim, { readonly stage: ProgressStage; readonly done: 0 | 1 }>> = {
  downloading: { stage: 'downloading', done: 0 },
  pause_before_installing: { stage: 'verifying', done: 1 },
  installing: { stage: 'installing', done: 1 },
  pause_before_rebooting: { stage: 'installing', done: 1 },
  rebooting: { stage: 'restarting', done: 1 },
  pause_before_committing: { stage: 'checking', done: 1 },
}

export function progress(open: OpenDeployment, status: Interim): Input {
  const { stage, done } = stages[status]
  const { delivery, bytes } = open
  return { id: `m${open.id}-${status}`, kind: 'progress', delivery, stage, done: done * bytes, total: bytes }
}

/** @param found what the device has now. @param by where it says so */
export function installed({ id, delivery }: OpenDeployment, found: Unit, by: string): Input {
  const reported = { ...found, by }
  return outcome(id, delivery, { result: 'installed', health: { ok: true, detail: '' }, error: '', reported })
}

/** @param substate what a state script of the device said of it */
export function failed({ id, delivery }: OpenDeployment, substate: string): Input {
  const detail = substate === '' ? 'the device reports failure; its log says why' : substate
  return outcome(id, delivery, { result: 'failed', health: { ok: false, detail }, error: 'failed-on-device' })
}

export function cancelled(id: number, delivery: string): Input {
  return outcome(id, delivery, { result: 'failed', health: { ok: true, detail: '' }, error: 'cancelled' })
}

function outcome(id: number, delivery: string, more: Omit<Outcome, 'kind' | 'delivery' | 'digests'>): Input {
  return { id: `m${id}-outcome`, kind: 'outcome', delivery, digests: [], ...more }
}
