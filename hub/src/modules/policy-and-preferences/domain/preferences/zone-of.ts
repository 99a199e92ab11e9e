import type { Zone } from '../situation.ts'
import { isZone } from '../windows/zone.ts'
import { resolve, type Sources } from './matters.ts'

/**
 * The zone that times of day are meant in. Where the device is, is a fact before it is a wish: what is written for the device comes
 * first, then what it reports, then what its user, household and tenant say. A zone that this runtime does not know (a device may
 * report anything) is passed over.
 */
export function zoneOf(sources: Sources, reported: string | null, household: string | null): Zone {
  const bound = resolve('timeZone', sources)
  const candidates: readonly (readonly [string | null | undefined, string])[] = [
    [bound.binding ? bound.value : null, 'tenant (binding)'],
    [sources.device?.timeZone, 'device'],
    [reported, 'device’s report'],
    [sources.user?.timeZone, 'user'],
    [sources.household?.timeZone, 'household'],
    [household, 'household’s own'],
    [sources.tenant?.timeZone, 'tenant'],
  ]
  for (const [name, source] of candidates) if (name && isZone(name)) return { name, source }
  return { name: 'UTC', source: 'default' }
}
