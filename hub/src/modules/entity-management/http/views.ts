import type { ImportRow } from '../app/imports/import-storage.ts'
import type { AttributeDefinition, Labels } from '../domain/attributes.ts'
import type { DeviceGroup } from '../domain/groups.ts'
import type { HistoryEntry } from '../domain/history.ts'
import type { Note } from '../domain/notes.ts'
import type { Device, HistoricReport, Household, User } from '../domain/entities.ts'

/** How the API shows entities: times as ISO 8601 in UTC, no version (that is the ETag). */

export function householdOut({ id, name, kind, timeZone, createdAt, ...household }: Household) {
  return { id, name, kind, timeZone, ...labelsOut(household), createdAt: iso(createdAt) }
}

export function userOut({ id, name, email, households, createdAt, ...user }: User) {
  return { id, name, email, households: [...households], ...labelsOut(user), createdAt: iso(createdAt) }
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
    ...labelsOut(device),
    createdAt: iso(createdAt),
  }
}

export function historicReportOut({ reportedAt, report }: HistoricReport) {
  return { reportedAt: iso(reportedAt), report }
}

function labelsOut({ tags, attributes }: Labels) {
  return { tags: [...tags], attributes: { ...attributes } }
}

export function attributeOut({ kind, name, type, required, description, bounds, createdAt }: AttributeDefinition) {
  const values = bounds.values && { values: [...bounds.values] }
  return { kind, name, type, required, description, ...bounds, ...values, createdAt: iso(createdAt) }
}

/** By id. */
export type Names = ReadonlyMap<string, string>

export function noteOut({ id, text, author, createdAt }: Note, names: Names) {
  return { id, text, author: someone(author, names), createdAt: iso(createdAt) }
}

export function historyOut({ at, owner, by, changes }: HistoryEntry, names: Names) {
  const who = by && { ...someone(by.id, names), kind: by.kind }
  return { at: iso(at), owner, by: who, changes: changes.map((change) => ({ ...change })) }
}

function someone(id: string, names: Names) {
  return { id, name: names.get(id) ?? null }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
