import { answer, type Schemas } from '@sutler/client'
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
  readonly order: string
  readonly seconds: number
}

const lookEvery = 200
const over: ReadonlySet<string> = new Set(['completed', 'failed', 'partial', 'cancelled', 'rejected'])

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

/**
 * Orders a version for the simulated devices and follows it until each has proved it, or has not.
 * @param tell each change of a delivery
 * @param patience milliseconds
 * @throws ApiError when it cannot be ordered: no component fits, or something that it requires is not there
 */
export async function tryVersion(
  ground: ProvingGround,
  { id: service, composition: { version } }: ServiceSource,
  again: boolean,
  { tell, patience, stop }: { tell: (delivery: Delivery) => void; patience: number; stop: AbortSignal },
): Promise<TrialOutcome> {
  const begin = performance.now()
  const action = again ? ('modify' as const) : ('add' as const)
  const items = [{ action, service, version }]
  // What one device does is to be seen, whatever another one did.
  const body = { household: ground.household, items, allOrNothing: false }
  let order = answer(await ground.api.POST('/api/v1/orders', { body }))
  const seen = new Map<string, string>()
  for (;;) {
    for (const delivery of order.deliveries) {
      const now = `${delivery.state} ${delivery.progress.stage}`
      if (seen.get(delivery.id) === now) continue
      seen.set(delivery.id, now)
      tell(delivery)
    }
    if (over.has(order.state) || performance.now() - begin > patience) break
    await pause(lookEvery, stop)
    order = answer(await ground.api.GET('/api/v1/orders/{id}', { params: { path: { id: order.id } } }))
  }
  const devices = order.deliveries.map((delivery) => outcomeOf(ground, delivery))
  const passed = devices.length > 0 && devices.every(({ state }) => state === 'confirmed')
  const seconds = Math.round((performance.now() - begin) / 100) / 10
  return { service, version, passed, devices, order: order.id, seconds }
}

function outcomeOf({ devices }: ProvingGround, delivery: Delivery): DeviceOutcome {
  const { device, component, state, detail, files, bytes } = delivery
  const about = { device, class: devices.get(device)?.class ?? '', component, state }
  if (state === 'confirmed') return { ...about, detail: '', files, bytes }
  return { ...about, detail: detail || `still ${state}`, files: 0, bytes: 0 }
}
