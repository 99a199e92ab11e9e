import type { Sql, Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents, forgetNames } from '../../../../platform/events.ts'
import type { Holding, Keeper } from '../../../../platform/keepers.ts'
import { lastOperator } from '../codes.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { Principals } from '../principals.ts'

/** This module's part in showing, erasing and merging people and households: accounts, invitations, claims, the audit. */
export function registrationKeeper(deps: RegistrationDependencies, principals: Principals): Keeper {
  const { clock, doorbells, storage } = deps
  const store = storage.people

  const isLastOperator = async (sql: Sql, tenant: string, id: string): Promise<boolean> => {
    const operators = await storage.accounts.lockedOperators(sql, tenant)
    return operators.length === 1 && operators[0] === id
  }

  /** @throws CallerError `last-operator` (409) */
  const endAccount = async (tx: Tx, tenant: string, id: string): Promise<void> => {
    const account = await storage.accounts.find(tx.sql, id)
    if (account === null) return
    if (await isLastOperator(tx.sql, tenant, id))
      throw new CallerError(lastOperator, `${account.name} is the last operator.`)
    await storage.accounts.remove(tx.sql, id)
    tx.afterCommit(() => principals.forget({ account: id }))
    const { name, roles, disabled } = account
    const event = { type: 'account.removed', subject: id, tenant, household: null, data: { name, roles, disabled } }
    await appendEvents(tx, doorbells, [event])
  }

  return {
    name: 'access',

    kept: store.kept,

    async plan(sql, person) {
      const { accounts, sessions, keys, identities, invitations, audit } = await store.counts(sql, person)
      const because =
        'the law asks who did what to be known; rows hold ids and no names, and are removed after their own time'
      return {
        erased: counted([
          { what: 'account: they cannot log in any more', count: accounts! },
          { what: 'sessions', count: sessions! },
          { what: 'API keys: what uses them stops', count: keys! },
          { what: 'identities at identity providers', count: identities! },
          { what: 'invitations', count: invitations! },
        ]),
        stays: counted([{ what: 'rows of the audit about them', count: audit!, because }]),
      }
    },

    async erase(tx, person) {
      await endAccount(tx, person.tenant, person.id)
      await forgetNames(tx, await store.forgetInvitations(tx.sql, person))
    },

    users: {
      async plan({ sql }, { from, into }) {
        const names = await store.names(sql, [from, into])
        const account = names.get(from)
        const blocks =
          account !== undefined && !names.has(into)
            ? [`${from} has an account (${account}) and ${into} has none: merge ${into} into ${from} instead.`]
            : []
        const because = 'the one that stays keeps its own'
        return {
          moves: [],
          ends: counted([{ what: 'account, with its sessions and keys', count: account ? 1 : 0, because }]),
          blocks,
        }
      },
      merge: (tx, { tenant, from }) => endAccount(tx, tenant, from),
    },

    households: {
      async plan({ sql }, { from }) {
        const { claims, enrolments, invitations } = await store.householdCounts(sql, from, new Date(clock.now()))
        const moves = counted([
          { what: 'claims', count: claims! },
          { what: 'enrolments that wait', count: enrolments! },
          { what: 'invitations', count: invitations! },
        ])
        return { moves, ends: [], blocks: [] }
      },
      merge: (tx, merged) => store.moveHousehold(tx.sql, merged),
    },
  }
}

function counted(holdings: readonly Holding[]): Holding[] {
  return holdings.filter(({ count }) => count > 0)
}
