import { answer, type SutlerClient } from '@sutler/client'
import type { Offer } from '@sutler/wire'
import { explanationText } from '../../../packages/cli/src/explanation-text.ts'
import { readCampaign } from '../../support/campaign-fleet.ts'
import type { ComposedHub } from '../../support/composed-hub.ts'
import type { ManualClock } from '../../support/manual-clock.ts'
import { until } from '../../support/until.ts'
import { WireDevice } from '../../support/wire-device.ts'
import { createClaim, patience, readOrder, type Order } from '../household.ts'

type Class = 'phone' | 'gateway' | 'set-top-box'

/** A hub, the households, devices and orders of one scenario, by the names that the scenario gives them. */
export class World {
  readonly hub: ComposedHub
  readonly clock: ManualClock
  readonly #ids = new Map<string, string>()
  readonly #devices = new Map<string, WireDevice>()
  readonly #answered = new Set<string>()

  constructor(hub: ComposedHub, clock: ManualClock) {
    this.hub = hub
    this.clock = clock
  }

  name(name: string, id: string): void {
    this.#ids.set(name, id)
  }

  /** @throws Error for a name that the scenario has not given */
  id(name: string): string {
    const id = this.#ids.get(name)
    if (id === undefined) throw new Error(`the scenario has nothing called ${name}`)
    return id
  }

  device(name: string): WireDevice {
    const device = this.#devices.get(name)
    if (device === undefined) throw new Error(`the scenario has no device ${name}`)
    return device
  }

  async addDevice(name: string, deviceClass: Class, household: string): Promise<void> {
    const claim = await createClaim(this.hub, this.id(household))
    const now = () => this.clock.now()
    const device = await WireDevice.start(this.hub, claim, { now, class: deviceClass, serial: name })
    this.#devices.set(name, device)
    this.name(name, device.id)
    await this.untilReachable(name, true)
  }

  async untilReachable(name: string, wanted: boolean): Promise<void> {
    const params = { path: { id: this.id(name) } }
    await until(async () => answer(await this.api.GET('/api/v1/devices/{id}', { params })).reachable === wanted, {
      deadline: patience,
      what: `${name} is ${wanted ? 'reachable' : 'unreachable'}`,
    })
  }

  /** What the device was sent last about a service and has not answered yet. */
  async sent(name: string, service: string): Promise<Offer | { t: 'remove'; delivery: string }> {
    const device = this.device(name)
    const message = await until(
      () =>
        device.received.findLast(
          (each): each is Extract<typeof each, { t: 'offer' | 'remove' }> =>
            (each.t === 'offer' || each.t === 'remove') &&
            !this.#answered.has(each.delivery) &&
            (each.t === 'remove' || each.service === service),
        ),
      { deadline: patience, what: `something about ${service} for ${name}` },
    )
    return message as Offer
  }

  /** What the device was offered last of a service, as it reports it when it is in place. */
  async installed(name: string, service: string) {
    const device = this.device(name)
    const offer = device.received.findLast((each): each is Offer => each.t === 'offer' && each.service === service)
    if (offer === undefined) throw new Error(`${name} was never offered ${service}`)
    const { version, component } = await device.manifest(offer)
    return { service, version, component, epoch: offer.epoch, manifest: offer.manifest.digest }
  }

  answered(delivery: string): void {
    this.#answered.add(delivery)
  }

  order(name: string): Promise<Order> {
    return readOrder(this.hub, this.id(name))
  }

  campaign(name: string) {
    return readCampaign(this.hub, this.id(name))
  }

  get api(): SutlerClient {
    return this.hub.api
  }

  /** An explanation as people read it: names in the place of ids, times to the minute. */
  async explain(kind: string, name: string, more: readonly string[]): Promise<string> {
    const text = explanationText(await this.#explanation(kind, name, more))
    return this.#named(text)
      .replace(/(\d\dT\d\d:\d\d):\d\dZ/g, '$1Z')
      .replaceAll(/ +$/gm, '')
  }

  async #explanation(kind: string, name: string, [service, version]: readonly string[]) {
    if (kind === 'order')
      return answer(await this.api.GET('/api/v1/explanations/orders/{id}', { params: { path: { id: this.id(name) } } }))
    if (kind === 'device') {
      const query = { ...(service === undefined ? {} : { service }), ...(version === undefined ? {} : { version }) }
      const params = { path: { id: this.id(name) }, query }
      return answer(await this.api.GET('/api/v1/explanations/devices/{id}', { params }))
    }
    const device = this.id(service ?? '')
    const { deliveries } = await this.order(name)
    const own = deliveries.filter(
      (each) => each.device === device && (version === undefined || each.service === version),
    )
    return answer(
      await this.api.GET('/api/v1/explanations/deliveries/{id}', { params: { path: { id: own.at(-1)?.id ?? '' } } }),
    )
  }

  #named(text: string): string {
    const names = new Map([...this.#ids].map(([name, id]) => [id, `<${name}>`]))
    const counts = new Map<string, number>()
    return text.replace(/\b(?:ord|dlv|dev|hh|sub|cmp|fir|itm|usr|key|pol)-[0-9A-Za-z-]{8,}\b/g, (id) => {
      const known = names.get(id)
      if (known !== undefined) return known
      const kind = id.slice(0, 3)
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      names.set(id, `<${kind}-${count}>`)
      return `<${kind}-${count}>`
    })
  }

  async stop(): Promise<void> {
    for (const device of this.#devices.values()) await device.disconnect()
  }
}
