/**
 * Who asks, and may they? The types that every module uses; registration implements them (it alone sees credentials) and
 * compose hands the implementation to all, so that no module needs to import registration for it.
 */
import type { Acting } from './acting.ts'
import type { NewDecision } from './decisions.ts'
import { errorCode } from './errors.ts'

export const unauthenticated = errorCode(
  'unauthenticated',
  401,
  'Nobody is logged in',
  'Send `Authorization: Bearer <token>` with a token from POST /api/v1/sessions that has not expired.',
)

export const forbidden = errorCode(
  'forbidden',
  403,
  'This principal may not do that',
  'Ask an operator for a role that allows the action, or log in as somebody who has it.',
)

/** Also the answer about things that the principal may not know of: whether they exist stays untold. */
export const notFound = errorCode(
  'not-found',
  404,
  'There is no such thing',
  'Check the id; lists show what this principal can see.',
)

/** The first of all tenants: the installation's own, whose operators also run the installation. */
export const mainTenant = 'main'

export type Role = 'operator' | 'developer' | 'sponsor' | 'subscriber' | 'auditor'

/** An authenticated person or system. Devices never call the REST API. */
export interface Principal {
  readonly id: string
  readonly kind: 'person' | 'system'
  readonly name: string
  /** To whom it belongs, with all that it sees. Its roles hold there. */
  readonly tenant: string
  readonly roles: readonly Role[]
  /** Households a subscriber belongs to. */
  readonly households: readonly string[]
}

/** `<noun>.<verb>`: device.read, device.write, household.read, household.write, user.read, user.write, claim.write,
 * service.read, service.publish, order.read, order.write, order.expedite (the highest priority), delivery.read, preference.read, preference.write, event.read,
 * webhook.write, instance.read, instance.write (start, signal, retry, skip, repair, cancel, migrate), model.read, model.write (publish). */
export type Action = `${string}.${string}`

/** What the action is about, as far as authorization needs it. Absent = concerns no household / no owner. */
export interface AccessObject {
  /** Whose it is; absent = the principal's own, or nobody's. */
  readonly tenant?: string
  readonly household?: string | null
  /** Principal id of who owns it: a service's developer, an order's sponsor. */
  readonly owner?: string | null
}

/** An allowed access. The id goes into orders and logs; credentials never do. */
export interface Decision {
  readonly id: string
}

/** The rows a principal may see in lists: everything, or only those of these households or owned by it. */
export interface Scope {
  /** Only of this one. */
  readonly tenant: string
  readonly all: boolean
  readonly households: readonly string[]
  readonly owner: string
}

export interface Access {
  /**
   * @param authorization the header of that name. @param cookie token of a browser's session, where there is no such header
   * @throws CallerError `unauthenticated` (401)
   */
  authenticate(authorization: string | undefined, cookie?: string): Principal | Promise<Principal>
  /**
   * Each decision goes into the audit. @throws CallerError `forbidden` (403), or `not-found` (404) when the principal may not even
   * know that it exists; OutsideError `audit-full` (503)
   */
  authorise(principal: Principal, action: Action, object?: AccessObject): Decision
  /**
   * What the principal is by now, asked of the database: for who goes on listening after its request. Null when what it came with
   * is no longer good. It does not count as a use of that.
   */
  present(principal: Principal): Promise<Principal | null>
  /** What an account is by now, with no more than these roles: for who is told later. Null when it is disabled or gone. */
  standing(account: string, roles: readonly Role[]): Promise<Principal | null>
  /** For lists. @throws CallerError `forbidden` (403) when none of the principal's roles has the action */
  scope(principal: Principal, action: Action): Scope
  /** What the principal may be told of beside what they asked for: like `scope`, but nothing where they may see none, which is no refusal. */
  visible(principal: Principal, action: Action): Scope
  /**
   * Puts a decision into the audit that was made elsewhere: about a device, about credentials. One that repeats itself within a
   * minute shares an id and a row with the one before, with their count.
   * @throws OutsideError `audit-full` (503)
   */
  decided(made: NewDecision): Decision
  /** A decision for a transaction to record: it is to be put into `tx.audit.decisions`. @throws OutsideError `audit-full` (503) */
  judged(made: NewDecision & { readonly tenant: string }): Decision
  /**
   * Resolves once the request's decisions are in the audit: to be awaited before anything is changed outside of a transaction
   * of the request. @throws OutsideError when they cannot be written
   */
  recorded(): Promise<void>
  /** The request has ended: what it decided and no transaction took along goes into the audit. */
  ended(request: Acting): void
}
