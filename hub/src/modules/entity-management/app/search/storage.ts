import type { Sql } from '../../../../platform/database.ts'
import type { SearchHit } from '../../domain/search/rank.ts'
import type { Wanted } from '../../domain/search/words.ts'

/** Kinds of which this module keeps rows to be found by. */
export const ownKinds = ['device', 'user', 'household', 'group', 'user-group'] as const
export type OwnKind = (typeof ownKinds)[number]

export interface SearchWish {
  readonly tenant: string
  readonly kinds: readonly OwnKind[]
  readonly wanted: Wanted
  /** What ids may begin with; null = the text is no begin of one. */
  readonly id: string | null
  /** Rows of each kind and each way in which they may match. */
  readonly most: number
}

export type FoundRow = SearchHit & { readonly kind: OwnKind }

/** Of one kind what is of these households, and of people whoever belongs to them or is `owner`. */
export interface OwnWish extends Omit<SearchWish, 'kinds'> {
  readonly kind: OwnKind
  readonly households: readonly string[]
  readonly owner: string
}

export interface SearchStore {
  /** Of all that the tenant has. */
  all(sql: Sql, wish: SearchWish): Promise<FoundRow[]>
  own(sql: Sql, wish: OwnWish): Promise<FoundRow[]>
}
