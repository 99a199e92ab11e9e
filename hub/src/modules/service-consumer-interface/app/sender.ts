import type { DeviceProtocol } from '@sutler/device-model'
import { SendWindow } from '../domain/window.ts'
import { completed } from './complete-outputs.ts'
import type { ConsumerDependencies } from './dependencies.ts'
import type { Refusing } from './refusing.ts'
import type { OpenOutput } from './storage.ts'

/** Unacknowledged outputs per device (docs/reference/native-protocol.md, Sequence). */
const windowSize = 16
const patience = 30_000
/** Devices looked up in one statement. */
const devicesPerRound = 200
const pollEvery = 5_000
const keepDone = 7 * 24 * 3600 * 1000

/**
 * Sends the queue to whoever can be reached. The database says what is open, `SendWindow` what is already on its way.
 * A ring, a device that comes or acknowledges, and a slow poll each only mark devices as worth a look.
 */
export class Sender {
  readonly #deps: ConsumerDependencies
  readonly #window = new SendWindow(windowSize, patience)
  readonly #reachable = new Map<string, DeviceProtocol>()
  readonly #worthALook = new Set<string>()
  #taken: { id: number; result: string }[] = []
  #working: Promise<void> | null = null
  #stops: (() => void)[] = []

  readonly #refusing: Refusing

  constructor(deps: ConsumerDependencies, refusing: Refusing) {
    this.#deps = deps
    this.#refusing = refusing
  }

  start(): void {
    this.#stops = [this.#deps.doorbells.listen('outputs', () => void this.#lookForAll()), () => this.#stopPolling?.()]
    this.#schedulePoll()
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) stop()
    this.#stops = []
    await this.#working
  }

  reachable(device: string, protocol: DeviceProtocol): void {
    this.#reachable.set(device, protocol)
    this.#window.forget(device)
    this.#look(device)
  }

  unreachable(device: string): void {
    this.#reachable.delete(device)
    this.#window.forget(device)
  }

  /** The device has taken an output, or refused it for good (`error`). */
  taken(device: string, id: number, error: string | null): void {
    if (error !== null) this.#deps.log.warn({ device, output: id, error }, 'a device refused an output')
    this.#taken.push({ id, result: error === null ? 'taken' : `refused: ${error}` })
    if (this.#window.taken(device, id)) this.#worthALook.add(device)
    this.#work()
  }

  /** Outputs were queued in this process: only those devices need a look. */
  queued(devices: Iterable<string>): void {
    for (const device of devices) if (this.#reachable.has(device)) this.#worthALook.add(device)
    this.#work()
  }

  #look(device: string): void {
    this.#worthALook.add(device)
    this.#work()
  }

  async #lookForAll(): Promise<void> {
    try {
      const devices = [...this.#reachable.keys()]
      for (let from = 0; from < devices.length; from += 5000) {
        const waiting = await this.#deps.storage.waiting(this.#deps.database.sql, devices.slice(from, from + 5000))
        for (const device of waiting) this.#worthALook.add(device)
      }
      this.#work()
    } catch (error) {
      this.#deps.log.error({ err: error }, 'the output queue could not be read; it is tried again')
    }
  }

  #stopPolling: (() => void) | null = null

  #schedulePoll(): void {
    this.#stopPolling = this.#deps.clock.after(pollEvery, () => {
      for (const device of this.#window.overdue(this.#deps.clock.monotonic())) this.#worthALook.add(device)
      void this.#lookForAll()
        .then(() => this.#prune())
        .finally(() => {
          if (this.#stops.length > 0) this.#schedulePoll()
        })
    })
  }

  async #prune(): Promise<void> {
    try {
      const before = new Date(this.#deps.clock.now() - keepDone)
      await this.#deps.storage.prune(this.#deps.database.sql, before, 5000)
      await this.#deps.memory.pruneLogs(this.#deps.database.sql, before, 500)
    } catch (error) {
      this.#deps.log.error({ err: error }, 'old outputs could not be pruned; it is tried again')
    }
  }

  /** One loop at a time; starts on the next turn so that what arrives together is handled together. */
  #work(): void {
    this.#working ??= new Promise<void>((resolve) => setImmediate(resolve))
      .then(() => this.#rounds())
      .catch((error: unknown) =>
        this.#deps.log.error({ err: error }, 'outputs could not be sent; they are tried again'),
      )
      .finally(() => {
        this.#working = null
      })
  }

  async #rounds(): Promise<void> {
    while (this.#worthALook.size > 0 || this.#taken.length > 0) {
      const taken = this.#taken
      this.#taken = []
      try {
        await this.#deps.storage.markDone(this.#deps.database.sql, taken, new Date(this.#deps.clock.now()))
      } catch (error) {
        this.#taken.push(...taken)
        throw error
      }
      const devices = [...this.#worthALook].slice(0, devicesPerRound)
      for (const device of devices) this.#worthALook.delete(device)
      await this.#sendTo(devices.filter((device) => this.#reachable.has(device)))
    }
  }

  async #sendTo(devices: readonly string[]): Promise<void> {
    if (devices.length === 0) return
    const open = await this.#deps.storage.open(this.#deps.database.sql, devices, windowSize)
    const now = this.#deps.clock.monotonic()
    const byDevice = Map.groupBy(open, (output) => output.device)
    const due: OpenOutput[] = []
    for (const [device, outputs] of byDevice) {
      const take = new Set(
        this.#window.take(
          device,
          outputs.map((output) => output.id),
          now,
        ),
      )
      due.push(...outputs.filter((output) => take.has(output.id)))
    }
    await this.#deps.storage.markSent(
      this.#deps.database.sql,
      due.map((output) => output.id),
      new Date(this.#deps.clock.now()),
    )
    await this.#handOver(due)
  }

  async #handOver(due: readonly OpenOutput[]): Promise<void> {
    const byProtocol = Map.groupBy(due, (output) => this.#reachable.get(output.device))
    for (const [protocol, outputs] of byProtocol) {
      if (protocol === undefined) continue
      const whole = await completed(this.#deps, protocol, outputs)
      await protocol.send(
        await this.#refusing.carried(protocol, whole, (device, id, why) => this.taken(device, id, why)),
      )
    }
  }
}
