import type { Provides } from '../wire/next.ts'

/** What the hub must remember of one device between its requests. Small, durable, and read by whichever hub it asks next. */
export interface Memory {
  readonly format: 1
  /** The deployment that the device was given and has not ended. */
  readonly open: OpenDeployment | null
  /** Those that ended last, newest first: a repeated status, or a log that follows one, is about them. */
  readonly ended: readonly EndedDeployment[]
  readonly deviceType: string
  /** As the device said last. */
  readonly provides: readonly (readonly [name: string, value: string])[]
  /** Of its inventory, what the capability report is made of. */
  readonly attributes: Readonly<Record<string, string>>
  /** By service, the newest intention that the device was given: older ones that come late are not carried out. */
  readonly epochs: Readonly<Record<string, number>>
}

export interface OpenDeployment {
  /** The queued output; the deployment's id on the wire. */
  readonly id: number
  readonly delivery: string
  /** What the device provides as `artifact_name` once it runs it. */
  readonly artifact: string
  readonly bytes: number
  /** `done`: the device says that it has installed, and not yet what it has. */
  readonly stage: 'given' | 'begun' | 'done'
}

export interface EndedDeployment extends Pick<OpenDeployment, 'id' | 'delivery' | 'artifact'> {
  /** `aborted`: the hub took it back. */
  readonly as: 'success' | 'failure' | 'already-installed' | 'aborted'
}

/** Deployments that have ended and are still known. */
const endedKept = 8
/** Services whose newest intention is known. */
const epochsKept = 64
/** Of what a device provides, entries, and UTF-16 units of one and of all as JSON: at most 3 bytes each, of the 64 KiB that are kept. */
const providesKept = { entries: 64, text: 400, all: 10_000 } as const

export const nothing: Memory = {
  format: 1,
  open: null,
  ended: [],
  deviceType: '',
  provides: [],
  attributes: {},
  epochs: {},
}

/** What was remembered, or `nothing` where it is none of this format: it is then learnt anew. */
export function memoryOf(value: unknown): Memory {
  const known = typeof value === 'object' && value !== null && (value as Partial<Memory>).format === 1
  return known ? (value as Memory) : nothing
}

/** The memory with the open deployment over. */
export function endedAs(memory: Memory, as: EndedDeployment['as']): Memory {
  if (memory.open === null) return memory
  const { id, delivery, artifact } = memory.open
  return { ...memory, open: null, ended: [{ id, delivery, artifact, as }, ...memory.ended].slice(0, endedKept) }
}

/** The memory with this deployment under way. */
export function openedWith(memory: Memory, open: OpenDeployment, service: string, epoch: number): Memory {
  if (memory.open?.id === open.id) return memory
  const { [service]: _before, ...others } = memory.epochs
  const epochs = Object.fromEntries([[service, epoch] as const, ...Object.entries(others)].slice(0, epochsKept))
  return { ...memory, open, epochs }
}

/** The memory with what the device says it has; the same one where that is nothing new. */
export function providing(memory: Memory, deviceType: string, provides: Provides): Memory {
  const name = provides.get('artifact_name') ?? ''
  const beside = [...provides].filter(
    ([key, value]) => key !== 'artifact_name' && key.length + value.length <= providesKept.text,
  )
  let room = providesKept.all
  const within = beside
    .slice(0, providesKept.entries - 1)
    .filter((entry) => (room -= JSON.stringify(entry).length + 1) >= 0)
  const kept = [['artifact_name', name], ...within] as const
  const same = memory.deviceType === deviceType && JSON.stringify(memory.provides) === JSON.stringify(kept)
  return same ? memory : { ...memory, deviceType, provides: kept as unknown as Memory['provides'] }
}
