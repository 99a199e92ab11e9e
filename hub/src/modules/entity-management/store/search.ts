import type { Sql } from '../../../platform/database.ts'
import type { FoundRow, SearchStore, SearchWish } from '../app/search/storage.ts'

/** Rows to be found by, entity_search; kept in step by triggers of the tables that they are about. */
export const searchStore: SearchStore = {
  // What begins so goes before what only has it inside; the latter is read of kinds that have too little of the former.
  async all(sql, wish) {
    const begun = await matching(sql, wish, wish.kinds, wish.wanted.begin, wish.id)
    const few = wish.kinds.filter((kind) => begun.filter((row) => row.kind === kind).length < wish.most)
    return [...begun, ...(await matching(sql, wish, few, wish.wanted.inside, null))]
  },

  // Of a few households there is little: their rows are read, and the index of words is left alone.
  async own(sql, { tenant, kind, id, most, wanted, households, owner }) {
    const theirs = households as string[]
    return sql<FoundRow[]>`
      select s.kind, s.id, s.label, s.detail, s.household from entity_search s
      where s.tenant = ${tenant} and s.kind = ${kind}
        and (s.household = any(${theirs}::text[]) or s.id in (
          select ${owner}::text where ${kind} = 'user'
          union all select user_id from entity_membership where ${kind} = 'user' and household = any(${theirs}::text[])))
        and (s.words like all(${patterns(wanted.inside)}::text[]) or s.id like ${`${id ?? '\\'}%`})
      limit ${most}`
  },
}

function matching(
  sql: Sql,
  { tenant, most }: SearchWish,
  kinds: readonly string[],
  texts: readonly string[],
  id: string | null,
): Promise<FoundRow[]> | FoundRow[] {
  if (kinds.length === 0) return []
  const columns = sql`s.kind, s.id, s.label, s.detail, s.household`
  const byId = sql`
    (select ${columns} from entity_search s
     where s.tenant = ${tenant} and s.kind = k.kind and s.id >= ${id} and s.id < ${`${id}~`} order by s.id limit ${most}) union all`
  return sql<FoundRow[]>`
    select found.* from unnest(${kinds as string[]}::text[]) as k (kind) cross join lateral (
      ${id === null ? sql`` : byId}
      (select ${columns} from entity_search s
       where ${having(sql, tenant, texts)} and s.tenant = ${tenant} and s.kind = k.kind and s.words like all(${patterns(texts)}::text[])
       limit ${most})) as found`
}

/** By the index: all entries of all texts, hashed with tenant and kind as they are kept. */
function having(sql: Sql, tenant: string, texts: readonly string[]) {
  const grams = texts.map((text) => sql`entity_search_grams(${tenant}, k.kind, ${text})`)
  return sql`entity_search_grams(s.tenant, s.kind, s.words) @> (${grams.reduce((all, each) => sql`${all} || ${each}`)})`
}

function patterns(texts: readonly string[]): string[] {
  return texts.map((text) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`)
}
