import type { Schemas } from '@sutler/client'

type Delivery = Schemas['Delivery']
type Installed = NonNullable<Schemas['Device']['capabilities']>['installed'][number]

/** One component on a device: what it should be, what it is, and how the two stand to each other. */
export interface Standing {
  readonly service: string
  readonly component: string
  /** Null = absent. */
  readonly wanted: string | null
  readonly has: string | null
  readonly state: 'agrees' | 'underWay' | 'failed' | 'differs' | 'unknown'
  /** The newest delivery that says what it should be. */
  readonly delivery: Delivery | undefined
}

/**
 * @param deliveries of the device, the newest first @param installed as it reported last
 * @returns in order of service and component; what should be absent and is, is left out
 */
export function standings(deliveries: readonly Delivery[], installed: readonly Installed[]): Standing[] {
  const newest = new Map<string, Delivery>()
  for (const delivery of deliveries) {
    const key = `${delivery.service} ${delivery.component}`
    if (delivery.state !== 'cancelled' && !newest.has(key)) newest.set(key, delivery)
  }
  const have = new Map(installed.map((each) => [`${each.service} ${each.component}`, each]))
  return [...new Set([...newest.keys(), ...have.keys()])].toSorted().flatMap((key) => {
    const delivery = newest.get(key)
    const own = have.get(key)
    const wanted = delivery === undefined || delivery.kind === 'remove' ? null : delivery.version
    const has = own?.version ?? null
    if (wanted === null && has === null && (delivery === undefined || delivery.state === 'confirmed')) return []
    const [service, component] = [delivery?.service ?? own!.service, delivery?.component ?? own!.component]
    return [{ service, component, wanted, has, delivery, state: stateOf(delivery, wanted, has) }]
  })
}

function stateOf(delivery: Delivery | undefined, wanted: string | null, has: string | null): Standing['state'] {
  if (delivery === undefined) return 'unknown'
  if (delivery.state === 'failed') return 'failed'
  if (delivery.state !== 'confirmed') return 'underWay'
  return wanted === has ? 'agrees' : 'differs'
}
