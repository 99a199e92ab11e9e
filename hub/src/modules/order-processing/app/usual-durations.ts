import type { OrderDependencies } from './dependencies.ts'

const hour = 3_600_000

/** How long a tenant's orders are taken to last while there are too few to tell. */
const assumed = hour

/** Not less: devices that are at hand answer within seconds, and nobody needs to be told of a minute. */
const least = 300_000

/** How long what was read is gone by; tenants whose figure is kept. */
const kept = { for: 300_000, most: 1_000 }

/** How long nine in ten of a tenant's latest orders took at most, milliseconds: read now and then. */
export function usualDurations({
  storage,
  clock,
}: Pick<OrderDependencies, 'storage' | 'clock'>): (tenant: string) => Promise<number> {
  const known = new Map<string, { readonly at: number; readonly usual: Promise<number> }>()
  return async (tenant) => {
    const now = clock.now()
    const found = known.get(tenant)
    if (found !== undefined && now - found.at < kept.for) return found.usual
    const usual = storage.usualDuration(tenant).then((found) => (found === null ? assumed : Math.max(least, found)))
    known.delete(tenant)
    known.set(tenant, { at: now, usual })
    // A figure that could not be read is asked for again.
    usual.catch(() => known.delete(tenant))
    for (const oldest of known.keys()) {
      if (known.size <= kept.most) break
      known.delete(oldest)
    }
    return usual
  }
}
