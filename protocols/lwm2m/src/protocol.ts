import { limitsOf } from './mapping/limits.ts'
import { Conversations } from './session/conversations.ts'
import { DeviceSession } from './session/device-session.ts'
import { answerTo, Interface, type Reply } from './session/interface.ts'
import { Memory } from './session/memory.ts'
import { expires } from './session/registration.ts'
import { Registrar } from './session/registrar.ts'
import { Registry } from './session/registry.ts'
import { answer } from './wire/numbers.ts'
import { restored } from './session/restored.ts'
import type {
  Asked as AskedOfProtocol,
  CapabilityReport,
  DeviceProtocol,
  ProtocolHost,
  QueuedOutput,
} from '@sutler/device-model'
import type { Clock } from './clock.ts'
import type { CoapTransport, Path, PathEvents, PathKind } from './transport/path.ts'
import type { CoapMessage } from './wire/coap-message.ts'

/** Something that went wrong, for logs and counters. Nothing is lost by any of it. */
export interface Lwm2mProblem {
  /** A device, or the address that bytes came from. */
  readonly about: string
  readonly detail: string
  readonly cause: unknown
}

export interface Lwm2mDeps {
  readonly transports: readonly CoapTransport[]
  readonly clock: Clock
  /** Unpredictable bytes. */
  readonly randomBytes: (count: number) => Uint8Array
  /** Gateway token that stands for the network of the listeners without security; null = devices without security are refused. */
  readonly plainToken: string | null
  /** Milliseconds between looks at a device under work that tells of no change. */
  readonly looks?: { readonly first: number; readonly last: number }
  readonly onProblem?: (problem: Lwm2mProblem) => void
}

/** How often registrations are looked through for those that have ended. */
const sweepEvery = 5000
const usualLooks = { first: 2000, last: 60_000 } as const

/** LwM2M 1.0 to 1.2, server side, over CoAP. What is done and which test shows it: SPEC.md. */
export class Lwm2mProtocol implements DeviceProtocol {
  readonly name = 'lwm2m'
  readonly proof = 'reports'
  readonly #deps: Lwm2mDeps
  readonly #registry = new Registry()
  readonly #reached = new Set<DeviceSession>()
  readonly #conversations: Conversations
  readonly #interfaces = new WeakMap<Path, Interface>()
  readonly #working = new Set<Promise<void>>()
  readonly #ports = new Map<PathKind, number>()
  #host: ProtocolHost | null = null
  #registrar: Registrar | null = null
  #cancelSweep: (() => void) | null = null

  constructor(deps: Lwm2mDeps) {
    this.#deps = deps
    this.#conversations = new Conversations({ clock: deps.clock, token: () => deps.randomBytes(8) })
  }

  /** Of the listeners, once started. */
  get ports(): ReadonlyMap<PathKind, number> {
    return this.#ports
  }

  async start(host: ProtocolHost): Promise<void> {
    this.#host = host
    this.#registrar = new Registrar({
      host,
      clock: this.#deps.clock,
      registry: this.#registry,
      location: () => letters(this.#deps.randomBytes(16)),
      plainToken: this.#deps.plainToken,
      open: (registration, memory) => this.#open(host, registration, memory),
      reached: (session) => this.#reach(session),
      gone: (session) => this.#drop(session),
    })
    for (const transport of this.#deps.transports)
      this.#ports.set(transport.kind, await transport.start(this.#events()))
    this.#cancelSweep = this.#deps.clock.after(sweepEvery, () => this.#sweep())
  }

