import type { InstallRole, Unit } from '@sutler/device-model'

/** How far a command has come. */
export type Stage = 'asked' | 'commanded' | 'activating' | 'restarting'

/** An install or removal that a device has been asked for. */
export interface Work {
  readonly kind: 'install' | 'remove'
  readonly output: number
  readonly delivery: string
  readonly epoch: number
  readonly service: string
  readonly role: InstallRole
  /** What the device says once it is done; of a removal, what must be gone. */
  readonly unit: Unit | null
  readonly uuid: string
  /** `command_key` of the command under way: another one for each try, so that a late answer to an earlier one is known. */
  readonly key: string
  readonly tries: number
  readonly stage: Stage
  /** The object that the command is about; '' for InstallDU(). */
  readonly target: string
  /** The agent's request object, by which it can be cancelled; '' while it is not known. */
  readonly request: string
}

/** What is kept in the database of one device: another hub goes on from it. */
export interface Memory {
  readonly endpoint: string
  /** Name of the transport it was last heard over. */
  readonly via: string
  /** By service, the newest epoch that has been begun. */
  readonly newest: Readonly<Record<string, number>>
  /** Deliveries that have ended, newest last. */
  readonly done: readonly string[]
  readonly work: Work | null
}

const doneKept = 64
const servicesKept = 256

export function emptyMemory(endpoint: string, via: string): Memory {
  return { endpoint, via, newest: {}, done: [], work: null }
}

/** What the database gave, if it is a memory of this version of the package; else an empty one. */
export function memoryOf(value: unknown, endpoint: string, via: string): Memory {
  const given = value as Partial<Memory> | null
  if (given === null || typeof given !== 'object' || !Array.isArray(given.done) || typeof given.newest !== 'object')
    return emptyMemory(endpoint, via)
  return { newest: given.newest ?? {}, done: given.done, work: given.work ?? null, endpoint, via }
}

export function begun(memory: Memory, work: Work): Memory {
  const others = Object.entries(memory.newest).filter(([service]) => service !== work.service)
  const newest = Object.fromEntries([...others.slice(-servicesKept), [work.service, work.epoch]])
  return { ...memory, newest, work }
}

export function ended(memory: Memory, delivery: string): Memory {
  const work = memory.work?.delivery === delivery ? null : memory.work
  return { ...memory, work, done: [...memory.done.filter((each) => each !== delivery), delivery].slice(-doneKept) }
}

/** What an output that comes in is to the work there is. */
export type Standing = 'new' | 'under-way' | 'done' | 'superseded' | 'later'

export function standing(memory: Memory, given: { delivery: string; epoch: number; service: string }): Standing {
  if (memory.work?.delivery === given.delivery) return 'under-way'
  if (memory.done.includes(given.delivery)) return 'done'
  if (given.epoch < (memory.newest[given.service] ?? 0)) return 'superseded'
  return memory.work === null ? 'new' : 'later'
}
