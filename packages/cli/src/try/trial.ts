import { answer, type Schemas, type SutlerClient } from '@sutler/client'
import type { KeyPair } from '@sutler/trust/node'
import { publishService } from '../publish-service.ts'
import type { ServiceSource } from '../service-source.ts'
import { signService } from '../trust/sign-service.ts'
import { pause, type TriedDevice } from './agents.ts'

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

/**
 * Publishes and signs a version.
 * @param mark makes it a version of its own, before the one that it will be: content that has been tried may still change. Null: as it is
 */
export async function publishNumbered(
  api: SutlerClient,
  source: ServiceSource,
  developer: KeyPair,
  mark: string | null,
): Promise<ServiceSource> {
  const { version } = source.composition
  const numbered = `${version}${version.includes('-') ? '.' : '-'}${mark}`
  const named = mark === null ? source : { ...source, composition: { ...source.composition, version: numbered } }
  await publishService(api, named)
  await signService(api, named, developer)
  return named
}

/** Where a delivery has come to. */
export type Told = Pick<Delivery, 'device' | 'state' | 'detail'> & { readonly stage: string }

export interface Following {
  /** Told each change of a delivery. */
  readonly tell: (told: Told) => void
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
      tell({ ...delivery, stage: delivery.progress.stage })
    }
    if (isOver(order.state) || performance.now() - begin > patience) return order
    await pause(lookEvery, stop)
    order = answer(await api.GET('/api/v1/orders/{id}', { params: { path: { id: order.id } } }))
  }
}

interface Ordering {
  readonly api: SutlerClient
  readonly household: string
  readonly devices: ReadonlyMap<string, TriedDevice>
}

/**
 * Orders a version for the simulated devices and follows it until each has proved it, or has not.
 * @throws ApiError when it cannot be ordered: no component fits, or something that it requires is not there
 */
export async function tryByOrder(
  { api, household, devices }: Ordering,
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
