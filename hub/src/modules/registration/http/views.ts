import type { Issued } from '../app/authority.ts'
import type { NarrowedPrincipal } from '../domain/decide.ts'
import type { GatewayCredential } from '../app/identities/gateway-storage.ts'
import type { ShownIdentity } from '../app/identities/manage.ts'
import type { DeviceIdentity } from '../domain/device-identity.ts'
import type { Ticket } from '../domain/ticket.ts'
import type { Session } from '../app/sessions.ts'
import type { IdentityProvider } from '../domain/identity-provider.ts'
import type { Invitation } from '../domain/invitation.ts'
import type { Account, ApiKey, Claim, OpenSession } from '../domain/account.ts'
import type { Tenant } from '../domain/tenant.ts'

/** How the API shows accounts and credentials: never a secret, times as ISO 8601 in UTC. */

export function principalOut({ id, kind, name, tenant, roles, households, actions }: NarrowedPrincipal) {
  const narrowed = actions === undefined ? {} : { actions: [...actions] }
  return { id, kind, name, tenant, roles: [...roles], households: [...households], ...narrowed }
}

export function accountOut({ id, name, roles, disabled, createdAt }: Account) {
  return { id, name, roles: [...roles], disabled, createdAt: iso(createdAt) }
}

export function tenantOut({ id, name, disabled, createdAt }: Tenant, loginPage: string) {
  return { id, name, disabled, loginPage, createdAt: iso(createdAt) }
}

export function apiKeyOut({ id, account, name, roles, actions, createdAt, expiresAt, revokedAt, lastUsedAt }: ApiKey) {
  const times = {
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    revokedAt: revokedAt === null ? null : iso(revokedAt),
    lastUsedAt: lastUsedAt === null ? null : iso(lastUsedAt),
  }
  return { id, account, name, roles: [...roles], actions: actions === null ? null : [...actions], ...times }
}

export function claimOut(claim: Claim) {
  const { tenant: _, createdAt, expiresAt, revokedAt, ...rest } = claim
  return {
    ...rest,
    createdAt: iso(createdAt),
    expiresAt: iso(expiresAt),
    revokedAt: revokedAt === null ? null : iso(revokedAt),
  }
}

export function ticketOut({ tenant: _tenant, publicKey: _publicKey, ...ticket }: Ticket) {
  const decidedAt = ticket.decidedAt === null ? null : iso(ticket.decidedAt)
  return { ...ticket, askedAt: iso(ticket.askedAt), expiresAt: iso(ticket.expiresAt), decidedAt }
}

export function gatewayCredentialOut({ tenant: _tenant, createdAt, revokedAt, ...gateway }: GatewayCredential) {
  return { ...gateway, createdAt: iso(createdAt), revokedAt: revokedAt === null ? null : iso(revokedAt) }
}

/** @param spoken the protocol that the device is to speak */
export function identityOut({ tenant: _tenant, createdAt, ...identity }: DeviceIdentity, spoken: string) {
  return { ...identity, inForce: identity.protocol === spoken, createdAt: iso(createdAt) }
}

/** @param spoken as for `identityOut` */
export function shownIdentityOut({ credentials, ...identity }: ShownIdentity, spoken: string) {
  const shown = credentials.map(({ identity: _identity, createdAt, ...rest }) => ({
    ...rest,
    createdAt: iso(createdAt),
  }))
  return { ...identityOut(identity, spoken), credentials: shown }
}

export function identityProviderOut(
  { tenant: _tenant, version: _version, ...provider }: IdentityProvider,
  callback: string,
) {
  const { scopes, createdAt, ...rest } = provider
  return { ...rest, scopes: [...scopes], createdAt: iso(createdAt), callback }
}

export function openSessionOut({ id, kind, createdAt, lastUsedAt, expiresAt }: OpenSession, current: boolean) {
  return { id, kind, current, createdAt: iso(createdAt), lastUsedAt: iso(lastUsedAt), expiresAt: iso(expiresAt) }
}

export function invitationOut({ id, roles, user, households, email, createdBy, ...times }: Invitation) {
  const [createdAt, expiresAt] = [iso(times.createdAt), iso(times.expiresAt)]
  const usedAt = times.usedAt === null ? null : iso(times.usedAt)
  return { id, roles: [...roles], user, households: [...households], email, createdBy, createdAt, expiresAt, usedAt }
}

export function sessionOut({ token, expiresAt, principal }: Session) {
  return { token, expiresAt: iso(expiresAt), principal: principalOut(principal) }
}

export function certified({ chain, issuedAt, notAfter }: Issued, root: string) {
  return { certificate: chain, issuedAt: iso(issuedAt), expiresAt: iso(notAfter), authority: root }
}

export function iso(time: number): string {
  return new Date(time).toISOString()
}
