import type { BatchEnd, Job } from './job.ts'

export const nothing: BatchEnd = { seated: 0, taken: 0, back: [], more: false, tasks: false, due: null }

/** Two halves; one part when it is about a single instance. Signals for one instance stay together, in order. */
export function halves({ ready, directs }: Job): Job[] {
  const addressed = Map.groupBy(directs, ({ address }) => `${address.model}/${address.id}`)
  if (ready.length + addressed.size <= 1) return [{ ready, directs }]
  const groups = [...addressed.values()]
  const middle = Math.ceil(ready.length / 2)
  const center = ready.length === 1 ? 0 : Math.ceil(groups.length / 2)
  return [
    { ready: ready.slice(0, middle), directs: groups.slice(0, center).flat() },
    { ready: ready.slice(middle), directs: groups.slice(center).flat() },
  ].filter((half) => half.ready.length + half.directs.length > 0)
}

/** What two parts came to, as one. */
export function joined(a: BatchEnd, b: BatchEnd): BatchEnd {
  return {
    seated: a.seated + b.seated,
    taken: a.taken + b.taken,
    back: [...a.back, ...b.back],
    more: a.more || b.more,
    tasks: a.tasks || b.tasks,
    due: a.due === null || b.due === null ? (a.due ?? b.due) : Math.min(a.due, b.due),
  }
}
