import type { Unit } from '@sutler/device-model'

/** The file that a job brings to the device. */
export interface Content {
  /** Digest of the manifest that names it. */
  readonly manifest: string
  readonly digest: string
  /** Bytes. */
  readonly size: number
}

/**
 * Where a job is. `new`: nothing of it is on the device · `offered`: the package was written, or where it lies · `started`:
 * the device was told to put it into use (or to take it out) · `activating`: installed, told to run · `restarting`:
 * running, and the device was told to restart as the component wants it.
 */
export type Stage = 'new' | 'offered' | 'started' | 'activating' | 'restarting'

/** Work on one device: JSON, as it is remembered, so that any hub can go on from it. */
export interface Job {
  /** Number of the output. */
  readonly output: number
  readonly kind: 'install' | 'remove'
  readonly delivery: string
  readonly epoch: number
  readonly service: string
  /** 5 Firmware Update, 9 Software Management. */
  readonly object: 5 | 9
  /** What the device is to name when an install is done; what it names now, for a removal. */
  readonly unit: Unit | null
  readonly content: Content | null
  /** Where the device can fetch the file, until when (seconds since the Unix epoch). */
  readonly link: { readonly url: string; readonly expires: number } | null
  /** The device is to be restarted once it is installed. */
  readonly restart: boolean
  /** Of a removal: only taken out of use, the package stays. */
  readonly keep: boolean
  readonly stage: Stage
  /** By URI, or in blocks from the hub; null = not decided. */
  readonly way: 'pull' | 'push' | null
  /** Of object 9; null = not found yet. */
  readonly instance: number | null
  /** Milliseconds since the Unix epoch. */
  readonly since: number
  readonly stageSince: number
  /** How often each has been tried. */
  readonly resets: number
  readonly offers: number
  /** The registration under which `started` was reached: a newer one shows that the device has restarted since. */
  readonly registration: string
  readonly accepted: boolean
  readonly cancelled: boolean
}

/** A request that a plan wants made. Its path is that of a resource, or of an object for `create`. */
export type Act =
  | { readonly do: 'write'; readonly path: string; readonly value: string }
  | { readonly do: 'offer-link'; readonly path: string }
  | { readonly do: 'push'; readonly path: string }
  | { readonly do: 'execute'; readonly path: string; readonly argument?: string }
  | { readonly do: 'create'; readonly path: string }
  | { readonly do: 'delete'; readonly path: string }

/** What a job comes to. */
export type End =
  | { readonly result: 'installed'; readonly reported: Unit; readonly by: string }
  | { readonly result: 'removed' }
  | { readonly result: 'failed' | 'rolled-back'; readonly error: string; readonly detail: string }

export type Progress = 'downloading' | 'verifying' | 'installing' | 'restarting' | 'checking'

/** What is to be done next about a job, given how the device looks. */
export interface Step {
  /** As it is when `act` has succeeded; without an act, as it is now. */
  readonly job: Job
  readonly act?: Act
  readonly stage?: Progress
  /** The job is over. */
  readonly end?: End
}

/** How long a job may stay in a stage, milliseconds: every wait has an end. */
export const patience = {
  offered: 6 * 3_600_000,
  started: 3_600_000,
  activating: 600_000,
  restarting: 1_800_000,
} as const

export function moved(job: Job, stage: Stage, now: number, more: Partial<Job> = {}): Job {
  return { ...job, stage, stageSince: now, ...more }
}

export function failed(job: Job, error: string, detail: string): Step {
  return { job, end: { result: 'failed', error, detail } }
}

/** How a resource that tells a state looks, for whoever reads why a job was given up. */
interface Shown {
  readonly path: string
  readonly name: 'State' | 'Update State'
  readonly state: number
}

/** Waits on, until the stage has lasted `most` milliseconds. */
export function waited(job: Job, now: number, most: number, stage: Progress, { path, name, state }: Shown): Step {
  if (now - job.stageSince <= most) return { job, stage }
  return failed(job, 'timeout', `no change of ${path} ${name} ${state} within ${Math.round(most / 60_000)} minutes`)
}

/** Update results of an object that are errors, under a stable code each. */
export type Results = ReadonlyMap<number, readonly [error: string, detail: string]>

/** The device says by the resource at `path` that it failed. */
export function refusedBy(job: Job, results: Results, path: string, result: number): Step {
  const [error, detail] = results.get(result) ?? [`result-${result}`, 'a result that no version defines']
  return failed(job, error, `${path} Update Result ${result}: ${detail}`)
}

/** How often a package is offered to a device that restarts meanwhile. */
export const mostOffers = 3
/** A device by URI that has not begun within this long is taken to have lost the offer, milliseconds. */
export const beginsWithin = 300_000
