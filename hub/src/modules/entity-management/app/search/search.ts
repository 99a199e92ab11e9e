import type { Access, Action, Principal, Scope } from '../../../../platform/access.ts'
import { actAsHub } from '../../../../platform/acting.ts'
import { readWithin } from '../../../../platform/bounded.ts'
import type { Sql } from '../../../../platform/database.ts'
import { CallerError, errorCode } from '../../../../platform/errors.ts'
import { ranked, type RankedGroup, type SearchHit } from '../../domain/search/rank.ts'
import { foldedWords, idBegin, spellings, wantedOf } from '../../domain/search/words.ts'
import type { EntityDependencies } from '../dependencies.ts'
import { ownKinds, type FoundRow, type OwnKind } from './storage.ts'

export const searchTooBroad = errorCode(
  'search-too-broad',
  422,
  'Too much begins like that',
  'Type more of the name, or choose fewer kinds.',
)

/** Finds things of another module, those that the principal may see: at most `most`, the best first as far as it is known. */
export type Finder = (principal: Principal, text: string, most: number) => Promise<readonly SearchHit[]>

export const foundElsewhere = ['service', 'order'] as const
export type Finders = Readonly<Partial<Record<(typeof foundElsewhere)[number], Finder>>>

export const searchKinds = [...ownKinds, ...foundElsewhere] as const
export type SearchKind = (typeof searchKinds)[number]

export interface SearchRequest {
  readonly text: string
  readonly kinds: readonly SearchKind[]
  /** Of each kind. */
  readonly limit: number
}

/** Milliseconds: a search is typed, so that nobody waits longer for one. */
const searchTime = 2_000
/** Rows from which the best are chosen, of each kind and way to match. */
const candidates = 100

const reading: Readonly<Record<OwnKind, Action>> = {
  device: 'device.read',
  user: 'user.read',
  household: 'household.read',
  group: 'group.read',
  'user-group': 'user-group.read',
}

/**
 * The one search: what this module has by its own rows, what others have by their finders. It is asked with the hub's own login and
 * the tenant in the statement, because the wall in the database would keep the index from being used (docs/decisions/0024).
 */
export function search({ database, storage }: EntityDependencies) {
  const store = storage.search

  const own = async (access: Access, principal: Principal, request: SearchRequest): Promise<FoundRow[]> => {
    const kinds = ownKinds.filter((kind) => request.kinds.includes(kind))
    const scopes = kinds.map((kind) => ({ kind, scope: access.visible(principal, reading[kind]) }))
    const words = foldedWords(request.text)
    if (words.length === 0) return []
    const most = Math.max(candidates, request.limit + 1)
    const wishes = spellings(words).map((spelling, index) => ({
      wish: {
        tenant: principal.tenant,
        wanted: wantedOf(spelling),
        id: index === 0 ? idBegin(request.text) : null,
        most,
      },
      // Only devices have numbers that are kept without their marks, too.
      of: index === 0 ? scopes : scopes.filter(({ kind }) => kind === 'device'),
    }))
    const read = async (sql: Sql): Promise<FoundRow[]> => {
      const found: FoundRow[] = []
      for (const { wish, of } of wishes) {
        const all = of.filter(({ scope }) => scope.all).map(({ kind }) => kind)
        if (all.length > 0) found.push(...(await store.all(sql, { ...wish, kinds: all })))
        for (const { kind, scope } of of) {
          const { households, owner } = scope
          if (seesSome(scope)) found.push(...(await store.own(sql, { ...wish, kind, households, owner })))
        }
      }
      return found
    }
    const found = await actAsHub(() => readWithin(database, searchTime, read, { byIndex: true }))
    if (found === null)
      throw new CallerError(searchTooBroad, `Looking for “${request.text.slice(0, 80)}” took longer than two seconds.`)
    return found
  }

  return {
    /** @throws CallerError `search-too-broad` (422) */
    async find(
      access: Access,
      principal: Principal,
      request: SearchRequest,
      finders: Finders,
    ): Promise<RankedGroup<SearchKind>[]> {
      const elsewhere = foundElsewhere.filter((kind) => request.kinds.includes(kind))
      const [rows, ...others] = await Promise.all([
        own(access, principal, request),
        ...elsewhere.map(async (kind) => ({
          kind,
          hits: (await finders[kind]?.(principal, request.text.trim(), candidates)) ?? [],
        })),
      ])
      const here = ownKinds.map((kind) => ({ kind, hits: rows.filter((row) => row.kind === kind) }))
      return ranked<SearchKind>([...here, ...others], request.text, request.limit)
    },
  }
}

function seesSome({ all, households, owner }: Scope): boolean {
  return !all && (households.length > 0 || owner !== '')
}
