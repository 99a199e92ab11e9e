import type { Input } from '@sutler/device-model'
import type { End, Job, Progress } from './job.ts'

/** What the host is told when a job is over. Its id is the output's: said twice, it is taken once. */
export function outcomeOf(job: Job, end: End): Input {
  const { delivery } = job
  const common = { id: `${job.output}-outcome`, kind: 'outcome', delivery, result: end.result, digests: [] } as const
  if (end.result === 'installed') {
    const reported = { ...end.reported, by: end.by }
    return { ...common, reported, health: { ok: true, detail: end.by }, error: '' }
  }
  if (end.result === 'removed') return { ...common, health: { ok: true, detail: '' }, error: '' }
  return { ...common, health: { ok: false, detail: end.detail }, error: end.error }
}

export function acceptedOf({ output, delivery }: Job): Input {
  return { id: `${output}-accepted`, kind: 'accepted', delivery }
}

export function progressOf({ output, delivery, content }: Job, stage: Progress, done: number): Input {
  const total = content?.size ?? 0
  return { id: `${output}-${stage}-${done}`, kind: 'progress', delivery, stage, done, total }
}
