import {
  forbidden,
  notFound,
  type Access,
  type AccessObject,
  type Principal,
  type Scope,
} from '../../../platform/access.ts'
import { acting } from '../../../platform/acting.ts'
import type { Decided, NewDecision } from '../../../platform/decisions.ts'
import { CallerError } from '../../../platform/errors.ts'
import { decide, isForeign, scopeOf, type Judgement, type NarrowedPrincipal } from '../domain/decide.ts'
import type { DecisionLog } from './audit/decision-log.ts'
import type { Principals } from './principals.ts'

/** The `Access` that all modules use. Every decision gets an id and goes into the audit. */
export function accessOf(principals: Principals, log: DecisionLog): Access {
  const decided = (principal: NarrowedPrincipal, action: string, object: AccessObject, made: Judgement): Decided => {
    // Nothing of another tenant's gets into this one's audit.
    const about = isForeign(principal, object) ? {} : object
    const describe = (asked = {}) => description(principal, action, about, made, asked)
    const request = acting()
    if (made.verdict !== 'allowed') return log.repeated(describe(request?.asked()))
    // What changes something has a row of its own, written with the change; what does not is counted.
    if (isReading(action)) return log.share(keyOf(principal, action, made), describe)
    const decision = log.make(describe(request?.asked()))
    if (!request) log.keep(decision)
    else {
      request.decisions.push(decision)
      request.decision = decision.id
    }
    return decision
  }

  const allowed = (principal: NarrowedPrincipal, action: string, scope: Scope): Scope => {
    const relation = scope.all ? 'any' : scope.owner === '' ? 'household' : 'owner'
    decided(principal, action, {}, { verdict: 'allowed', relation })
    return scope
  }

  return {
    authenticate: (authorization, cookie) => principals.authenticate(authorization, cookie),

    authorise(principal, action, object = {}) {
      const made = decide(principal, action, object)
      const decision = decided(principal, action, object, made)
      if (made.verdict === 'hidden') throw new CallerError(notFound, 'There is no such thing among those you can see.')
      if (made.verdict === 'forbidden') throw refusal(principal.name, action)
      return decision
    },

    scope(principal, action) {
      const scope = scopeOf(principal, action)
      if (scope !== null) return allowed(principal, action, scope)
      decided(principal, action, {}, { verdict: 'forbidden', relation: null })
      throw refusal(principal.name, action)
    },

    visible(principal, action) {
      const scope = scopeOf(principal, action)
      if (scope !== null) return allowed(principal, action, scope)
      return { tenant: principal.tenant, all: false, households: [], owner: '' }
    },

    present: (principal) => principals.present(principal),

    standing: (account, roles) => principals.standing(account, roles),

    decided: (made) => log.repeated(made),

    judged: (made) => log.make(made),

    async recorded() {
      for (const decision of acting()?.decisions ?? []) log.keep(decision)
      await log.flush()
    },

    ended({ decisions }) {
      for (const decision of decisions) log.keep(decision)
    },
  }
}

function isReading(action: string): boolean {
  return action.endsWith('.read')
}

function keyOf({ id, kind, name }: Principal, action: string, { verdict, relation }: Judgement): string {
  return `${id} ${kind} ${name} ${action} ${verdict} ${relation}`
}

function description(
  principal: NarrowedPrincipal,
  action: string,
  { household, owner }: AccessObject,
  { verdict, relation }: Judgement,
  asked: Readonly<Record<string, string>>,
): NewDecision {
  const { id, kind, name, tenant } = principal
  const object = { ...asked, ...(isKnown(household) && { household }), ...(isKnown(owner) && { owner }) }
  return { tenant, actor: { id, kind, name }, action, object, verdict, reason: reasonOf(principal, action, relation) }
}

/** What does not exist is asked about as nobody's, '-'. */
function isKnown(id: string | null | undefined): id is string {
  return id !== undefined && id !== null && id !== '' && id !== '-'
}

function reasonOf({ roles, actions }: NarrowedPrincipal, action: string, relation: string | null): string {
  const held = roles.length === 0 ? 'no role' : roles.join(', ')
  if (relation !== null) return `granted to ${held}; relation: ${relation}`
  const narrowed = actions !== undefined && !actions.includes(action as never)
  return narrowed ? 'the API key was not made for this' : `not granted to ${held} on this object`
}

function refusal(name: string, action: string): CallerError {
  return new CallerError(forbidden, `${name} may not ${action}.`)
}
