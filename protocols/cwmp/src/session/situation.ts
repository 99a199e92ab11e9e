import type { DeviceClass, Input, Manifest, QueuedOutput } from '@sutler/device-model'
import type { DeploymentUnit } from '../mapping/deployment-units.ts'
import type { AcsRequest, CpeFault, CpeResponse, Parameter } from '../wire/values.ts'
import type { Memory } from './memory.ts'

/** What is decided on in a session: all that is known at this moment. Never changed in place. */
export interface Situation {
  readonly device: { readonly id: string; readonly class: DeviceClass }
  readonly memory: Memory
  readonly facts: Facts
  /** The device's queue, oldest first. */
  readonly outputs: readonly QueuedOutput[]
  /** File lists of the queue's installs and of the works; null = the hub has lost it. */
  readonly manifests: ReadonlyMap<string, Manifest | null>
  readonly settings: Settings
  /** Makes ids of inputs that no later session repeats. */
  readonly session: string
}

/** What this session has found out. */
export interface Facts {
  /** Events of the Inform. */
  readonly events: readonly string[]
  /** Values by full name, of the Inform and of what was read since. */
  readonly values: ReadonlyMap<string, Parameter>
  /** What was asked in this session already: each thing once. */
  readonly asked: ReadonlySet<string>
  /** The table of deployment units; null while it has not been read. */
  readonly units: readonly DeploymentUnit[] | null
  /** The whole capability report is to be told. */
  readonly report: boolean
  /** What is in place is to be told. */
  readonly inventory: boolean
  /** Reports and inventories told so far: each has an id of its own. */
  readonly told: number
  /** Names found so far, relative to the root. */
  readonly names: readonly string[]
}

export interface Settings {
  /** Seconds between periodic Informs. */
  readonly informInterval: number
  /** When they are due: a time in the past that they are counted from, spread over the devices. */
  readonly informTime: () => string
  /** Stands for all of the management settings: a device that names it has them. */
  readonly parameterKey: string
  /** Login of connection requests that the device is to ask for; null where none are sent. */
  readonly connectionRequest: { readonly username: string; readonly password: string } | null
  /** Where the device fetches a work's file from, or puts it to. */
  readonly fileAt: (commandKey: string) => FileAccess
  /** UUID of a service's deployment unit (TR-069 Annex H: version 5, from a name). */
  readonly uuidOf: (service: string) => string
}

export interface FileAccess {
  readonly url: string
  readonly username: string
  readonly password: string
}

/** What follows from something that happened. */
export interface Change {
  readonly memory?: Memory
  readonly facts?: Partial<Facts>
  /** For the host, durable before the device is answered. */
  readonly inputs?: readonly Input[]
  /** Outputs that leave the queue, with what the device had against them. */
  readonly taken?: readonly { readonly output: number; readonly error: string | null }[]
}

/** A request to the device, and what follows from its answer. */
export interface Task {
  readonly request: AcsRequest
  /** To be remembered before the request is sent. */
  readonly before?: Memory
  readonly answered: (situation: Situation, response: CpeResponse) => Change
  readonly failed: (situation: Situation, fault: CpeFault) => Change
}

/** One turn of the ACS: something follows without asking the device, or the device is asked. */
export type Move = { readonly change: Change } | { readonly task: Task }

/** Decides about one kind of thing; null when there is nothing to do. */
export type Rule = (situation: Situation) => Move | null

export function changed(situation: Situation, change: Change): Situation {
  const gone = new Set(change.taken?.map(({ output }) => output))
  return {
    ...situation,
    memory: change.memory ?? situation.memory,
    facts: { ...situation.facts, ...change.facts },
    outputs: gone.size === 0 ? situation.outputs : situation.outputs.filter(({ id }) => !gone.has(id)),
  }
}

/** Marks something as asked, so that a device that does not answer as hoped is not asked again in this session. */
export function nowAsked({ facts }: Situation, what: string): Pick<Facts, 'asked'> {
  return { asked: new Set([...facts.asked, what]) }
}

export function isAnswer<Method extends CpeResponse['method']>(
  response: CpeResponse,
  method: Method,
): response is Extract<CpeResponse, { readonly method: Method }> {
  return response.method === method
}
