import { changed, type Change, type Situation, type Task } from './session/situation.ts'
import { withTaken, type Memory } from './session/memory.ts'
import { nextMove } from './session/next.ts'
import type { CpeEnvelope } from './wire/decode.ts'
import type { CwmpMinor } from './wire/namespaces.ts'
import type { Input, Manifest, ProtocolHost, QueuedOutput } from '@sutler/device-model'

/** Outputs that are looked at together. */
const queueWindow = 16
/** Moves without asking the device that may follow one another. */
const moveBudget = 200

/** Another session with the device was faster: this one is over. */
export class OvertakenError extends Error {
  readonly device: string

  constructor(device: string) {
    super(`another session with ${device} has gone on`)
    this.name = 'OvertakenError'
    this.device = device
  }
}

/** One session with one device: what is known in it, and what is not yet with the host. */
export class AcsSession {
  readonly id: string
  readonly minor: CwmpMinor
  situation: Situation
  /** What the device is asked at this moment. */
  pending: { readonly id: string; readonly task: Task } | null = null
  /** The device was told to send no requests of its own. */
  holding = false
  /** It may have some that it could not send because of that (3.7.1.4). */
  heldBack = false
  messages = 0
  readonly #host: ProtocolHost
  #version: number
  #saved: string
  /** The same as a value, so that what has not changed is not written out to be compared. */
  #asSaved: Memory | null = null
  #ids = 0
  #fetched = false
  #inputs: Input[] = []
  #taken: { readonly output: number; readonly error: string | null }[] = []
  #tookSome = false

  /** @param remembered as it was read; version 0 = nothing yet */
  constructor(
    host: ProtocolHost,
    situation: Situation,
    minor: CwmpMinor,
    remembered: { readonly version: number; readonly memory: Memory },
  ) {
    this.id = situation.session
    this.#host = host
    this.situation = situation
    this.minor = minor
    this.#version = remembered.version
    this.#saved = remembered.version === 0 ? '' : JSON.stringify(remembered.memory)
  }

  get device(): string {
    return this.situation.device.id
  }

  apply(change: Change): void {
    const taken = change.taken ?? []
    this.#inputs.push(...(change.inputs ?? []))
    this.#taken.push(...taken)
    if (taken.length > 0) this.#tookSome = true
    const next = changed(this.situation, change)
    const ids = taken.map(({ output }) => output)
    this.situation = { ...next, memory: withTaken(next.memory, ids) }
  }

  /** What the device is asked next; null when there is nothing more. Everything that follows from it is durable then. */
  async next(): Promise<{ readonly id: string; readonly task: Task } | null> {
    const task = await this.#nextTask()
    if (task?.before) this.apply({ memory: task.before })
    await this.save()
    this.pending = task && { id: `${this.id}-${++this.#ids}`, task }
    return this.pending
  }

  /** The device's answer to what is pending. */
  answered(body: Exclude<CpeEnvelope['body'], { kind: 'request' }>): void {
    const { task } = this.pending!
    this.pending = null
    this.apply(
      body.kind === 'fault' ? task.failed(this.situation, body.fault) : task.answered(this.situation, body.response),
    )
  }

  /** Inputs first, then the memory: what is repeated after a failure in between is recognised by the inputs' ids. */
  async save(): Promise<void> {
    const inputs = this.#inputs
    if (inputs.length > 0) await this.#host.inputs(this.device, inputs)
    this.#inputs = this.#inputs.slice(inputs.length)
    await this.#remember(this.situation.memory)
    for (const { output, error } of this.#taken.splice(0)) this.#host.outputTaken(this.device, output, error)
  }

  /** Reads the queue, without what was taken from it a moment ago. */
  async fetch(): Promise<readonly QueuedOutput[]> {
    const outputs = await this.#host.outputs(this.device, queueWindow)
    const gone = new Set(this.situation.memory.taken)
    this.situation = { ...this.situation, outputs: outputs.filter(({ id }) => !gone.has(id)) }
    this.#fetched = true
    this.#tookSome = false
    return this.situation.outputs
  }

  async #nextTask(): Promise<Task | null> {
    if (!this.#fetched) await this.fetch()
    for (let move = 0; move < moveBudget; move++) {
      await this.#loadManifests()
      const next = nextMove(this.situation)
      if (next === null) {
        // There may be more in the queue than was looked at.
        if (!this.#tookSome) return null
        await this.save()
        if ((await this.fetch()).length === 0) return null
      } else if ('task' in next) return next.task
      else this.apply(next.change)
    }
    return null
  }

  async #loadManifests(): Promise<void> {
    const { outputs, memory, manifests } = this.situation
    const wanted = [
      ...outputs.flatMap(({ output }) => (output.kind === 'install' ? [output.manifest.digest] : [])),
      ...memory.works.flatMap(({ manifest }) => (manifest === '' ? [] : [manifest])),
    ].filter((digest) => !manifests.has(digest))
    if (wanted.length === 0) return
    const found = new Map<string, Manifest | null>(manifests)
    for (const digest of new Set(wanted)) found.set(digest, await this.#host.manifest(digest))
    this.situation = { ...this.situation, manifests: found }
  }

  /** @throws OvertakenError */
  async #remember(memory: Memory): Promise<void> {
    if (memory === this.#asSaved) return
    const text = JSON.stringify(memory)
    if (text === this.#saved) {
      this.#asSaved = memory
      return
    }
    const version = await this.#host.remember(this.device, memory, this.#version)
    if (version === null) throw new OvertakenError(this.device)
    this.#version = version
    this.#saved = text
    this.#asSaved = memory
  }
}
