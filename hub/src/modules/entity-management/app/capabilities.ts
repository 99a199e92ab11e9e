import type { Sql, Tx } from '../../../platform/database.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { DeviceReport, HistoricReport } from '../domain/entities.ts'
import { fingerprint } from '../domain/fingerprint.ts'
import type { EntityDependencies } from './dependencies.ts'
import type { StoredReport } from './storage.ts'

/** Capability reports: the latest of each device, and those before it that differed in more than free storage. */
export function capabilities({ database, doorbells, clock, storage }: EntityDependencies) {
  const store = storage.capabilities
  return {
    /**
     * Takes many devices' reports; of several from one device the last. Reports that say nothing new cost one look-up.
     * @returns those that say something new, but for mere use
     */
    async record(tx: Tx, reports: readonly DeviceReport[]): Promise<DeviceReport[]> {
      if (reports.length === 0) return []
      const last = new Map(reports.map((each) => [each.device, each.report]))
      const changed: StoredReport[] = []
      const lastingly: (StoredReport & { household: string; tenant: string })[] = []
      for (const before of await store.digests(tx.sql, [...last.keys()])) {
        const report = last.get(before.device)!
        const stored = { device: before.device, report, ...fingerprint(report) }
        if (before.whole?.equals(stored.whole)) continue
        changed.push(stored)
        if (!before.lasting?.equals(stored.lasting))
          lastingly.push({ ...stored, household: before.household, tenant: before.tenant })
      }
      if (changed.length === 0) return []
      const at = new Date(clock.now())
      await store.replace(tx.sql, changed, at)
      if (lastingly.length === 0) return []
      await store.remember(tx.sql, lastingly, at)
      await appendEvents(tx, doorbells, lastingly.map(changedEvent))
      return lastingly.map(({ device, report }) => ({ device, report }))
    },

    history: (device: string, limit: number, before: number | undefined, sql: Sql = database.sql) =>
      store.history(sql, device, limit, before) satisfies Promise<HistoricReport[]>,
  }
}

function changedEvent({ device, household, tenant, report }: StoredReport & { household: string; tenant: string }) {
  const { class: deviceClass, os, hardware } = report
  const installed = report.installed.map(({ service, version, component }) => ({ service, version, component }))
  const data = { class: deviceClass, model: hardware.model, os, installed }
  return { type: 'device.capabilities-changed', subject: device, tenant, household, data }
}
