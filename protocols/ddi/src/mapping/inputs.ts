import type { Input, ProgressStage } from '@sutler/device-model'
import type { Action, Stage } from '../session/memory.ts'
import type { Feedback } from '../wire/feedback.ts'

/** Each of DDI's stages in the neutral model; null before anything is done. */
const neutral: Record<Stage, ProgressStage | null> = {
  scheduled: null,
  downloading: 'downloading',
  downloaded: 'verifying',
  installing: 'installing',
}

/** How far a device is; null while it has not begun. */
export function progressInput(
  id: string,
  delivery: string,
  stage: Stage,
  progress: Feedback['progress'],
): Input | null {
  const named = neutral[stage]
  return (
    named && { id, kind: 'progress', delivery, stage: named, done: progress?.done ?? 0, total: progress?.total ?? 0 }
  )
}

/**
 * How an action has ended. Only `closed` with `success` says that the device runs it: the action is bound to the version by the digests
 * in its document. `none` says nothing of the kind.
 */
export function outcomeInput(
  id: string,
  { id: action, work }: Pick<Action, 'id' | 'work'>,
  { execution, finished }: Feedback,
  detail: string,
): Input {
  const { delivery } = work
  if (execution === 'closed' && finished === 'success') {
    const reported = { ...work.reports, by: `closed, success of deploymentBase/${action}` }
    const health = { ok: true, detail }
    return { id, kind: 'outcome', delivery, result: 'installed', digests: [], reported, health, error: '' }
  }
  const error = execution === 'rejected' ? 'rejected' : finished === 'none' ? 'no-result' : 'device-failed'
  return { id, kind: 'outcome', delivery, result: 'failed', digests: [], health: { ok: false, detail }, error }
}
