import { AcsSession, OvertakenError } from './acs-session.ts'
import { memoryOf } from './session/memory.ts'
import { informed, received } from './session/received.ts'
import { encodeFault, encodeRequest, encodeResponse, type Headers } from './wire/encode.ts'
import type { CpeEnvelope } from './wire/decode.ts'
import type { CpeRequest, Inform } from './wire/values.ts'
import type { Settings } from './session/situation.ts'
import type { DeviceClass, ProtocolHost } from '@sutler/device-model'

/** What the device is answered. */
export type Answer =
  | { readonly kind: 'message'; readonly body: string }
  /** Nothing more from here; `open` while the device may have requests of its own, which it was told to hold back. */
  | { readonly kind: 'end'; readonly open: boolean }
  /** It said something that has no place here: the session is over. */
  | { readonly kind: 'refuse'; readonly detail: string }
  /** Not now: the device is to begin again later. */
  | { readonly kind: 'later'; readonly detail: string }

export interface InformingDevice {
  readonly id: string
  readonly class: DeviceClass
  /** As registration knows it. */
  readonly identity: string
}

/** Messages of one session; a device with more to say is asked no more. */
const messageBudget = 400

/** The order of TR-069 3.7: Inform, the device's requests, its empty one, then the ACS's, until it has no more. */
export class Acs {
  readonly #host: ProtocolHost

  constructor(host: ProtocolHost) {
    this.#host = host
  }

  /** An Inform opens a session. What it says is durable before it is answered. */
  async open(
    device: InformingDevice,
    envelope: CpeEnvelope,
    inform: Inform,
    settings: Settings,
    session: string,
  ): Promise<{ readonly session: AcsSession; readonly answer: Answer }> {
    const { version, value } = await this.#host.recall(device.id)
    const before = memoryOf(value, device.identity)
    const { memory, facts, inputs } = informed(before, inform, session)
    const situation = { device, memory: before, facts, outputs: [], manifests: new Map(), settings, session }
    const opened = new AcsSession(this.#host, situation, envelope.minor, { version, memory: before })
    opened.apply({ memory, inputs })
    // A cancel shall reach the device before it says that the transfer is done.
    if (memory.works.length > 0) opened.holding = (await opened.fetch()).some(({ output }) => output.kind === 'cancel')
    opened.heldBack = opened.holding
    await opened.save()
    const useVersion = versionFor(envelope)
    const headers = { ...headersOf(opened, envelope.id), ...(useVersion !== null && { useVersion }) }
    return { session: opened, answer: message(encodeResponse(headers, { method: 'Inform' })) }
  }

  /** Anything after the Inform; null is the empty request. Never throws for what the device does. */
  async take(session: AcsSession, envelope: CpeEnvelope | null): Promise<Answer> {
    session.messages++
    try {
      if (envelope?.body.kind === 'request') return await this.#request(session, envelope.id, envelope.body.request)
      if (envelope !== null) {
        const wrong = mismatch(session, envelope)
        if (wrong !== null) return { kind: 'refuse', detail: wrong }
        session.answered(envelope.body)
      } else if (session.pending !== null) {
        // It should have answered. What was asked counts as unanswered, and is asked again in a later session.
        session.pending = null
        await session.save()
        return { kind: 'end', open: false }
      }
      if (envelope === null && !session.holding) session.heldBack = false
      return session.messages > messageBudget ? await this.#close(session) : await this.#ask(session)
    } catch (error) {
      if (error instanceof OvertakenError) return { kind: 'later', detail: error.message }
      throw error
    }
  }

  async #request(session: AcsSession, id: string, request: CpeRequest): Promise<Answer> {
    const headers = headersOf(session, id)
    if (request.method === 'other') return message(encodeFault(headers, 8000, request.name))
    if (request.method === 'Inform') return { kind: 'refuse', detail: 'a second Inform in one session' }
    session.apply(received(session.situation, request))
    await session.save()
    return message(encodeResponse(headers, { method: request.method }))
  }

  async #ask(session: AcsSession): Promise<Answer> {
    const next = await session.next()
    if (next !== null) {
      session.holding &&= session.situation.outputs.some(({ output }) => output.kind === 'cancel')
      return message(encodeRequest(headersOf(session, next.id), next.task.request))
    }
    if (!session.holding) return { kind: 'end', open: session.heldBack }
    return this.#release(session)
  }

  /** The word goes back to the device by a message that holds no more; there is none left to be sent, so one that asks nothing. */
  #release(session: AcsSession): Answer {
    session.holding = false
    const nothing = () => ({})
    const task = { request: { method: 'GetRPCMethods' as const }, answered: nothing, failed: nothing }
    session.pending = { id: `${session.id}-release`, task }
    return message(encodeRequest({ ...headersOf(session, session.pending.id), hold: false }, task.request))
  }

  async #close(session: AcsSession): Promise<Answer> {
    await session.save()
    return { kind: 'end', open: false }
  }
}

function message(body: string): Answer {
  return { kind: 'message', body }
}

/** HoldRequests is said only where it has been used. */
function headersOf({ minor, holding, messages }: AcsSession, id: string): Headers {
  return holding ? { id, minor, hold: true } : { id, minor, ...(messages > 0 && { hold: false }) }
}

/** Why an answer is none to what was asked; null when it is. Some clients repeat no id. */
function mismatch({ pending }: AcsSession, { id, body }: CpeEnvelope): string | null {
  if (pending === null) return 'an answer to nothing that was asked'
  if (id !== '' && id !== pending.id) return 'an answer with the id of another request'
  if (body.kind !== 'response' || body.response.method === pending.task.request.method) return null
  return `an answer to ${body.response.method}, where ${pending.task.request.method} was asked`
}

/** 3.7.1: of the versions that the device supports, the highest that this ACS knows. */
function versionFor({ supported }: CpeEnvelope): string | null {
  const known = supported.filter((version) => /^1\.[0-4]$/.test(version)).toSorted()
  return known.at(-1) ?? null
}
