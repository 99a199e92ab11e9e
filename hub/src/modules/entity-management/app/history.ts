import { acting } from '../../../platform/acting.ts'
import type { Tx } from '../../../platform/database.ts'
import type { EntityKind } from '../domain/attributes.ts'
import {
  changesBetween,
  reportAttributes,
  type AttributeChange,
  type HistoryEntry,
  type NewHistoryEntry,
} from '../domain/history.ts'
import type { EntityDependencies } from './dependencies.ts'

/** Rows removed in one statement, and statements of one round, at most. */
const batch = 5_000
const batches = 100
/** Pages of reports that are read for one page of entries, at most. */
const turns = 20

/** How far a reader has come in the two histories of an entity; null = nowhere yet. */
export interface HistoryPlace {
  /** What people and systems outside changed. */
  readonly told: number | null
  /** What the device reported. */
  readonly reported: number | null
}

export interface Changed {
  readonly tenant: string
  readonly kind: EntityKind
  readonly subject: string
  readonly owner?: NewHistoryEntry['owner'] | undefined
  readonly changes: readonly AttributeChange[]
}

export type History = ReturnType<typeof history>

/** Who changed which attribute of an entity when, from what to what. What a device says of itself is read out of its reports. */
export function history({ database, clock, storage, historyRetention = Infinity }: EntityDependencies) {
  const store = storage.history

  /** Reports between which none of that changed make no entry. */
  const reported = async (device: string, limit: number, before: number | null): Promise<HistoryEntry[]> => {
    const entries: HistoryEntry[] = []
    let place = before ?? undefined
    for (let turn = 0; turn < turns && entries.length < limit; turn++) {
      const reports = await storage.capabilities.history(database.sql, device, limit + 1, place)
      const page = reports.slice(0, limit)
      for (const [index, { id, reportedAt, report }] of page.entries()) {
        const older = reports[index + 1]
        const changes = changesBetween(older ? reportAttributes(older.report) : {}, reportAttributes(report))
        if (changes.length > 0) entries.push({ id, at: reportedAt, owner: 'device', by: null, changes })
      }
      if (reports.length <= limit) break
      place = page.at(-1)!.id
    }
    return entries.slice(0, limit)
  }

  return {
    /** Nothing is written where nothing changed. Who did it is who the running request acts for. */
    async record(tx: Tx, changed: readonly Changed[]): Promise<void> {
      const principal = acting()?.principal
      const by = principal ? { id: principal.id, kind: principal.kind } : null
      const entries = changed.flatMap(({ owner = 'operator', ...each }) =>
        each.changes.length === 0 ? [] : [{ ...each, owner, by }],
      )
      if (entries.length > 0) await store.insert(tx.sql, entries, new Date(clock.now()))
    },

    /** Newest first, at most `limit` entries, each with the place after it. */
    async page(
      kind: EntityKind,
      subject: string,
      limit: number,
      { told, reported: report }: HistoryPlace,
    ): Promise<(HistoryEntry & { readonly place: HistoryPlace })[]> {
      const [changes, reports] = await Promise.all([
        store.page(database.sql, kind, subject, limit, told),
        kind === 'device' ? reported(subject, limit, report) : [],
      ])
      let place: HistoryPlace = { told, reported: report }
      return [...changes, ...reports]
        .toSorted((a, b) => b.at - a.at || Number(a.owner === 'device') - Number(b.owner === 'device'))
        .slice(0, limit)
        .map((entry) => {
          place = entry.owner === 'device' ? { ...place, reported: entry.id } : { ...place, told: entry.id }
          return { ...entry, place }
        })
    },

    /** Removes what is older than it is to be kept. */
    async prune(): Promise<void> {
      if (historyRetention === Infinity) return
      const before = new Date(clock.now() - historyRetention)
      for (let turn = 0; turn < batches; turn++) if ((await store.prune(database.sql, before, batch)) < batch) return
    },
  }
}
