import { callHub, textField } from '../net/hub-call.ts'
import type { FleetContext } from '../device/context.ts'
import type { NativeDevice } from '../device/native-device.ts'
import { householdTimeZone } from '../plan/device-profile.ts'

/** Order states after which nothing more comes (TMF641). */
const finalStates = new Set(['completed', 'failed', 'partial', 'cancelled', 'rejected'])

/** Devices that belong together, and what was ordered for them. */
export class Household {
  readonly devices: NativeDevice[] = []
  /** The hub's id; '' = not known yet. */
  id = ''
  order = ''
  orderedAt = 0
  /** Devices that have reported since the order. */
  readonly reported = new Set<number>()
  readonly #context: FleetContext
  readonly #index: number

  constructor(context: FleetContext, index: number) {
    this.#context = context
    this.#index = index
  }

  /** Makes the household and a claim for that many devices. @returns the claim */
  async createClaim(uses: number): Promise<string> {
    if (this.id === '') {
      const timeZone = householdTimeZone(this.#context.options.seed, this.#index)
      const body = { name: `Simulated household ${this.#index + 1}`, timeZone }
      this.id = textField(await this.#call('POST', '/api/v1/households', body), 'id')
    }
    return textField(await this.#call('POST', '/api/v1/claims', { household: this.id, uses }), 'claim')
  }

  async placeOrder(service: string, version: string | null): Promise<void> {
    const item = version === null ? { action: 'add', service } : { action: 'add', service, version }
    this.orderedAt = this.#context.wheel.now()
    const order = await this.#call('POST', '/api/v1/orders', { household: this.id, items: [item] })
    this.order = textField(order, 'id')
    this.#context.statistics.ordersPlaced++
  }

  async orderState(): Promise<string> {
    return textField(await this.#call('GET', `/api/v1/orders/${this.order}`), 'state')
  }

  async orderIsFinal(): Promise<boolean> {
    return this.order !== '' && finalStates.has(await this.orderState())
  }

  #call(method: 'GET' | 'POST', path: string, body?: unknown): ReturnType<typeof callHub> {
    const { token } = this.#context.options
    return callHub(this.#context, method, path, { body, ...(token === null ? {} : { token }) })
  }
}
