import { unauthenticated, type Access, type Principal } from '../../platform/access.ts'
import { CallerError } from '../../platform/errors.ts'

export const somebody: Principal = {
  id: 'usr-1',
  kind: 'person',
  name: 'Operator',
  tenant: 'main',
  roles: ['operator'],
  households: [],
}

const everything = { tenant: 'main', all: true, households: [], owner: somebody.id }

/** Knows one operator, who may do everything. */
export const operator: Access = {
  authenticate(authorization) {
    if (authorization === 'Bearer operator') return somebody
    throw new CallerError(unauthenticated, 'Nobody is known by that.')
  },
  authorise: () => ({ id: 'dec-1' }),
  present: async (who) => who,
  standing: async () => null,
  decided: () => ({ id: 'dec-1' }),
  judged: () => ({ id: 'dec-1' }),
  recorded: async () => {},
  ended: () => {},
  scope: () => everything,
  visible: () => everything,
}
