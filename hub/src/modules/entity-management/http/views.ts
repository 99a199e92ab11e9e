import type { ImportRow } from '../app/imports/import-storage.ts'
import type { DeviceGroup } from '../domain/groups.ts'
import type { Device, HistoricReport, Household, User } from '../domain/entities.ts'

/** How the API shows entities: times as ISO 8601 in UTC, no version (that is the ETag). */

export function householdOut({ id, name, timeZone, createdAt }: Household) {
  return { id, name, timeZone, createdAt: iso(createdAt) }
}

export function userOut({ id, name, email, households, createdAt }: User) {
  return { id, name, email, households: [...households], createdAt: iso(createdAt) }
}

export function groupOut({ id, name, kind, filter, createdAt }: DeviceGroup) {
  return { id, name, kind, filter, createdAt: iso(createdAt) }
}

export function importOut({ tenant: _tenant, createdAt, updatedAt, ...row }: ImportRow) {
  return { ...row, createdAt: iso(createdAt), updatedAt: iso(updatedAt) }
}

export function deviceOut(device: Device) {
  const {
    id,
    household,
    serial,
    name,
    protocol,
    state,
    reachable,
    reachableChangedAt,
    capabilities,
    reportedAt,
    createdAt,
  } = device
  return {
    id,
    household,
    class: device.class,
    serial,
    name,
    protocol,
    state,
    reachable,
    capabilities,
    reachableChangedAt: reachableChangedAt === null ? null : iso(reachableChangedAt),
    reportedAt: reportedAt === null ? null : iso(reportedAt),
    createdAt: iso(createdAt),
  }
}

export function historicReportOut({ reportedAt, report }: HistoricReport) {
  return { reportedAt: iso(reportedAt), report }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
