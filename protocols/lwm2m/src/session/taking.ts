import { mostJobs, newestOf, withNewest } from './remembered.ts'
import type { FileLink, Input, QueuedOutput } from '@sutler/device-model'
import type { Content, Job } from './job.ts'
import type { Remembered } from './remembered.ts'

/** What becomes of an output that is work: an install, a removal, or the end of one. */
export interface Taken {
  readonly memory: Remembered
  readonly inputs: readonly Input[]
  /** False = there is no room for it now: it stays in the hub's queue. */
  readonly taken: boolean
}

/**
 * Takes an install or a removal among the jobs. Pure.
 * @param content of an install
 * @param restart whether the component wants the device restarted
 */
export function takeWork(
  memory: Remembered,
  { id, output, link }: QueuedOutput,
  content: Content | null,
  restart: boolean,
  now: number,
): Taken {
  if (output.kind !== 'install' && output.kind !== 'remove') return { memory, inputs: [], taken: true }
  const again = memory.jobs.find((job) => job.delivery === output.delivery)
  // The same once more: repeated by the hub, or with a fresh link because the first ran out.
  if (again) {
    const jobs = memory.jobs.map((job) => (job === again ? { ...job, link: linkOf(link, content) } : job))
    return { memory: { ...memory, jobs }, inputs: [], taken: true }
  }
  const known = newestOf(memory, output.service)
  if (output.epoch < known.epoch) return { memory, inputs: [superseded(id, output.delivery, known.epoch)], taken: true }
  // Done already: its outcome is with the hub.
  if (output.delivery === known.delivery) return { memory, inputs: [], taken: true }
  if (memory.jobs.length >= mostJobs) return { memory, inputs: [], taken: false }
  const { delivery, epoch, service } = output
  const job: Job = {
    output: id,
    kind: output.kind,
    delivery,
    epoch,
    service,
    object: output.role === 'firmware' ? 5 : 9,
    unit: output.kind === 'install' ? output.reports : output.unit,
    content,
    link: linkOf(link, content),
    restart: output.kind === 'install' && restart,
    keep: output.kind === 'remove' && output.keep === true,
    ...begun(now),
  }
  const before = giveWay(memory, service, epoch)
  return {
    memory: withNewest({ ...memory, jobs: [...before.jobs, job] }, service, epoch, delivery),
    inputs: before.inputs,
    taken: true,
  }
}

function begun(now: number) {
  return {
    stage: 'new',
    way: null,
    instance: null,
    since: now,
    stageSince: now,
    resets: 0,
    offers: 0,
    registration: '',
    accepted: false,
    cancelled: false,
  } as const
}

function linkOf(link: FileLink | undefined, content: Content | null): Job['link'] {
  return link && content ? { url: `${link.base}/${content.digest}?${link.query}`, expires: link.expires } : null
}

/** Older work for the service gives way: what was not begun is declined, the rest is cancelled as far as it still can be. */
function giveWay({ jobs }: Remembered, service: string, epoch: number): { jobs: Job[]; inputs: Input[] } {
  const older = (job: Job) => job.service === service && job.epoch < epoch
  const dropped = jobs.filter((job) => older(job) && !job.accepted && job.stage === 'new')
  return {
    jobs: jobs
      .filter((job) => !dropped.includes(job))
      .map((job) => (older(job) && !hasStarted(job) ? { ...job, cancelled: true } : job)),
    inputs: dropped.map(({ output, delivery }) => superseded(output, delivery, epoch)),
  }
}

function superseded(output: number, delivery: string, epoch: number): Input {
  const detail = `epoch ${epoch} is known`
  return { id: `${output}-declined`, kind: 'declined', delivery, reason: 'superseded', detail }
}

/** Takes the wish that a delivery be stopped. What has started goes on; its outcome says what became of it. Pure. */
export function takeCancel(memory: Remembered, delivery: string): Taken {
  const jobs = memory.jobs.map((job) =>
    job.delivery === delivery && !hasStarted(job) ? { ...job, cancelled: true } : job,
  )
  return { memory: { ...memory, jobs }, inputs: [], taken: true }
}

function hasStarted({ stage }: Job): boolean {
  return stage !== 'new' && stage !== 'offered'
}
