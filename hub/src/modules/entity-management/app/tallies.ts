import { actAsHub } from '../../../platform/acting.ts'
import { countedSeldom } from '../../../platform/counted-seldom.ts'
import type { FleetTally } from '../overview-contract.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { KindCount, PresencePoint } from './storage.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Samples are taken at full five minutes; after two days those of full hours are left, for a month. */
const slot = 5 * minute
const kept = { samples: 2 * day, hours: 31 * day }
const spans = { day, month: 30 * day } as const

/** The fleet in numbers. */
export function tallies({ database, clock, storage }: EntityDependencies) {
  const store = storage.tallies
  const counted = countedSeldom<Omit<FleetTally, 'countedAt'>>(clock)

  return {
    async fleet(tenant: string): Promise<FleetTally> {
      const { value, at } = await counted(tenant, async () => tallyOf(await store.kinds(database.sql, tenant)))
      return { countedAt: new Date(at).toISOString(), ...value }
    },

    /** Oldest first. */
    series: (tenant: string, span: keyof typeof spans): Promise<PresencePoint[]> =>
      store.series(database.sql, tenant, {
        since: new Date(clock.now() - spans[span]),
        hourly: span === 'month',
      }),

    /** Writes down how many devices of each tenant are connected, once in five minutes however often and by whom it is called. */
    sample: (): Promise<void> =>
      actAsHub(async () => {
        const now = clock.now()
        await store.sample(database.sql, new Date(now - (now % slot)))
        await store.forget(database.sql, { samples: new Date(now - kept.samples), hours: new Date(now - kept.hours) })
      }),
  }
}

/** @param kinds devices counted by class, protocol and state */
export function tallyOf(kinds: readonly KindCount[]): Omit<FleetTally, 'countedAt'> {
  const alive = kinds.filter(({ state }) => state !== 'decommissioned')
  return {
    ...sum(alive),
    byClass: by(alive, 'class'),
    byProtocol: by(alive, 'protocol'),
    byState: by(kinds, 'state'),
  }
}

/** The most frequent first. */
function by<Key extends 'class' | 'protocol' | 'state'>(kinds: readonly KindCount[], key: Key) {
  return [...Map.groupBy(kinds, (kind) => kind[key])]
    .map(([value, own]) => ({ [key]: value, ...sum(own) }) as Record<Key, KindCount[Key]> & ReturnType<typeof sum>)
    .toSorted((a, b) => b.devices - a.devices)
}

function sum(kinds: readonly KindCount[]) {
  return {
    devices: kinds.reduce((total, { devices }) => total + devices, 0),
    reachable: kinds.reduce((total, { reachable }) => total + reachable, 0),
  }
}
