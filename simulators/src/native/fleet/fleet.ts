import { randomBytes } from 'node:crypto'
import { FleetError, reasonOf } from '../errors.ts'
import type { DeliveryReport, FleetContext } from '../device/context.ts'
import { ManifestShelf } from '../device/manifest-shelf.ts'
import { NativeDevice } from '../device/native-device.ts'
import { HttpClient } from '../net/http-client.ts'
import { TimerWheel } from '../net/timer-wheel.ts'
import type { FleetOptions } from '../options.ts'
import { fleetResult } from './fleet-result.ts'
import type { FleetResult, Moments } from './fleet-result.ts'
import { Gate } from './gate.ts'
import { Household } from './household.ts'
import { readState, writeState } from './state-directory.ts'
import { Statistics } from './statistics.ts'

const readyMilliseconds = 60_000
const pollMilliseconds = 200
/** Orders are asked after at no more than 50 a second: the devices' own reports settle nearly all of them. */
const perQuestionMilliseconds = 20
const mostPatienceMilliseconds = 5_000

/** Many devices in one process. */
export class Fleet implements FleetContext {
  readonly options: FleetOptions
  readonly wheel = new TimerWheel()
  readonly statistics = new Statistics()
  readonly traffic = { received: 0, sent: 0 }
  readonly manifests = new ManifestShelf()
  readonly run = `${Date.now().toString(36)}${randomBytes(2).toString('hex')}`
  readonly http: HttpClient
  readonly devices: readonly NativeDevice[]
  readonly households: Household[] = []
  readonly moments: Moments = { began: 0, ready: 0, lastOutcome: 0, ended: 0 }
  #listeners = new Set<(report: DeliveryReport) => void>()
  #starting = new Map<NativeDevice, { since: number; done: () => void }>()
  #isReady: Uint8Array
  #unsettled = new Set<Household>()
  #startGate: Gate
  #callGate = new Gate(16)
  #stopped = false

  constructor(options: FleetOptions) {
    this.options = options
    this.http = new HttpClient(this.wheel, options.sockets, options.allowRemote, options.authority)
    this.#startGate = new Gate(options.starting)
    this.#isReady = new Uint8Array(options.devices)
    this.devices = Array.from({ length: options.devices }, (_, index) => new NativeDevice(this, index))
    for (const device of this.devices) {
      const index = this.#householdOf(device.index)
      const household = (this.households[index] ??= new Household(this, index))
      household.devices.push(device)
    }
  }

