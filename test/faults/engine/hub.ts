import type { ChildProcess } from 'node:child_process'
import type { Returned } from '../../../hub/src/engine/index.ts'
import { forkHub, type Bundle } from './bundle.ts'
import type { Gate, Move, Refused, Said, Sent, SentBatch, Told } from './protocol.ts'

/** The hub was killed: whatever it was told may have been done or not. */
export class HubGone extends Error {}

/** The hub has said nothing for too long: it may be frozen, and may yet do what it was told. */
export class HubSilent extends Error {}

/** The hub said no. */
export class HubRefused extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super(`${refused.code}: ${refused.message}`)
    this.refused = refused
  }
}

interface Call {
  readonly resolve: (returned: Returned | null) => void
  readonly reject: (error: Error) => void
}

/** A hub's engine in a process of its own. */
export class Hub {
  readonly pid: number
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>
  readonly #child: ChildProcess
  readonly #calls = new Map<number, Call>()
  readonly #loaded = Promise.withResolvers<void>()
  readonly #working = Promise.withResolvers<void>()
  readonly #gates = new Map<Gate, PromiseWithResolvers<void>>()
  #next = 0
  #gone = false

  constructor(bundle: Bundle) {
    const child = forkHub(bundle)
    this.#child = child
    this.pid = child.pid!
    for (const { promise } of [this.#loaded, this.#working]) promise.catch(() => {})
    child.on('message', (said: Said) => this.#hear(said))
    child.on('error', () => {})
    const ended = Promise.withResolvers<void>()
    this.ended = ended.promise
    child.on('exit', () => ended.resolve())
    // Everything it said has been heard then.
    child.on('disconnect', () => this.#lose())
  }

  get loaded(): Promise<void> {
    return this.#loaded.promise
  }

  get working(): Promise<void> {
    return this.#working.promise
  }

  start(url: string): void {
    this.#tell({ start: { url } })
  }

  /** @throws HubGone, HubSilent, HubRefused */
  signal(signal: Sent, within: number): Promise<Returned> {
    return this.#call((call) => ({ signal, call }), within) as Promise<Returned>
  }

  /** @throws HubGone, HubSilent, HubRefused */
  async send(send: SentBatch, within: number): Promise<void> {
    await this.#call((call) => ({ send, call }), within)
  }

  /** Resolves when the migration is begun. @throws HubGone, HubSilent, HubRefused */
  async migrate(migrate: Move, within: number): Promise<void> {
    await this.#call((call) => ({ migrate, call }), within)
  }

  /** Resolves when the hub has come to the gate, where it waits. */
  async arm(gate: Gate): Promise<void> {
    const reached = Promise.withResolvers<void>()
    this.#gates.set(gate, reached)
    this.#tell({ arm: gate })
    await reached.promise
  }

  open(gate: Gate): void {
    this.#tell({ open: gate })
  }

  freeze(): void {
    this.#child.kill('SIGSTOP')
  }

  thaw(): void {
    this.#child.kill('SIGCONT')
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  #tell(told: Told): void {
    if (!this.#gone && this.#child.connected) this.#child.send(told, () => {})
  }

  #call(told: (call: number) => Told, within: number): Promise<Returned | null> {
    if (this.#gone) return Promise.reject(new HubGone(`hub ${this.pid} is gone`))
    const call = this.#next++
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#calls.delete(call)
        reject(new HubSilent(`hub ${this.pid} said nothing for ${within} ms`))
      }, within)
      const end = (): void => {
        clearTimeout(late)
        this.#calls.delete(call)
      }
      this.#calls.set(call, {
        resolve: (returned) => (end(), resolve(returned)),
        reject: (error) => (end(), reject(error)),
      })
      this.#tell(told(call))
    })
  }

  #hear(said: Said): void {
    if ('loaded' in said) this.#loaded.resolve()
    else if ('working' in said) this.#working.resolve()
    else if ('at' in said) this.#gates.get(said.at)?.resolve()
    else if ('returned' in said) this.#calls.get(said.call)?.resolve(said.returned)
    else this.#calls.get(said.call)?.reject(new HubRefused(said.refused))
  }

  #lose(): void {
    this.#gone = true
    const gone = new HubGone(`hub ${this.pid} is gone`)
    this.#loaded.reject(gone)
    this.#working.reject(gone)
    for (const { reject } of this.#calls.values()) reject(gone)
  }
}
