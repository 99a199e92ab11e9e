import type { Tx } from '../../../../platform/database.ts'
import { appendEvents, forgetNames } from '../../../../platform/events.ts'
import type { Holding, Keeper, Merged, MergePlan } from '../../../../platform/keepers.ts'
import { requireHere } from '../codes.ts'
import type { EntityDependencies } from '../dependencies.ts'

/** This module's part in showing, erasing and merging people and households; it also tells of it. */
export function entityKeeper({ doorbells, clock, storage }: EntityDependencies): Keeper {
  const store = storage.people

  const mergePlan = async ({ sql }: Tx, kind: 'user' | 'household', merged: Merged): Promise<MergePlan> => {
    const { memberships, devices, groups, links, linked, notes, history, preferences, kept } = await store.mergeCounts(
      sql,
      kind,
      merged,
    )
    const replaced = kept! > 0
    const because = 'the one that stays has its own'
    const document: Holding = { what: 'preferences', count: preferences! }
    const link: Holding = { what: 'links to directories outside', count: links! }
    return {
      moves: counted([
        { what: 'devices', count: devices! },
        { what: 'memberships of households', count: memberships! },
        { what: 'memberships of user groups', count: groups! },
        ...(linked! > 0 ? [] : [link]),
        { what: 'notes', count: notes! },
        { what: 'entries of the history', count: history! },
        ...(replaced ? [] : [document]),
      ]),
      ends: counted([...(replaced ? [{ ...document, because }] : []), ...(linked! > 0 ? [{ ...link, because }] : [])]),
      blocks: [],
    }
  }

  return {
    name: 'person',

    async kept(sql, { id }) {
      const [user] = await storage.users.find(sql, [id])
      const { tags, attributes, name, email, createdAt } = user!
      const profile = { id, name, email, tags, attributes, createdAt: new Date(createdAt).toISOString() }
      return { profile, ...(await store.kept(sql, id)) }
    },

    async plan(sql, { id }) {
      const { memberships, groups, links, preferences, notes, history, written, merged } = await store.counts(sql, id)
      return {
        erased: counted([
          { what: 'name, e-mail address, tags and attributes', count: 1 },
          { what: 'memberships of households', count: memberships! },
          { what: 'memberships of user groups', count: groups! },
          { what: 'links to directories outside', count: links! },
          { what: 'preferences', count: preferences! },
          { what: 'notes about them', count: notes! },
          { what: 'entries of their history', count: history! },
          { what: 'people that were merged into them', count: merged! },
        ]),
        stays: counted([
          {
            what: 'notes that they wrote on others',
            count: written!,
            because: 'they are about others; the author is an id without a name',
          },
        ]),
      }
    },

    async erase(tx, { id, tenant }) {
      await forgetNames(tx, await store.erase(tx.sql, id, new Date(clock.now())))
      await appendEvents(tx, doorbells, [{ type: 'user.erased', subject: id, tenant, household: null, data: {} }])
    },

    users: {
      plan: (tx, merged) => mergePlan(tx, 'user', merged),
      async merge(tx, { tenant, from, into }) {
        for (const user of await storage.users.find(tx.sql, [from, into], true)) requireHere('user', user)
        await store.mergeUsers(tx.sql, { from, into })
        await appendEvents(tx, doorbells, [
          { type: 'user.merged', subject: from, tenant, household: null, data: { into } },
        ])
      },
    },

    households: {
      plan: (tx, merged) => mergePlan(tx, 'household', merged),
      async merge(tx, { tenant, from, into }) {
        for (const household of await storage.households.find(tx.sql, [from, into], true))
          requireHere('household', household)
        await store.mergeHouseholds(tx.sql, { from, into })
        const event = { type: 'household.merged', subject: from, tenant, household: into, data: { into } }
        await appendEvents(tx, doorbells, [event])
      },
    },
  }
}

function counted(holdings: readonly Holding[]): Holding[] {
  return holdings.filter(({ count }) => count > 0)
}
