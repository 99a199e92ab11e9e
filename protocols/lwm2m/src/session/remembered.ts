import type { DeviceClass } from '@sutler/device-model'
import type { Job } from './job.ts'

/** How a device wants to be spoken to: learnt once, kept, so that it is not asked again what it has refused. */
export interface Habits {
  /** Content format that it answers reads in; null = its own choice, no Accept. */
  readonly accept?: number | null
  readonly noDiscover?: true
  readonly noObserve?: true
  /** Objects whose instances it does not give as a whole: their resources are read one by one. */
  readonly singleReads?: readonly number[]
}

/** What is remembered of a device across hubs: at most 64 KiB of JSON. */
export interface Remembered {
  readonly endpoint: string
  /** Of its registration, `/rd/<location>`; '' when it has none. */
  readonly location: string
  readonly deviceClass: DeviceClass
  /** Seconds. */
  readonly lifetime: number
  readonly queue: boolean
  readonly lwm2m: '1.0' | '1.1' | '1.2'
  /** `[object, version, instances]` */
  readonly objects: readonly (readonly [number, string, readonly number[]])[]
  /** Where it was heard from, on a way without connection and security; null where only the device can open the way. */
  readonly address: { readonly host: string; readonly port: number } | null
  readonly habits: Habits
  /** Work that was taken, in order; the first is under way. */
  readonly jobs: readonly Job[]
  /** What the firmware was installed as: LwM2M has no name for it. */
  readonly firmware: string | null
  /** By service, its newest intention: epoch and delivery. The services that were last spoken of are last. */
  readonly newest: readonly (readonly [service: string, epoch: number, delivery: string])[]
}

export const nothing: Remembered = {
  endpoint: '',
  location: '',
  deviceClass: 'gateway',
  lifetime: 0,
  queue: false,
  lwm2m: '1.0',
  objects: [],
  address: null,
  habits: {},
  jobs: [],
  firmware: null,
  newest: [],
}

/** Jobs that a device is given at a time: the rest waits in the hub's queue. */
export const mostJobs = 16
const mostServices = 64

/** Anything that is not of this shape (an older version wrote it, or nobody did) counts as nothing. */
export function rememberedOf(value: unknown): Remembered {
  if (typeof value !== 'object' || value === null || !('jobs' in value) || !('habits' in value)) return nothing
  return { ...nothing, ...(value as Partial<Remembered>) }
}

export function newestOf({ newest }: Remembered, service: string): { epoch: number; delivery: string } {
  const [, epoch, delivery] = newest.find(([name]) => name === service) ?? [service, 0, '']
  return { epoch, delivery }
}

export function withNewest(memory: Remembered, service: string, epoch: number, delivery: string): Remembered {
  const others = memory.newest.filter(([name]) => name !== service)
  return { ...memory, newest: [...others, [service, epoch, delivery] as const].slice(-mostServices) }
}
