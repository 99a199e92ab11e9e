import { encode, WireError } from '@sutler/wire'
import { NativeProtocolError } from './errors.ts'
import { limitOf } from './mapping/limits.ts'
import { messageOf } from './mapping/outputs.ts'
import { ackMessages } from './session/acks.ts'
import { planIntake } from './session/intake.ts'
import { Waiting, waitingBounds } from './session/waiting.ts'
import type { Asked, CapabilityReport, DeviceProtocol, Input, ProtocolHost, QueuedOutput } from '@sutler/device-model'
import type { Acks, Intake } from './session/intake.ts'
import { FileDesk } from './session/file-desk.ts'
import type { FileSource } from './session/file-desk.ts'
import type { NativeTransport } from './transport/transport.ts'

/** Something that went wrong with one device, for logs and counters. Nothing is lost by any of them. */
export interface NativeProblem {
  /**
   * dropped: bytes without a readable message id · refused: a message answered with an error code · flood: disconnected
   * for sending faster than is taken · not-taken: the host failed, so that the device will send again · not-sent: the
   * transport failed, so that the hub will send again · not-expressible: an output that no message can carry
   */
  readonly kind: 'dropped' | 'refused' | 'flood' | 'not-taken' | 'not-sent' | 'not-expressible'
  readonly device: string
  readonly detail: string
  readonly cause?: unknown
}

export interface NativeProtocolDeps {
  readonly transport: NativeTransport
  readonly onProblem?: (problem: NativeProblem) => void
  /** Content for devices that have only MQTT; absent = they are told that there is none. */
  readonly files?: FileSource
}

interface Connection {
  readonly waiting: Waiting
  /** Made when it first asks for a piece. */
  files: FileDesk | null
  /** Its payloads are being worked on; more of them wait. */
  busy: boolean
  /** It has said something that the host has taken: it is subscribed and can be reached. */
  greeted: boolean
}

/** Protocol version 1 over MQTT: docs/reference/native-protocol.md; clauses and their tests in SPEC.md. */
export function createNativeProtocol(deps: NativeProtocolDeps): DeviceProtocol {
  return new NativeProtocol(deps)
}

class NativeProtocol implements DeviceProtocol {
  readonly name = 'native'
  readonly proof = 'digests'
  readonly #transport: NativeTransport
  readonly #files: FileSource | undefined
  readonly #report: (problem: NativeProblem) => void
  readonly #connections = new Map<string, Connection>()
  readonly #working = new Set<Promise<void>>()
  #host: ProtocolHost | null = null

