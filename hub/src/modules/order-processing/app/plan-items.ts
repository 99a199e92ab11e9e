import type { Assigned } from '../../service-definitions/index.ts'
import { maximumDevices, type Plan } from '../domain/decompose.ts'
import type { OrderItem } from '../domain/order.ts'
import type { ResolvedHousehold } from './resolve-household.ts'
import type { LivingSubscription } from './storage.ts'

/** An item that the order brings along though nobody asked for it. */
export interface BroughtItem {
  readonly action: 'add' | 'modify' | 'remove'
  readonly service: string
  readonly version: string
  readonly origin: Exclude<OrderItem['origin'], 'wished'>
  readonly because: string
  /** Null for a removal: it goes to whatever devices have the service. */
  readonly plan: Plan | null
}

/** What has to come, change or go so that what was asked for can be. */
export function broughtItems(
  resolved: ResolvedHousehold,
  ordered: ReadonlySet<string>,
  living: ReadonlyMap<string, LivingSubscription>,
): BroughtItem[] {
  const coming = resolved.assignment.flatMap((assigned): BroughtItem[] => {
    const { service, version } = assigned
    const known = living.get(service)
    if (ordered.has(service) || known?.version === version) return []
    const plan = planOf(resolved, assigned)
    const origin = assigned.because === 'recommended' ? 'recommended' : 'required'
    if (known === undefined) return [{ action: 'add', service, version, origin, because: whyAdded(assigned), plan }]
    const because = `${service} ${known.version} does not go together with what was ordered; ${version} does`
    return [{ action: 'modify', service, version, origin, because, plan }]
  })
  const going = resolved.remove
    .filter(({ service }) => !ordered.has(service) && living.has(service))
    .map(({ service, version, because: origin, reason }): BroughtItem => {
      return { action: 'remove', service, version, origin, because: reason, plan: null }
    })
  return [...coming, ...going]
}

function whyAdded({ by, because }: Assigned): string {
  return because === 'recommended'
    ? `${by ?? 'another service'} recommends it`
    : `${by ?? 'another service'} requires it`
}

/** The deliveries of a service that comes or changes. */
export function planOf({ catalogue }: ResolvedHousehold, assigned: Assigned): Plan {
  const version = catalogue.find(assigned.service, assigned.version)
  const skipped = assigned.leftOut.map(({ device, reason }) => ({ device, reason }))
  const deliveries = assigned.devices.flatMap(({ device, component, stage }) => {
    const found = version?.components.find(({ name }) => name === component)
    if (found === undefined) return []
    const { manifest, files, bytes } = found
    return [{ device, kind: 'install' as const, assignment: { component, manifest, files, bytes }, turn: stage }]
  })
  if (deliveries.length === 0) return { refusal: 'no-component-fits', skipped }
  if (deliveries.length > maximumDevices) return { refusal: 'too-many-devices', skipped }
  return { deliveries, skipped }
}

/** Positions of the items that an item waits for: what its version needs, as far as that comes or changes in the same order. */
export function needsOf(
  { catalogue, order }: ResolvedHousehold,
  { service, version }: { readonly service: string; readonly version: string },
  installs: ReadonlyMap<string, number>,
): number[] {
  const layer = (name: string): number => order.findIndex((services) => services.includes(name))
  const relations = catalogue.find(service, version)?.relations ?? []
  const needed = relations.filter(({ kind }) => kind === 'requires' || kind === 'extends')
  return needed.flatMap((relation) => {
    const position = installs.get(relation.service)
    // Services that need one another are of one layer: they begin together.
    return position !== undefined && layer(relation.service) < layer(service) ? [position] : []
  })
}
