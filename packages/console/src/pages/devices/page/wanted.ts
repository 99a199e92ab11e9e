import type { Schemas } from '@sutler/client'

type Delivery = Schemas['Delivery']
type Report = Pick<NonNullable<Schemas['Device']['capabilities']>, 'installed' | 'protocol'>
type Installed = Report['installed'][number]

/** One component on a device: what it should be, what it is, and how the two stand to each other. */
export interface Standing {
  readonly service: string
  readonly component: string
  /** Null = absent. */
  readonly wanted: string | null
  readonly has: string | null
  /** `files`: the version, but with other files; `proved`: the device does not say what it runs, and has proved it once. */
  readonly state: 'agrees' | 'underWay' | 'failed' | 'differs' | 'files' | 'proved' | 'unknown'
  /** The newest delivery that says what it should be. */
  readonly delivery: Delivery | undefined
}

/**
 * @param deliveries of the device, the newest first @param report its last one
 * @returns in order of service and component; what should be absent and is, is left out
 */
export function standings(deliveries: readonly Delivery[], { installed, protocol }: Report): Standing[] {
  const newest = new Map<string, Delivery>()
  for (const delivery of deliveries) {
    const key = `${delivery.service} ${delivery.component}`
    if (delivery.state !== 'cancelled' && !newest.has(key)) newest.set(key, delivery)
  }
  const have = new Map(installed.map((each) => [`${each.service} ${each.component}`, each]))
  return [...new Set([...newest.keys(), ...have.keys()])].toSorted().flatMap((key) => {
    const delivery = newest.get(key)
    const own = have.get(key)
    // Other protocols carry no digests of ours: what was proved is all that is known.
    const isSilent = protocol !== undefined && own === undefined
    const wanted = delivery === undefined || delivery.kind === 'remove' ? null : delivery.version
    const has = own?.version ?? null
    if (wanted === null && has === null && (delivery === undefined || delivery.state === 'confirmed')) return []
    const [service, component] = [delivery?.service ?? own!.service, delivery?.component ?? own!.component]
    return [{ service, component, wanted, has, delivery, state: stateOf(delivery, own, isSilent) }]
  })
}

function stateOf(delivery: Delivery | undefined, own: Installed | undefined, isSilent: boolean): Standing['state'] {
  if (delivery === undefined) return 'unknown'
  if (delivery.state === 'failed') return 'failed'
  if (delivery.state !== 'confirmed') return 'underWay'
  if (isSilent) return 'proved'
  if (delivery.kind !== 'install') return own === undefined ? 'agrees' : 'differs'
  if (own?.version !== delivery.version) return 'differs'
  return own.manifest === delivery.manifest ? 'agrees' : 'files'
}
