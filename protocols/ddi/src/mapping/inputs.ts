import type { Input, ProgressStage, Reported } from '@sutler/device-model'
import type { Stage } from '../session/memory.ts'
import type { Work } from '../session/work.ts'
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

/** The device runs something, as it says; the hub judges whether that is what was ordered. */
export function provedOutcome(id: string, { delivery }: Work, reported: Reported, detail: string): Input {
  const health = { ok: true, detail }
  return { id, kind: 'outcome', delivery, result: 'installed', digests: [], reported, health, error: '' }
}

/** The device has given up, or does not say that it runs anything: `closed` with `none` proves nothing. */
export function failedOutcome(
  id: string,
  { delivery }: Work,
  { execution, finished }: Feedback,
  detail: string,
): Input {
  const error = execution === 'rejected' ? 'rejected' : finished === 'none' ? 'no-result' : 'device-failed'
  return { id, kind: 'outcome', delivery, result: 'failed', digests: [], health: { ok: false, detail }, error }
}
