import { mainTenant, type AccessObject, type Action, type Principal, type Scope } from '../../../platform/access.ts'
import { everybody, grants, ofInstallation, type Relation } from './grants.ts'

/** A principal whose credential is narrower than its roles: an API key made for certain actions only. */
export interface NarrowedPrincipal extends Principal {
  /** Absent = all that the roles allow. */
  readonly actions?: readonly Action[]
}

/** `hidden`: refused, and whether the object exists stays untold. */
export type Verdict = 'allowed' | 'forbidden' | 'hidden'

/** A verdict and what it rests on: the relation that allowed it, or null. */
export interface Judgement {
  readonly verdict: Verdict
  readonly relation: Relation | null
}

/**
 * The one function that decides: may this principal do this to that object? Refusals of objects that the principal can see
 * are `forbidden`; of those it cannot, `hidden`; of whole actions that none of its roles has, `forbidden`.
 */
export function decide(principal: NarrowedPrincipal, action: Action, object: AccessObject = {}): Judgement {
  // What is another tenant's is answered as what does not exist: a household that nobody belongs to.
  if (isForeign(principal, object)) {
    const made = decide(principal, action, { household: '-', owner: '-' })
    return made.verdict === 'allowed' ? { verdict: 'hidden', relation: null } : made
  }
  const relations = relationsOf(principal, action)
  if (relations.length === 0) return { verdict: 'forbidden', relation: null }
  const relation = holding(relations, principal, object)
  if (relation !== null) return { verdict: 'allowed', relation }
  const named = (object.household ?? object.owner ?? null) !== null
  if (!named) return { verdict: 'forbidden', relation: null }
  const reading = relationsOf(principal, `${action.slice(0, action.indexOf('.'))}.read`)
  // Who is about to own a thing does not thereby see the household it is for.
  const visible = relations.includes('owner') ? reading : reading.filter((each) => each !== 'owner')
  return { verdict: holding(visible, principal, object) === null ? 'hidden' : 'forbidden', relation: null }
}

export function isForeign(principal: Principal, { tenant }: AccessObject): boolean {
  return tenant !== undefined && tenant !== principal.tenant
}

/** The rows that the action is granted on, for lists; null when it is granted on none, whatever they are. */
export function scopeOf(principal: NarrowedPrincipal, action: Action): Scope | null {
  const relations = relationsOf(principal, action)
  if (relations.length === 0) return null
  return {
    tenant: principal.tenant,
    all: relations.includes('any'),
    households: relations.includes('household') ? principal.households : [],
    // An empty owner owns nothing.
    owner: relations.includes('owner') ? principal.id : '',
  }
}

/** All relations by which any of the principal's roles grants the action. */
function relationsOf(principal: NarrowedPrincipal, action: Action): readonly Relation[] {
  if (principal.actions && !principal.actions.includes(action)) return []
  if (ofInstallation(action) && principal.tenant !== mainTenant) return []
  return principal.roles.flatMap((role) => {
    if (role === 'operator' || (role === 'auditor' && action.endsWith('.read'))) return ['any']
    return role === 'auditor' ? (everybody[action] ?? []) : (grants[role][action] ?? [])
  })
}

/** The first of the relations in which the principal stands to the object. */
function holding(
  relations: readonly Relation[],
  principal: Principal,
  { household, owner }: AccessObject,
): Relation | null {
  const found = relations.find((relation) => {
    if (relation === 'any') return true
    if (relation === 'owner') return (owner ?? null) !== null && owner === principal.id
    return (household ?? null) !== null && principal.households.includes(household!)
  })
  return found ?? null
}