  constructor({ transport, onProblem, files }: NativeProtocolDeps) {
    this.#transport = transport
    this.#files = files
    this.#report = (problem) => onProblem?.(problem)
    transport.onConnected((device) => this.#connected(device))
    transport.onDisconnected((device) => this.#disconnected(device))
    transport.onMessage((device, payload) => this.#arrived(device, payload))
  }

  async start(host: ProtocolHost): Promise<void> {
    this.#host = host
  }

  /** Takes nothing more, and waits until what was taken is acknowledged. */
  async stop(): Promise<void> {
    this.#host = null
    await Promise.all(this.#working)
    this.#connections.clear()
  }

  reaches(device: string): boolean {
    return this.#connections.get(device)?.greeted === true && this.#transport.connected(device)
  }

  async send(outputs: readonly QueuedOutput[]): Promise<void> {
    const host = this.#host
    if (!host) throw new NativeProtocolError('not-started', 'outputs were given before start or after stop')
    const byDevice = Map.groupBy(outputs, (queued) => queued.device)
    await Promise.all([...byDevice].map(([device, queue]) => this.#sendTo(device, queue, host)))
  }

  limits(asked: Asked, report: CapabilityReport | null): string | null {
    return limitOf(asked, report)
  }

  async #sendTo(device: string, queue: readonly QueuedOutput[], host: ProtocolHost): Promise<void> {
    for (const { id, output, link } of queue) {
      if (!this.#transport.connected(device)) return
      const payload = this.#encoded(device, () => encode(messageOf(id, output, link)))
      if (payload instanceof WireError) host.outputTaken(device, id, payload.code)
      else await this.#publish(device, payload)
    }
  }

  #encoded(device: string, build: () => Uint8Array): Uint8Array | WireError {
    try {
      return build()
    } catch (error) {
      if (!(error instanceof WireError)) throw error
      this.#report({ kind: 'not-expressible', device, detail: error.message, cause: error })
      return error
    }
  }

  async #publish(device: string, payload: Uint8Array): Promise<void> {
    try {
      await this.#transport.publish(device, payload)
    } catch (cause) {
      this.#report({ kind: 'not-sent', device, detail: 'the transport refused a message', cause })
    }
  }

  #connected(device: string): Connection {
    const connection = { waiting: new Waiting(), files: null, busy: false, greeted: false }
    this.#connections.set(device, connection)
    return connection
  }

  #disconnected(device: string): void {
    const connection = this.#connections.get(device)
    this.#connections.delete(device)
    connection?.files?.close()
    if (connection?.greeted) this.#host?.unreachable(device)
  }

  #arrived(device: string, payload: Uint8Array): void {
    if (!this.#host) return
    const connection = this.#connections.get(device) ?? this.#connected(device)
    if (!connection.waiting.put(payload)) {
      connection.waiting.takeAll()
      const detail = `more than ${waitingBounds.messages} messages or ${waitingBounds.bytes} bytes wait`
      this.#report({ kind: 'flood', device, detail })
      this.#transport.disconnect(device)
      return
    }
    if (connection.busy) return
    connection.busy = true
    // Not at once: what arrives in the same turn of the event loop becomes one call of the host.
    const work = new Promise<void>((resolve) => setImmediate(resolve)).then(() => this.#work(device, connection))
    this.#working.add(work)
    void work.finally(() => this.#working.delete(work))
  }

  async #work(device: string, connection: Connection): Promise<void> {
    while (!connection.waiting.empty) {
      try {
        await this.#take(device, connection, planIntake(connection.waiting.takeAll()))
      } catch (cause) {
        this.#report({ kind: 'not-taken', device, detail: 'the host failed', cause })
      }
    }
    connection.busy = false
  }

  async #take(device: string, connection: Connection, intake: Intake): Promise<void> {
    const host = this.#host
    if (!host) return
    for (const error of intake.dropped) this.#report({ kind: 'dropped', device, detail: error.message, cause: error })
    for (const error of intake.refused) this.#report({ kind: 'refused', device, detail: error.message, cause: error })
    for (const fetch of intake.fetches) {
      connection.files ??= new FileDesk(device, this.#files, (chunk) => this.#publish(device, chunk))
      connection.files.ask(fetch)
    }
    for (const { output, error } of intake.outputsTaken) host.outputTaken(device, output, error)
    const taken = await this.#hand(host, device, intake.inputs, intake.acks)
    // A device that has left in the meantime sends again after its return.
    if (this.#connections.get(device) !== connection) return
    for (const message of ackMessages(intake.acks)) await this.#publish(device, message)
    if (taken && (intake.hello || !connection.greeted) && saysSomething(intake)) {
      connection.greeted = true
      host.reachable(device)
    }
  }

  /** Adds the acks of the inputs. @returns whether the host has taken them */
  async #hand(host: ProtocolHost, device: string, inputs: readonly Input[], acks: Acks): Promise<boolean> {
    if (inputs.length === 0) return true
    try {
      const answers = await host.inputs(device, inputs)
      for (const [index, input] of inputs.entries()) acks.set(input.id, answers[index] ?? null)
      return true
    } catch (cause) {
      this.#report({ kind: 'not-taken', device, detail: `${inputs.length} inputs were not taken`, cause })
      return false
    }
  }
}

function saysSomething({ inputs, acks, outputsTaken, fetches, refused }: Intake): boolean {
  return inputs.length + outputsTaken.length + fetches.length > 0 || acks.size > refused.length
}
