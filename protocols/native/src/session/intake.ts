import { decodeUp, WireError } from '@sutler/wire'
import { inputOf } from '../mapping/inputs.ts'
import type { Input } from '@sutler/device-model'
import type { Fetch, UpMessage } from '@sutler/wire'

/** Version of the protocol that this package speaks. */
const version = 1

/** Ids to be acknowledged, and with which error code; null = taken. */
export type Acks = Map<string, string | null>

/** What to do about payloads of one device that arrived together. */
export interface Intake {
  /** For the host, in order, each id once. Acknowledged only when the host has them. */
  readonly inputs: readonly Input[]
  /** What needs no host: pings, and what can never be taken. */
  readonly acks: Acks
  /** Outputs that the device has acknowledged, with its error code or null. */
  readonly outputsTaken: readonly { readonly output: number; readonly error: string | null }[]
  /** The device has (re)started talking: its queue is to be sent from the oldest. */
  readonly hello: boolean
  /** Pieces of files that the device asks for. */
  readonly fetches: readonly Fetch[]
  /** Payloads without a readable id: nothing can be answered. */
  readonly dropped: readonly WireError[]
  /** Messages that are answered with an error code. */
  readonly refused: readonly WireError[]
}

/** Decides about payloads that arrived together. Pure. */
export function planIntake(payloads: readonly Uint8Array[]): Intake {
  const inputs = new Map<string, Input>()
  const plan = {
    acks: new Map<string, string | null>(),
    outputsTaken: [] as { output: number; error: string | null }[],
    hello: false,
    fetches: [] as Fetch[],
    dropped: [] as WireError[],
    refused: [] as WireError[],
  }
  for (const payload of payloads) {
    const message = read(payload)
    if (message instanceof WireError) {
      if (message.messageId === undefined) plan.dropped.push(message)
      else refuse(plan, message.messageId, message)
    } else if (message.t === 'ack') {
      plan.outputsTaken.push(...outputsOf(message.re, message.error ?? null))
    } else if (message.t === 'fetch') {
      plan.fetches.push(message)
    } else if (message.t === 'ping') {
      plan.acks.set(message.id, null)
    } else if (message.t === 'hello' && !message.versions.includes(version)) {
      const detail = `the hub speaks version ${version}, the device ${message.versions.join(', ')}`
      refuse(plan, message.id, new WireError('unsupported-version', 'versions', detail, message.id))
    } else if (!inputs.has(message.id)) {
      if (message.t === 'hello') plan.hello = true
      inputs.set(message.id, inputOf(message))
    }
  }
  return { ...plan, inputs: [...inputs.values()] }
}

function refuse(plan: { acks: Acks; refused: WireError[] }, id: string, error: WireError): void {
  plan.acks.set(id, error.code)
  plan.refused.push(error)
}

function read(payload: Uint8Array): UpMessage | WireError {
  try {
    return decodeUp(payload)
  } catch (error) {
    if (error instanceof WireError) return error
    throw error
  }
}

/** Ids that are no output's are left out: nothing waits for them. */
function outputsOf(ids: readonly string[], error: string | null): { output: number; error: string | null }[] {
  return ids.filter((id) => /^[1-9]\d{0,15}$/.test(id)).map((id) => ({ output: Number(id), error }))
}
