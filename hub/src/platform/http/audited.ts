import type { Context } from 'hono'
import { mainTenant, unauthenticated, type Access, type Principal } from '../access.ts'
import { actFor, request, type Acting } from '../acting.ts'
import type { NewDecision } from '../decisions.ts'
import { CallerError } from '../errors.ts'
import type { ApiEnv, EndpointSpec } from './api.ts'
import { bindings } from './bindings.ts'
import { foreignOrigin } from './codes.ts'
import { problemOf } from './problem.ts'

type Answer = Response | void | Promise<Response | void>

/** What of an endpoint says what somebody wants. */
export type Wanted = Pick<EndpointSpec, 'id' | 'action'>

/** A request by a principal that names things in its path: a refusal of it, and a change, say which. */
export function requestFor(principal: Principal, wanted: Wanted | undefined, c: Context<ApiEnv>): Acting {
  return request(principal, c.get('requestId'), () => {
    const noun = wanted?.action?.split('.')[0] ?? 'id'
    const given = Object.entries(c.req.param() as Record<string, string>)
    return Object.fromEntries(given.map(([name, value]) => [name === 'id' ? noun : name, shownId(value)]))
  })
}

/** What cannot be the id of anything is not repeated. */
function shownId(value: string): string {
  return /^[\w.@:~+-]{1,128}$/.test(value) ? value : '(no id)'
}

/**
 * Runs `work`, an endpoint for an authenticated principal. Afterwards the request's decisions are in the audit or on their way
 * there, and the answer names the last one. A request that ends before anything was decided in it (its body is wrong, say, or
 * everybody who is logged in may do it) is a decision, too.
 */
export function audited(
  access: Access,
  wanted: Wanted | undefined,
  c: Context<ApiEnv>,
  who: Acting,
  work: () => Answer,
): Answer {
  const end = (status: number): void => {
    if (who.decision === undefined) access.decided(undecided(wanted, who, status))
    if (who.decisions.length > 0) access.ended(who)
    answersBy(c, who.decision)
  }
  const failed = (error: unknown): never => {
    end(problemOf(error, c.req.path).status)
    throw error
  }
  const run = (): Answer => {
    let answer: Answer
    try {
      answer = work()
    } catch (error) {
      return failed(error)
    }
    if (answer instanceof Promise) {
      return answer.then((response) => {
        end(response?.status ?? 500)
        return response
      }, failed)
    }
    end(answer?.status ?? 500)
    return answer
  }
  // Once for the work and its end, which belong together: to enter a context costs a small request more than its authorization.
  return actFor(who, run)
}

const reasons = new Map([
  [unauthenticated.code, 'no credentials that are valid now'],
  [foreignOrigin.code, 'a browser’s session, on behalf of a page elsewhere'],
])

/** A request without valid credentials. @throws `error`, which says so */
export function auditStranger(access: Access, wanted: Wanted | undefined, c: Context<ApiEnv>, error: unknown): never {
  const reason = error instanceof CallerError ? reasons.get(error.code) : undefined
  if (reason !== undefined) {
    const actor = { id: 'nobody', kind: 'nobody' } as const
    // Of strangers the installation's own people hear.
    const made = {
      tenant: mainTenant,
      object: {},
      actor,
      action: actionOf(wanted),
      verdict: 'refused',
      reason,
    } as const
    const { id } = access.decided(made)
    answersBy(c, id)
  }
  throw error
}

function undecided(wanted: Wanted | undefined, { principal, asked }: Acting, status: number): NewDecision {
  const { id, kind, name, tenant } = principal
  const granted = status < 400
  return {
    tenant,
    object: granted ? {} : asked(),
    actor: { id, kind, name },
    action: actionOf(wanted),
    verdict: granted ? 'allowed' : 'refused',
    reason: granted ? 'for everybody who is logged in' : `ended with ${status} before it came to a decision`,
  }
}

function actionOf(wanted: Wanted | undefined): string {
  return wanted?.action ?? wanted?.id ?? 'unnamed'
}

function answersBy(c: Context<ApiEnv>, decision: string | undefined): void {
  const { incoming } = bindings(c)
  if (incoming) incoming.decision = decision
}
