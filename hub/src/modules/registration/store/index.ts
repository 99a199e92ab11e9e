import type { RegistrationStorage } from '../app/storage.ts'
import { accountStore } from './accounts.ts'
import { apiKeyStore } from './api-keys.ts'
import { arrivalStore } from './arrivals.ts'
import { auditStore } from './audit.ts'
import { authorityStore } from './authority.ts'
import { certificateStore } from './certificates.ts'
import { claimStore } from './claims.ts'
import { credentialStore } from './credentials.ts'
import { deviceIdentityStore } from './device-identities.ts'
import { deviceCredentialStore } from './devices.ts'
import { peopleStore } from './people.ts'
import { ticketStore } from './tickets.ts'
import { tenantStore } from './tenants.ts'
import { invitationStore } from './invitations.ts'
import { identityProviderStore } from './identity-providers.ts'
import { gatewayStore } from './gateways.ts'
import { installationStore } from './installation.ts'

/** The module's tables in PostgreSQL. */
export const postgresStorage: RegistrationStorage = {
  tenants: tenantStore,
  installation: installationStore,
  authority: authorityStore,
  accounts: accountStore,
  invitations: invitationStore,
  identityProviders: identityProviderStore,
  credentials: credentialStore,
  apiKeys: apiKeyStore,
  claims: claimStore,
  tickets: ticketStore,
  devices: deviceCredentialStore,
  certificates: certificateStore,
  deviceIdentities: deviceIdentityStore,
  gateways: gatewayStore,
  arrivals: arrivalStore,
  audit: auditStore,
  people: peopleStore,
}
