import type { Principal } from '../../../platform/access.ts'
import type { Clock, WallTime } from '../../../platform/clock.ts'
import { countedSeldom } from '../../../platform/counted-seldom.ts'
import type { Adoption, DevicesOfVersion } from '../../order-processing/index.ts'
import type { ServiceDefinitions, VersionDefinition, VersionSummary } from '../../service-definitions/index.ts'
import { failureGroups, type FailureGroup } from '../domain/failure-groups.ts'

export interface AdoptionDeps {
  readonly clock: Clock
  readonly adoption: Adoption
  readonly definitions: Pick<ServiceDefinitions, 'ownService' | 'ownVersion' | 'versionsOfService'>
}

export interface Devices {
  readonly installed: number
  readonly pending: number
  readonly failed: number
}

export interface VersionAdoption extends Devices {
  readonly countedAt: WallTime
  readonly version: VersionDefinition
  readonly components: readonly (Devices & { readonly component: string; readonly deviceClass: string })[]
  readonly days: readonly { readonly day: string; readonly confirmed: number; readonly failed: number }[]
}

const day = 86_400_000
const action = 'adoption.read'

/** Counts what became of services on devices. Each answer is for the service's developer, and for whoever may read all. */
export function adoptionDesk({ clock, adoption, definitions }: AdoptionDeps) {
  const failures = countedSeldom<FailureGroup[]>(clock)
  return {
    /** @throws CallerError `not-found`, `forbidden` */
    async ofService(principal: Principal, id: string) {
      const { tenant } = (await definitions.ownService(principal, id, action)).it
      const [standings, versions] = await Promise.all([
        adoption.standings(tenant, id),
        definitions.versionsOfService(tenant, id),
      ])
      const byVersion = Map.groupBy(standings, ({ version }) => version)
      const rows = versions.map((version: VersionSummary) => ({
        version,
        ...devicesOf(byVersion.get(version.version) ?? []),
      }))
      return { countedAt: clock.now(), rows }
    },

    /** @throws CallerError `not-found`, `forbidden` */
    async ofVersion(principal: Principal, id: string, name: string, back: number): Promise<VersionAdoption> {
      const { it: version } = await definitions.ownVersion(principal, id, name, action)
      const { tenant } = version
      const since = Math.floor(clock.now() / day) * day - (back - 1) * day
      const [standings, days] = await Promise.all([
        adoption.standings(tenant, id),
        adoption.days(tenant, id, name, new Date(since)),
      ])
      const own = standings.filter((each) => each.version === name)
      const components = version.components.map(({ name: component, deviceClass }) => ({
        component,
        deviceClass,
        ...devicesOf(own.filter((each) => each.component === component)),
      }))
      return { countedAt: clock.now(), version, ...devicesOf(own), components, days: everyDay(days, since, back) }
    },

    /** Devices of a version, for whoever may know of them. */
    async devices({ tenant, service, version }: VersionSummary): Promise<Devices> {
      const standings = await adoption.standings(tenant, service)
      return devicesOf(standings.filter((each) => each.version === version))
    },

    /** Groups from position `from` on. @throws CallerError `not-found`, `forbidden` */
    async failures(
      principal: Principal,
      id: string,
      name: string,
      from: number,
      limit: number,
    ): Promise<FailureGroup[]> {
      const { tenant } = (await definitions.ownVersion(principal, id, name, action)).it
      const { value } = await failures(`${tenant} ${id} ${name}`, async () =>
        failureGroups(await adoption.failures(tenant, id, name)),
      )
      return value.slice(from, from + limit)
    },
  }
}

export type AdoptionDesk = ReturnType<typeof adoptionDesk>

function devicesOf(standings: readonly DevicesOfVersion[]): Devices {
  const sum = (wanted: DevicesOfVersion['standing']): number =>
    standings.reduce((all, { standing, devices }) => (standing === wanted ? all + devices : all), 0)
  return { installed: sum('installed'), pending: sum('pending'), failed: sum('failed') }
}

/** A chart wants the days on which nothing happened, too. */
function everyDay(known: VersionAdoption['days'], since: number, back: number): VersionAdoption['days'] {
  const byDay = new Map(known.map((each) => [each.day, each]))
  return Array.from({ length: back }, (_, at) => {
    const name = new Date(since + at * day).toISOString().slice(0, 10)
    return byDay.get(name) ?? { day: name, confirmed: 0, failed: 0 }
  })
}
