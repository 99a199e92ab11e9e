import { answer, type Schemas, type SutlerClient } from '@sutler/client'
import { publishService, releaseVersion } from '../publish-service.ts'
import type { ServiceSource } from '../service-source.ts'
import { signService } from '../trust/sign-service.ts'
import { pause, type ProvingGround } from './proving-ground.ts'

type Delivery = Schemas['Delivery']

/** What a trial found out about one device. */
export interface DeviceOutcome {
  readonly device: string
  readonly class: string
  readonly component: string
  readonly state: Delivery['state']
  /** Why it is not confirmed, in words; '' when it is. */
  readonly detail: string
  /** Files that it proved to have in place, and their bytes. */
  readonly files: number
  readonly bytes: number
}

export interface TrialOutcome {
  readonly service: string
  readonly version: string
  /** Every device that was meant has proved it. */
  readonly passed: boolean
  readonly devices: readonly DeviceOutcome[]
  /** By which it was tried. */
  readonly orders: readonly string[]
  readonly seconds: number
}

const lookEvery = 200
const over: ReadonlySet<string> = new Set(['completed', 'failed', 'partial', 'cancelled', 'rejected'])

/** Whether an order in this state has come to its end. */
export function isOver(state: Order['state']): boolean {
  return over.has(state)
}

/** Makes a version orderable here, however often its content has changed: a further one gets a number of its own. */
export async function publishFor(
  ground: ProvingGround,
  source: ServiceSource,
  attempt: number,
): Promise<ServiceSource> {
  const { version } = source.composition
  const numbered = `${version}${version.includes('-') ? '.' : '-'}try.${attempt}`
  const named = attempt === 1 ? source : { ...source, composition: { ...source.composition, version: numbered } }
  await publishService(ground.api, named)
  await signService(ground.api, named, ground.developer)
  await releaseVersion(ground.api, named.id, named.composition.version)
  return named
}

export interface Following {
  /** Told each change of a delivery. */
  readonly tell: (delivery: Delivery) => void
  /** Milliseconds. */
  readonly patience: number
  readonly stop: AbortSignal
}

type Order = Schemas['OrderWithDeliveries']

/** Follows an order until it is over, or patience is. */
export async function followOrder(
  api: SutlerClient,
  placed: Order,
  { tell, patience, stop }: Following,
): Promise<Order> {
  const begin = performance.now()
  let order = placed
  const seen = new Map<string, string>()
  for (;;) {
    for (const delivery of order.deliveries) {
      const now = `${delivery.state} ${delivery.progress.stage}`
      if (seen.get(delivery.id) === now) continue
      seen.set(delivery.id, now)
      tell(delivery)
    }
    if (isOver(order.state) || performance.now() - begin > patience) return order
    await pause(lookEvery, stop)
    order = answer(await api.GET('/api/v1/orders/{id}', { params: { path: { id: order.id } } }))
  }
}

/**
 * Orders a version for the simulated devices and follows it until each has proved it, or has not.
 * @throws ApiError when it cannot be ordered: no component fits, or something that it requires is not there
 */
export async function tryVersion(
  { api, household, devices }: ProvingGround,
  { id: service, composition: { version } }: ServiceSource,
  again: boolean,
  following: Following,
): Promise<TrialOutcome> {
  const begin = performance.now()
  const items = [{ action: again ? ('modify' as const) : ('add' as const), service, version }]
  // What one device does is to be seen, whatever another one did.
  const body = { household, items, allOrNothing: false }
  const order = await followOrder(api, answer(await api.POST('/api/v1/orders', { body })), following)
  const classOf = (device: string): string => devices.get(device)?.class ?? ''
  return outcomeOf(service, version, [order], classOf, Math.round((performance.now() - begin) / 100) / 10)
}

/** What these orders of a version found out. @param seconds that it took */
export function outcomeOf(
  service: string,
  version: string,
  orders: readonly Order[],
  classOf: (device: string) => string,
  seconds: number,
): TrialOutcome {
  const devices = orders
    .flatMap(({ deliveries }) => deliveries)
    .filter((delivery) => delivery.service === service && delivery.purpose === 'carry-out')
    .map((delivery) => deviceOutcome(classOf(delivery.device), delivery))
  const passed = devices.length > 0 && devices.every(({ state }) => state === 'confirmed')
  return { service, version, passed, devices, orders: orders.map(({ id }) => id), seconds }
}

function deviceOutcome(name: string, { device, component, state, detail, files, bytes }: Delivery): DeviceOutcome {
  const about = { device, class: name, component, state }
  if (state === 'confirmed') return { ...about, detail: '', files, bytes }
  return { ...about, detail: detail || `still ${state}`, files: 0, bytes: 0 }
}
