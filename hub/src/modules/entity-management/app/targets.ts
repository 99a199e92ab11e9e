import type { CapabilityReport, DeviceClass } from '@sutler/device-model'
import type { Sql } from '../../../platform/database.ts'
import type { DeviceSelection } from '../fleet-contract.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { filters } from './filters.ts'
import type { selections } from './selections.ts'
import type { TargetRow } from './storage.ts'

/** A part of a selection. */
export interface TargetPage {
  /** Without ids of a list that nothing has. */
  readonly rows: readonly TargetRow[]
  /** The place that it came to: pass it as `after`. */
  readonly last: string | null
  readonly more: boolean
}

/** Devices of a selection, page by page, for whoever plans for all of them. */
export function targets(
  { database, storage }: EntityDependencies,
  fleet: ReturnType<typeof filters>,
  { resolve }: ReturnType<typeof selections>,
) {
  const store = storage.targets

  return {
    /** @throws CallerError where the selection is none: `invalid-filter`, `filter-too-expensive`, `unknown-group` */
    async check(tenant: string, selection: DeviceSelection, pointer?: string): Promise<void> {
      const wish = await resolve(tenant, selection, { pointer })
      if (selection.devices === undefined) await fleet.ids(wish, undefined, 1)
    },

    /** In order of id, at most `limit` after `after`. */
    async page(tenant: string, selection: DeviceSelection, after: string | null, limit: number): Promise<TargetPage> {
      const ids = await fleet.ids(await resolve(tenant, selection), after ?? undefined, limit)
      const rows = ids.length === 0 ? [] : await store.rows(database.sql, tenant, ids)
      return { rows, last: ids.at(-1) ?? after, more: ids.length === limit }
    },

    /** Latest capability reports; devices that never reported are left out. */
    async reports(ids: readonly string[], sql: Sql = database.sql): Promise<Map<string, CapabilityReport>> {
      if (ids.length === 0) return new Map()
      return new Map((await store.reports(sql, ids)).map(({ device, report }) => [device, report]))
    },

    async classes(ids: readonly string[]): Promise<Map<string, DeviceClass>> {
      if (ids.length === 0) return new Map()
      const rows = await store.classes(database.sql, ids)
      return new Map(rows.map(({ device, class: name }) => [device, name]))
    },
  }
}
