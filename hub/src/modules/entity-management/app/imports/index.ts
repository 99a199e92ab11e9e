import type { Scope } from '../../../../platform/access.ts'
import type { Sql } from '../../../../platform/database.ts'
import type { EntityDependencies } from '../dependencies.ts'
import type { PageRequest } from '../storage.ts'
import { importing } from './import-run.ts'
import type { ImportRow } from './import-storage.ts'

/** After so long without a word an import's hub is taken for dead, milliseconds. */
const silence = 120_000

export function imports(deps: EntityDependencies) {
  const { database, clock, storage } = deps
  const store = storage.imports
  const seen = (row: ImportRow): ImportRow =>
    row.state === 'running' && row.updatedAt < clock.now() - silence ? { ...row, state: 'cut-off' } : row
  return {
    run: importing(deps),
    find: async (id: string): Promise<ImportRow | undefined> => {
      const row = await store.find(database.sql, id)
      return row && seen(row)
    },
    page: async (page: PageRequest, scope: Scope): Promise<ImportRow[]> =>
      (await store.page(database.sql, page, scope)).map(seen),
    subjects: (sql: Sql, tenant: string, kind: string, keys: readonly string[]) =>
      store.subjects(sql, tenant, kind, keys),
    remember: (sql: Sql, tenant: string, kind: string, subjects: ReadonlyMap<string, string>) =>
      store.remember(sql, tenant, kind, subjects),
  }
}
