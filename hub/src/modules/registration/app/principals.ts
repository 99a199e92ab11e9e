import { unauthenticated, type Principal, type Role } from '../../../platform/access.ts'
import { actAsHub } from '../../../platform/acting.ts'
import { CallerError } from '../../../platform/errors.ts'
import type { NarrowedPrincipal } from '../domain/decide.ts'
import { allRoles, browserIdleLimit, sharedRoles } from '../domain/account.ts'
import { presentedToken, tokenHash, tokenKind, type TokenKind } from '../domain/token.ts'
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
  /** What each came with. */
  readonly #hashes = new WeakMap<Principal, { readonly hash: string; readonly kind: TokenKind | null }>()
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

  /** What a principal is by now, for who goes on listening; null when what it came with is no longer good. */
  present(principal: Principal): Promise<NarrowedPrincipal | null> {
    const came = this.#hashes.get(principal)
    if (came === undefined) return Promise.resolve(null)
    return actAsHub(async () => {
      const owner = await this.#ownerOf(came.kind, came.hash)
      if (owner === null) return null
      const found = await this.of(owner)
      this.#hashes.set(found, came)
      return found
    })
  }

  /** A system by the id of its API key and the key itself; null when it is not, or no more. */
  system(keyId: string, key: string): Promise<NarrowedPrincipal | null> {
    if (tokenKind(key) !== 'api-key') return Promise.resolve(null)
    const hash = tokenHash(key)
    return actAsHub(async () => {
      const owner = await this.#ownerOf('api-key', hash)
      if (owner === null || owner.keyId !== keyId) return null
      this.#uses.note('api-key', hash, this.#deps.clock.now())
      const principal = await this.of(owner)
      this.#hashes.set(principal, { hash, kind: 'api-key' })
      return principal
    })
  }

  /** What an account is by now, with no more than these roles; null when it is disabled or gone. */
  standing(account: string, roles: readonly Role[]): Promise<NarrowedPrincipal | null> {
    const { database, storage } = this.#deps
    return actAsHub(async () => {
      const owner = await storage.credentials.account(database.sql, account)
      return owner === null ? null : this.of({ ...owner, roles })
    })
  }

  #ownerOf(kind: TokenKind | null, hash: string): Promise<CredentialOwner | null> {
    const { clock, database, storage } = this.#deps
    const now = clock.now()
    return kind === 'api-key'
      ? storage.credentials.apiKey(database.sql, hash, new Date(now))
      : storage.credentials.session(database.sql, hash, new Date(now), new Date(now - browserIdleLimit))
  }

  /** Who that is by now, with what their households and groups give. */
  async of(owner: CredentialOwner): Promise<NarrowedPrincipal> {
    const { entities } = this.#deps
    const [[user], given] = await Promise.all([
      entities.users([owner.account.id]),
      entities.rolesByGroups(owner.account.id),
    ])
    return principalOf(owner, user?.households ?? [], given)
  }

  async #ask(token: string, hash: string): Promise<NarrowedPrincipal> {
    const { clock } = this.#deps
    const generation = this.#generation
    const asked = clock.monotonic()
    const now = clock.now()
    const kind = tokenKind(token)
    const owner = await this.#ownerOf(kind, hash)
    if (!owner) {
      this.#remembered.delete(hash)
      throw refused()
    }
    this.#uses.note(kind === 'api-key' ? 'api-key' : 'session', hash, now)
    const principal = await this.of(owner)
    this.#hashes.set(principal, { hash, kind })
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

/** A system acts as the account that made its key, with no more than both have. @param given roles by groups of people */
function principalOf(owner: CredentialOwner, households: readonly string[], given: readonly Role[]): NarrowedPrincipal {
  const { account, kind, keyName, actions } = owner
  const held = allRoles(account.roles, given)
  return Object.freeze({
    id: account.id,
    kind,
    name: keyName ?? account.name,
    tenant: account.tenant,
    roles: kind === 'person' ? held : sharedRoles(owner.roles, held),
    households,
    ...(actions === null ? {} : { actions }),
  })
}

function refused(): CallerError {
  return new CallerError(unauthenticated, 'The request carries no token that is valid now.')
}
