import { accessOf } from './access.ts'
import { accounts } from './accounts.ts'
import { Authority } from './authority.ts'
import { apiKeys } from './api-keys.ts'
import { auditUseCases } from './audit/index.ts'
import { attemptLimits } from './attempt-limits.ts'
import { claims } from './claims.ts'
import { CredentialUses } from './credential-uses.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { Principal } from '../../../platform/access.ts'
import { deviceConnect } from './device-connect.ts'
import { deviceIdentities } from './identities/index.ts'
import { DeviceKeys } from './device-keys.ts'
import { enrolment } from './enrol.ts'
import { tellExpiringKeys } from './expiring-keys.ts'
import { fileLinks } from './file-links.ts'
import { invitationLink } from '../domain/invitation.ts'
import { loginPage, type Tenant } from '../domain/tenant.ts'
import type { IdentityProvider } from '../domain/identity-provider.ts'
import { deviceImporter } from './import-devices.ts'
import { identityProviders } from './identity-providers.ts'
import { OidcClient } from './oidc-client.ts'
import { oidcLogin } from './oidc-login.ts'
import { intermediates } from './intermediates.ts'
import { installation } from './installation.ts'
import { invitationMails } from './invitation-mails.ts'
import { invitations } from './invitations.ts'
import { issuing } from './issue.ts'
import { passwords } from './passwords.ts'
import { Principals } from './principals.ts'
import { provisionedAccounts } from './provisioned-accounts.ts'
import { registrationKeeper } from './people/keeper.ts'
import { people as wholePeople } from './people/people.ts'
import { quarantine } from './quarantine.ts'
import { renewal } from './renew.ts'
import { revocation } from './revocation.ts'
import { rootKey } from './root-key.ts'
import { sessions } from './sessions.ts'
import { sweep } from './sweep.ts'
import { tenants } from './tenants.ts'
import { tickets } from './tickets.ts'

export type RegistrationApp = ReturnType<typeof useCases>

/** All use cases of the module over one set of dependencies. */
export function useCases(deps: RegistrationDependencies) {
  const uses = new CredentialUses(deps)
  const principals = new Principals(deps, uses)
  const limits = attemptLimits(deps)
  const hashing = passwords()
  const installed = installation(deps)
  const revoked = revocation(deps)
  const keys = new DeviceKeys(deps)
  const authority = new Authority(deps)
  const audit = auditUseCases(deps, installed.hub)
  const issue = issuing(deps, authority, deps.deviceCertificateLifetime)
  const people = accounts(deps, principals, hashing, limits)
  const logins = sessions(deps, principals, limits, hashing, audit.people)
  const connect = deviceConnect(deps, keys, installed.hub)
  const quarantined = quarantine(deps, keys, revoked.quarantined, connect.connectionOf)
  const oidc = new OidcClient(deps)
  const invited = invitations(deps, people, hashing, limits, logins, audit.people)
  const claimed = claims(deps, authority)
  const foreign = deviceIdentities(deps, audit.devices, revoked)
  const recognised = (secret: string): string => (deps.ownCertificate ? `${secret}.${authority.fingerprint}` : secret)
  return {
    /** A secret, and after a dot by what its holder recognises the hub, where that needs saying. */
    recognised,
    /** The root's certificate, PEM, where the hub is recognised by it. */
    recognisedBy: () => (deps.ownCertificate ? authority.root : undefined),
    access: accessOf(principals, audit.log),
    system: (keyId: string, key: string) => principals.system(keyId, key),
    audit,
    installation: installed,
    authority,
    rootKey: rootKey(deps),
    intermediates: intermediates(deps, authority),
    accounts: people,
    provisioning: provisionedAccounts(deps, principals, people),
    people: wholePeople(deps, registrationKeeper(deps, principals)),
    entities: deps.entities,
    clock: deps.clock,
    invitations: invited,
    invitationMails: invitationMails(deps),
    tenants: tenants(deps, principals, invited),
    linkOf: (token: string) => invitationLink(deps.publicUrl(), recognised(token)),
    loginPageOf: ({ id }: Pick<Tenant, 'id'>) => loginPage(deps.publicUrl(), id),
    identityProviders: identityProviders(deps),
    oidcLogin: oidcLogin(deps, oidc, people, limits, logins, audit.people),
    callback: (provider: IdentityProvider) => oidc.callback(provider),
    sessions: logins,
    uses,
    apiKeys: apiKeys(deps, principals),
    claims: claimed,
    identities: foreign,
    runImport: deps.entities.imports.run,
    deviceImporter: (by: Pick<Principal, 'id' | 'tenant'>) =>
      deviceImporter(deps, claimed.addIn, foreign.devices.addIn, by, recognised),
    tickets: tickets(deps),
    enrol: enrolment(deps, audit.devices, limits, issue),
    renew: renewal(deps, audit.devices, keys, issue, quarantined, installed.hub, limits),
    authenticateDevice: audit.devices.connection(connect.authenticate, keys),
    quarantine: quarantined,
    revocation: revoked,
    fileLinks: fileLinks(deps, installed.fileLinkKey, revoked.isCutOff, audit.devices),
    tellExpiringKeys: () => tellExpiringKeys(deps),
    sweep: sweep(deps),
    mqttUrl: deps.mqttUrl,
    trustRoot: deps.trustRoot,
    deviceOf: (id: string) => deps.entities.device(id),
  }
}