  async stop(): Promise<void> {
    this.#host = null
    this.#cancelSweep?.()
    await Promise.all([...this.#registry.all].map((session) => session.end()))
    await Promise.all(this.#working)
    for (const transport of this.#deps.transports) await transport.stop()
  }

  cutOff(device: string): void {
    const session = this.#registry.ofDevice(device)
    if (!session) return
    const { path } = session.registration
    void this.#drop(session).finally(() => path.close())
  }

  reaches(device: string): boolean {
    const session = this.#registry.ofDevice(device)
    return session !== undefined && session.awake && this.#reached.has(session)
  }

  async send(outputs: readonly QueuedOutput[]): Promise<void> {
    for (const [device, queue] of Map.groupBy(outputs, (queued) => queued.device))
      this.#registry.ofDevice(device)?.give(queue)
  }

  /** A device without a connection is tried where it was heard last; one in queue mode sleeps, and comes by itself. */
  async wake(device: string): Promise<void> {
    const host = this.#host
    if (!host) return
    const session = this.#registry.ofDevice(device)
    if (session && session.awake) return this.#reach(session)
    if (session) return
    const memory = await Memory.of(host, device)
    const path = memory.value.address && this.#plain()?.pathTo(memory.value.address)
    const registration = path ? restored(device, memory.value, path, this.#deps.clock.now()) : null
    if (!registration || this.#registry.ofDevice(device) || !this.#host) return
    const again = this.#open(host, registration, memory)
    this.#registry.add(again)
    this.#reach(again)
  }

  limits(asked: AskedOfProtocol, report: CapabilityReport | null): string | null {
    return limitsOf(asked, report)
  }

  #plain(): CoapTransport | undefined {
    return this.#deps.transports.find(({ kind }) => kind === 'coap')
  }

  #open(host: ProtocolHost, registration: DeviceSession['registration'], memory: Memory): DeviceSession {
    return new DeviceSession(registration, memory, {
      host,
      clock: this.#deps.clock,
      conversations: this.#conversations,
      looks: this.#deps.looks ?? usualLooks,
      lost: (session) => this.#lose(session),
      over: (session) => void this.#drop(session),
      problem: (about, detail, cause) => this.#deps.onProblem?.({ about, detail, cause }),
    })
  }

  #reach(session: DeviceSession): void {
    if (this.#registry.ofDevice(session.device) !== session) return
    const anew = !this.#reached.has(session)
    this.#reached.add(session)
    if (anew) this.#host?.reachable(session.device)
    session.ring()
  }

  #lose(session: DeviceSession): void {
    if (this.#reached.delete(session)) this.#host?.unreachable(session.device)
  }

  async #drop(session: DeviceSession): Promise<void> {
    this.#registry.remove(session)
    this.#lose(session)
    this.#conversations.stopObserving(session.registration.path)
    await session.end()
  }

  #sweep(): void {
    const now = this.#deps.clock.now()
    for (const session of this.#registry.all) {
      if (expires(session.registration) < now) void this.#drop(session)
      else if (!session.awake) this.#lose(session)
    }
    this.#cancelSweep = this.#deps.clock.after(sweepEvery, () => this.#sweep())
  }

  #events(): PathEvents {
    return {
      request: (path, message, reply) => this.#request(path, message, reply),
      answer: (path, message) => {
        const expected = this.#conversations.answered(path, message)
        const session = expected ? this.#registry.ofPath(path) : undefined
        if (session) session.registration.heard = this.#deps.clock.now()
        return expected
      },
      undelivered: (path, token, why) => this.#conversations.undelivered(path, token, why),
      closed: (path) => {
        this.#conversations.closed(path)
        const session = this.#registry.ofPath(path)
        if (session) this.#lose(session)
      },
      preSharedKey: async (identity) => {
        const secret = await this.#host?.secret('lwm2m', identity, 'pre-shared-key')
        return secret ? bytesOfHex(secret.secret) : null
      },
      refused: (about, cause) => this.#deps.onProblem?.({ about, detail: 'what it sent was refused', cause }),
    }
  }

  #request(path: Path, message: CoapMessage, reply: (answer: CoapMessage) => void): void {
    const registrar = this.#registrar
    let requests = this.#interfaces.get(path)
    if (!requests) this.#interfaces.set(path, (requests = new Interface()))
    const asked = requests.read(message)
    if ('code' in asked) return reply(answerTo(message, asked))
    if (!this.#host || !registrar) return reply(answerTo(message, { code: answer.serviceUnavailable }))
    const work = registrar
      .answer(path, asked)
      .catch((cause: unknown) => {
        this.#deps.onProblem?.({ about: path.key, detail: `a request (${asked.kind}) was not carried out`, cause })
        return { code: answer.serviceUnavailable } as Reply
      })
      .then((answered) => {
        reply(answerTo(message, answered))
        return answered.after?.()
      })
    this.#working.add(work)
    void work.finally(() => this.#working.delete(work))
  }
}

function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function letters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => 'abcdefghijklmnopqrstuvwxyz012345'[byte & 31]).join('')
}