  /**
   * Enrols and connects every device, and places the orders. Resolves when every device has been ready once, or has been
   * given a minute in vain (counted as a problem).
   * @throws FleetError `network` when there is no hub, `hub-refused` when it does not let households, claims or orders be made
   */
  async start(): Promise<void> {
    await this.#greetHub()
    if (this.options.state !== null) await readState(this.options.state, this)
    this.moments.began = this.wheel.now()
    this.#watchStarting()
    if (this.options.order) for (const household of this.households) this.#unsettled.add(household)
    await Promise.all(this.households.map((household) => this.#startHousehold(household)))
    this.moments.ready = this.wheel.now()
    await this.#saveState()
  }

  /**
   * Resolves when, for every household, each device has reported or the order is final; at once without orders.
   * @param milliseconds to wait at most
   * @returns whether it came to that
   */
  async settled(milliseconds: number): Promise<boolean> {
    const deadline = this.wheel.now() + milliseconds
    const patience = Math.min(mostPatienceMilliseconds, this.households.length * perQuestionMilliseconds)
    const interval = Math.max(pollMilliseconds, patience)
    let pollAt = this.wheel.now() + interval
    while (this.#unsettled.size > 0 && this.wheel.now() < deadline) {
      await this.wheel.sleep(20)
      if (this.wheel.now() < pollAt) continue
      await this.#askAfterOrders(this.wheel.now() - patience)
      pollAt = this.wheel.now() + interval
    }
    return this.#unsettled.size === 0
  }

  /** Calls the listener with each report that the hub has acknowledged. @returns a function that ends it */
  onOutcome(listener: (report: DeliveryReport) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  result(): FleetResult {
    return fleetResult(this)
  }

  /** Switches every device off, keeps the state, closes every connection. Does no harm when repeated. */
  async stop(): Promise<void> {
    if (this.#stopped) return
    this.#stopped = true
    this.moments.ended = this.wheel.now()
    for (const device of this.devices) device.stop()
    this.wheel.stop()
    this.http.stop()
    await this.#saveState()
  }

  // FleetContext

  ready(device: NativeDevice): void {
    if (this.#isReady[device.index] === 1) return
    this.#isReady[device.index] = 1
    this.statistics.ready++
    this.#starting.get(device)?.done()
  }

  reported(report: DeliveryReport): void {
    const household = this.households[this.#householdOf(report.index)]!
    this.statistics.report(report.result)
    this.statistics.offerToOutcome.push(report.milliseconds)
    this.moments.lastOutcome = this.wheel.now()
    if (household.orderedAt !== 0) {
      this.statistics.orderToOutcome.push(this.moments.lastOutcome - household.orderedAt)
      household.reported.add(report.index)
      if (household.reported.size === household.devices.length) this.#unsettled.delete(household)
    }
    for (const listener of this.#listeners) listener(report)
  }

  #householdOf(index: number): number {
    return this.options.claim === null ? Math.floor(index / this.options.perHousehold) : 0
  }

  async #greetHub(): Promise<void> {
    const { hub } = this.options
    try {
      await this.http.request('GET', `${hub}/healthz`)
    } catch (error) {
      throw new FleetError('network', `no hub answers at ${hub}: start one, or give --hub`, { cause: error })
    }
  }

  async #startHousehold(household: Household): Promise<void> {
    const newcomers = household.devices.filter(({ identity }) => !identity.enrolment).length
    let claim = this.options.claim ?? ''
    if (newcomers > 0 && claim === '') claim = await this.#callGate.run(() => household.createClaim(newcomers))
    await Promise.all(household.devices.map((device) => this.#startGate.run(() => this.#startDevice(device, claim))))
    household.id = household.devices.find(({ identity }) => identity.enrolment)?.identity.enrolment?.household ?? ''
    const { order } = this.options
    if (!order || household.id === '') this.#unsettled.delete(household)
    else await this.#callGate.run(() => household.placeOrder(order.service, order.version))
  }

  async #startDevice(device: NativeDevice, claim: string): Promise<void> {
    try {
      if (!device.identity.enrolment) {
        await device.identity.enrol(device.profile, claim)
        this.statistics.enrolled++
      }
      await this.#connected(device)
    } catch (error) {
      if (error instanceof FleetError && error.code === 'stopped') throw error
      this.statistics.problem('enrolment', reasonOf(error))
    }
  }

  #connected(device: NativeDevice): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#starting.delete(device)
        resolve()
      }
      this.#starting.set(device, { since: this.wheel.now(), done })
      device.connect()
    })
  }

  /** One check a second for all: a timer per device would outlive the start in memory. */
  #watchStarting(): void {
    this.wheel.after(1000, () => {
      const before = this.wheel.now() - readyMilliseconds
      for (const { since, done } of this.#starting.values()) {
        if (since > before) continue
        this.statistics.problem('start', 'a device was not connected and heard within a minute')
        done()
      }
      if (this.moments.ready === 0) this.#watchStarting()
    })
  }

  /** Households some of whose devices the service has nothing for are settled by the order's state. */
  async #askAfterOrders(before: number): Promise<void> {
    const late = [...this.#unsettled].filter(({ order, orderedAt }) => order !== '' && orderedAt < before)
    const ask = async (household: Household): Promise<void> => {
      if (await household.orderIsFinal()) this.#unsettled.delete(household)
    }
    await Promise.all(late.map((household) => this.#callGate.run(() => ask(household))))
  }

  /** Final states of the orders; waits a little for those that are still open. @returns state → how many orders */
  async orderStates(milliseconds: number): Promise<Record<string, number>> {
    const deadline = this.wheel.now() + milliseconds
    const placed = this.households.filter(({ order }) => order !== '')
    for (;;) {
      const final = await Promise.all(placed.map((household) => this.#callGate.run(() => household.orderIsFinal())))
      if (final.every(Boolean) || this.wheel.now() > deadline) break
      await this.wheel.sleep(pollMilliseconds)
    }
    const states = await Promise.all(placed.map((household) => this.#callGate.run(() => household.orderState())))
    const counts: Record<string, number> = {}
    for (const state of states) counts[state] = (counts[state] ?? 0) + 1
    return counts
  }

  async #saveState(): Promise<void> {
    if (this.options.state !== null) await writeState(this.options.state, this)
  }
}
