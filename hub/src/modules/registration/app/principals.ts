import { CallerError } from '../../../platform/errors.ts'
import { unauthenticated } from '../../../platform/access.ts'
import type { NarrowedPrincipal } from '../domain/decide.ts'
import { browserIdleLimit, sharedRoles } from '../domain/account.ts'
import { presentedToken, tokenHash, tokenKind } from '../domain/token.ts'
import type { CredentialUses } from './credential-uses.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { CredentialOwner } from './storage.ts'

/** Milliseconds that an answer of the database is believed: a credential revoked at another hub ends within that. */
const believedFor = 4_000
/** Tokens remembered at a time. */
const mostRemembered = 10_000

interface Remembered {
  readonly principal: NarrowedPrincipal
  /** Monotonic clock. */
  readonly until: number
}

/** Who is behind a bearer token: from memory and without waiting when it was seen within the last seconds. */
export class Principals {
  readonly #deps: RegistrationDependencies
  readonly #uses: CredentialUses
  readonly #remembered = new Map<string, Remembered>()
  readonly #asking = new Map<string, Promise<NarrowedPrincipal>>()
  /** Grows with every revocation: answers asked for before it are not remembered. */
  #generation = 0

  constructor(deps: RegistrationDependencies, uses: CredentialUses) {
    this.#deps = deps
    this.#uses = uses
  }

  /** @throws CallerError `unauthenticated` (401) */
  authenticate(authorization: string | undefined, cookie?: string): NarrowedPrincipal | Promise<NarrowedPrincipal> {
    const token = presentedToken(authorization, cookie)
    if (token === null) throw refused()
    const hash = tokenHash(token)
    const known = this.#remembered.get(hash)
    if (known && this.#deps.clock.monotonic() < known.until) return known.principal
    const asking = this.#asking.get(hash) ?? this.#ask(token, hash).finally(() => this.#asking.delete(hash))
    this.#asking.set(hash, asking)
    return asking
  }

  /** Forgets the principal of one token hash, or all those of one account or tenant; their next request asks the database. */
  forget(which: { hash: string } | { account: string } | { tenant: string }): void {
    this.#generation++
    this.#asking.clear()
    if ('hash' in which) {
      this.#remembered.delete(which.hash)
      return
    }
    for (const [hash, { principal }] of this.#remembered) {
      const gone = 'account' in which ? principal.id === which.account : principal.tenant === which.tenant
      if (gone) this.#remembered.delete(hash)
    }
  }

  async #ask(token: string, hash: string): Promise<NarrowedPrincipal> {
    const { clock, database, storage, entities } = this.#deps
    const generation = this.#generation
    const asked = clock.monotonic()
    const now = clock.now()
    const kind = tokenKind(token)
    const credentials = storage.credentials
    const owner =
      kind === 'api-key'
        ? await credentials.apiKey(database.sql, hash, new Date(now))
        : await credentials.session(database.sql, hash, new Date(now), new Date(now - browserIdleLimit))
    if (!owner) {
      this.#remembered.delete(hash)
      throw refused()
    }
    this.#uses.note(kind === 'api-key' ? 'api-key' : 'session', hash, now)
    const [user] = await entities.users([owner.account.id])
    const principal = principalOf(owner, user?.households ?? [])
    if (generation === this.#generation) {
      this.#remember(hash, { principal, until: asked + Math.min(believedFor, owner.expiresAt - now) })
    }
    return principal
  }

  #remember(hash: string, entry: Remembered): void {
    this.#remembered.delete(hash)
    this.#remembered.set(hash, entry)
    if (this.#remembered.size > mostRemembered) this.#remembered.delete(this.#remembered.keys().next().value!)
  }
}

/** A system acts as the account that made its key, with no more than both have. */
export function principalOf(owner: CredentialOwner, households: readonly string[]): NarrowedPrincipal {
  const { account, kind, keyName, actions } = owner
  return Object.freeze({
    id: account.id,
    kind,
    name: keyName ?? account.name,
    tenant: account.tenant,
    roles: sharedRoles(owner.roles, account.roles),
    households,
    ...(actions === null ? {} : { actions }),
  })
}

function refused(): CallerError {
  return new CallerError(unauthenticated, 'The request carries no token that is valid now.')
}
