import { setTimeout as sleep } from 'node:timers/promises'
import type { Input, InstallOutput } from '../src/index.ts'
import type { ComponentGiven, Harness, SimulatedDevice } from './harness.ts'
import { ConformanceHost } from './host.ts'

const deadline = 15_000

/** One trial: a host, the protocol under test, and the device that most cases need. */
export class Trial {
  readonly harness: Harness
  readonly host = new ConformanceHost()
  readonly #devices: SimulatedDevice[] = []
  #deliveries = 0

  constructor(harness: Harness) {
    this.harness = harness
  }

  async start(): Promise<void> {
    await this.host.start()
    await this.#serve()
  }

  async end(): Promise<void> {
    this.host.disorderly = false
    for (const device of this.#devices) await device.off()
    await this.#stopServing()
    await this.harness.end()
    await this.host.stop()
  }

  #stopServing: () => Promise<void> = async () => undefined

  async #serve(): Promise<void> {
    const protocol = await this.harness.start(this.host)
    this.host.serve(protocol)
    this.#stopServing = async () => {
      this.host.serve(null)
      await protocol.stop()
    }
  }

  /** The hub ends and another one takes over, with all that was durable. */
  async restartHub(): Promise<void> {
    await this.#stopServing()
    this.host.present.clear()
    await this.#serve()
  }

  async device(): Promise<SimulatedDevice> {
    const device = await this.harness.device(this.host, this.#devices.length + 1)
    this.#devices.push(device)
    return device
  }

  /** A device that is on, and has said what it is. */
  async greeted(): Promise<SimulatedDevice> {
    const device = await this.device()
    await device.on()
    await this.until('the device says what it is', () => this.host.of(device.id, 'capabilities').length > 0)
    return device
  }

  /** Orders a version; `size` bytes at least. Returns the delivery with what proves it. */
  install(device: SimulatedDevice, version: string, { service = 'guide', size = 4_096, epoch = 0 } = {}): Ordered {
    const given = this.harness.component?.(service, version, size) ?? oneUnit(service, version, size)
    const delivery = `dlv-${++this.#deliveries}`
    const component = this.host.component(service, version, given)
    const output: InstallOutput = { ...component, delivery, epoch: epoch || this.#deliveries }
    this.host.ordered.set(delivery, output)
    this.host.queue(device.id, output)
    return { delivery, output }
  }

  remove(device: SimulatedDevice, { service = 'guide', keep = false } = {}): { delivery: string } {
    const delivery = `dlv-${++this.#deliveries}`
    const unit = this.host.proved(device.id, service)
    const role = this.harness.component?.(service, '1.0.0', 1).role ?? 'unit'
    this.host.ordered.set(delivery, { kind: 'remove', service })
    const epoch = this.#deliveries
    this.host.queue(device.id, {
      kind: 'remove',
      delivery,
      epoch,
      service,
      role,
      unit,
      ...(keep && { keep: true as const }),
    })
    return { delivery }
  }

  /** Withdraws a delivery as the hub does: what was never given out just leaves the queue. */
  cancel(device: SimulatedDevice, delivery: string): void {
    const heard = this.host.of(device.id, 'accepted').some((input) => input.delivery === delivery)
    if (this.host.drop(delivery) || heard) this.host.queue(device.id, { kind: 'cancel', delivery, reason: 'withdrawn' })
  }

  outcomes(device: SimulatedDevice, delivery: string): Extract<Input, { kind: 'outcome' }>[] {
    return this.host.of(device.id, 'outcome').filter((outcome) => outcome.delivery === delivery)
  }

  async outcome(device: SimulatedDevice, delivery: string): Promise<Extract<Input, { kind: 'outcome' }>> {
    await this.until(`the outcome of ${delivery}`, () => this.outcomes(device, delivery).length > 0)
    return this.outcomes(device, delivery)[0]!
  }

  /** Waits for a condition while every device goes on with what it does by itself. @throws Error after 15 seconds */
  async until(what: string, condition: () => boolean): Promise<void> {
    const end = performance.now() + deadline
    for (let round = 0; !condition(); round++) {
      if (performance.now() > end) throw new Error(`not within ${deadline} ms: ${what}; ${this.#account()}`)
      for (const device of this.#devices) {
        await device.turn()
        if (round % 20 === 19) this.host.flush(device.id)
      }
      await sleep(5)
    }
  }

  /** Some rounds in which nothing is waited for: what must not happen would happen in them. */
  async rounds(count: number): Promise<void> {
    for (let round = 0; round < count; round++) {
      for (const device of this.#devices) await device.turn()
      await sleep(5)
    }
  }

  /** The end of what was said, for whoever reads a failure. */
  #account(): string {
    const said = this.host.said.slice(-8).map(({ device, input }) => `${device} ${JSON.stringify(input)}`)
    return `the last that was said: ${said.join(' | ') || 'nothing'}`
  }
}

export interface Ordered {
  readonly delivery: string
  readonly output: InstallOutput
}

function oneUnit(service: string, version: string, size: number): ComponentGiven {
  const content = Buffer.alloc(size, `${service} ${version}\n`)
  return { role: 'unit', files: [{ path: `${service}.pkg`, content }] }
}
