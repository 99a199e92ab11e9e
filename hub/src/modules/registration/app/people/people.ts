import { CallerError, errorCode } from '../../../../platform/errors.ts'
import type { Sql, Tx } from '../../../../platform/database.ts'
import type { Holding, Keeper, Merged, MergePlan, Person } from '../../../../platform/keepers.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { missing } from '../codes.ts'
import type { RegistrationDependencies } from '../dependencies.ts'

export const mergeBlocked = errorCode(
  'merge-blocked',
  409,
  'The two cannot be made one as they are',
  'Do what the detail says, then merge again; GET of the same address shows what would happen.',
)

export interface Erasure {
  readonly erased: readonly Holding[]
  readonly stays: readonly Holding[]
}

type Kind = 'users' | 'households'
/** Sees the current version under no lock and throws when it must not go on. */
type Admit = (version: number) => void

/**
 * What concerns all that is kept about a person, or a household: to show it, to erase it, to make two of them one. Each module does
 * its part (`Keeper`), all in one transaction, this module's: it alone may touch accounts.
 */
export function people(deps: RegistrationDependencies, own: Keeper) {
  const { database, doorbells, entities } = deps
  /** The person itself goes last: what others keep is found by it. */
  const keepers = (): Keeper[] => [own, ...deps.keepers(), entities.keeper]

  const personOf = async (sql: Sql, id: string): Promise<Person & { readonly version: number }> => {
    const [user] = await entities.users([id], sql)
    if (!user) throw missing('user', id)
    return user
  }

  const erasureOf = async (sql: Sql, person: Person): Promise<Erasure> => {
    const plans = await each(keepers(), (keeper) => keeper.plan(sql, person))
    return { erased: plans.flatMap(({ erased }) => erased), stays: plans.flatMap(({ stays }) => stays) }
  }

  /** @throws CallerError `not-found` (404), `merge-blocked` (409) when they are the same one */
  const mergeable = async (sql: Sql, kind: Kind, from: string, into: string): Promise<Merged & { version: number }> => {
    const noun = kind === 'users' ? 'user' : 'household'
    const found = await entities[kind]([from, into], sql)
    for (const id of [into, from]) if (!found.some((one) => one.id === id)) throw missing(noun, id)
    if (from === into) throw new CallerError(mergeBlocked, `${from} is one already.`)
    const { tenant, version } = found.find(({ id }) => id === into)!
    return { tenant, from, into, version }
  }

  const mergePlan = async (tx: Tx, kind: Kind, merged: Merged): Promise<MergePlan> => {
    const plans = await each(keepers(), async (keeper) => keeper[kind]?.plan(tx, merged))
    const known = plans.filter((plan) => plan !== undefined)
    return {
      moves: known.flatMap(({ moves }) => moves),
      ends: known.flatMap(({ ends }) => ends),
      blocks: known.flatMap(({ blocks }) => blocks),
    }
  }

  const mergeAll = async (tx: Tx, kind: Kind, merged: Merged): Promise<MergePlan> => {
    const plan = await mergePlan(tx, kind, merged)
    if (plan.blocks.length > 0) throw new CallerError(mergeBlocked, plan.blocks.join(' '))
    await each(keepers(), async (keeper) => keeper[kind]?.merge(tx, merged))
    return plan
  }

  return {
    /** @throws CallerError `not-found` (404) */
    person: (id: string) => personOf(database.sql, id),

    /** All that is kept about the person, by who keeps it. That it was taken out is told. @throws CallerError `not-found` (404) */
    export: (id: string): Promise<Readonly<Record<string, unknown>>> =>
      database.transaction(async (tx) => {
        const person = await personOf(tx.sql, id)
        const parts = await each(keepers(), async (keeper) => [keeper.name, await keeper.kept(tx.sql, person)] as const)
        const { tenant } = person
        await appendEvents(tx, doorbells, [{ type: 'user.exported', subject: id, tenant, household: null, data: {} }])
        return Object.fromEntries(parts.toReversed())
      }),

    /** What erasing would do, and of which version of the person. @throws CallerError `not-found` (404) */
    async erasure(id: string): Promise<Erasure & { readonly version: number }> {
      const person = await personOf(database.sql, id)
      return { ...(await erasureOf(database.sql, person)), version: person.version }
    },

    /** @throws CallerError `not-found` (404), `last-operator` (409) */
    erase: (id: string, admit: Admit): Promise<Erasure> =>
      database.transaction(async (tx) => {
        const person = await personOf(tx.sql, id)
        admit(person.version)
        const plan = await erasureOf(tx.sql, person)
        await each(keepers(), (keeper) => keeper.erase(tx, person))
        return plan
      }),

    /** @throws CallerError `not-found` (404), `merge-blocked` (409) when they are the same one */
    mergePlan: (kind: Kind, from: string, into: string): Promise<MergePlan & { readonly version: number }> =>
      database.transaction(async (tx) => {
        const { version, ...merged } = await mergeable(tx.sql, kind, from, into)
        return { ...(await mergePlan(tx, kind, merged)), version }
      }),

    /** @throws CallerError `not-found` (404), `merge-blocked`, `last-operator` (409) */
    merge: (kind: Kind, from: string, into: string, admit: Admit): Promise<MergePlan> =>
      database.transaction(async (tx) => {
        const { version, ...merged } = await mergeable(tx.sql, kind, from, into)
        admit(version)
        return mergeAll(tx, kind, merged)
      }),
  }
}

/** One after the other: they share a connection. */
async function each<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const one of all) results.push(await work(one))
  return results
}
