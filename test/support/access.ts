import { forbidden, unauthenticated, type Access, type Principal, type Scope } from '../../hub/src/platform/access.ts'
import { CallerError } from '../../hub/src/platform/errors.ts'

/** A principal for tests; an operator unless told otherwise. */
export function principal(id: string, changes: Partial<Principal> = {}): Principal {
  return { id, kind: 'person', name: id, tenant: 'main', roles: ['operator'], households: [], ...changes }
}

const scopeFor = (who: Principal): Scope => ({
  tenant: who.tenant,
  all: who.roles.includes('operator'),
  households: who.households,
  owner: who.id,
})

/**
 * Access for tests of one module without registration: the bearer token is the principal's id; an operator may do
 * everything, everybody else what concerns the own household or is owned by oneself.
 */
export function accessFor(...principals: readonly Principal[]): Access {
  return {
    authenticate(authorization) {
      const found = principals.find((each) => authorization === `Bearer ${each.id}`)
      if (!found) throw new CallerError(unauthenticated, 'The token is unknown.')
      return found
    },
    authorise(who, action, object = {}) {
      const related = (object.household && who.households.includes(object.household)) || object.owner === who.id
      if (!who.roles.includes('operator') && !related) throw new CallerError(forbidden, `${who.id} may not ${action}.`)
      return { id: `dec-${action}` }
    },
    present: async (who) => who,
    standing: async (account) => principals.find(({ id }) => id === account) ?? null,
    decided: ({ action }) => ({ id: `dec-${action}` }),
    judged: ({ action }) => ({ id: `dec-${action}` }),
    recorded: async () => {},
    ended: () => {},
    scope: scopeFor,
    visible: scopeFor,
  }
}
