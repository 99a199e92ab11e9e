import type { Sql } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import type { DeviceSelection } from '../fleet-contract.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { filters } from './filters.ts'
import { unknownGroup } from './group-codes.ts'
import type { FleetWish } from './storage.ts'

/** What people select devices by, as the store understands it. */
export function selections({ database, storage }: EntityDependencies, fleet: ReturnType<typeof filters>) {
  return {
    /**
     * @param pointer where the request has the selection
     * @throws CallerError `unknown-group` (422), `invalid-filter`, `filter-too-expensive`
     */
    async resolve(
      tenant: string,
      { devices, group: id, filter }: DeviceSelection,
      { pointer = '/selection', sql = database.sql }: { pointer?: string | undefined; sql?: Sql } = {},
    ): Promise<FleetWish> {
      if (filter !== undefined) return { tenant, filter: fleet.compiled(filter, `${pointer}/filter`) }
      if (id === undefined) return { tenant, filter: null, devices: [...new Set(devices)] }
      const [group] = await storage.groups.find(sql, [id])
      if (group === undefined || group.tenant !== tenant) {
        const detail = `There is no group ${id}.`
        throw new CallerError(unknownGroup, detail, { places: [{ pointer: `${pointer}/group`, detail }] })
      }
      if (group.filter !== null) return { tenant, filter: fleet.compiled(group.filter, `${pointer}/group`) }
      return { tenant, filter: null, members: group.id }
    },
  }
}
