import type { DeviceSecret, Digest, EnrolAnswer, FileLink, IdentityClaim, SecretUse } from '@sutler/device-model'
import type { Hono } from 'hono'
import type { Access, Decision, Principal } from '../../platform/access.ts'
import { api, type ApiEnv } from '../../platform/http/api.ts'
import type { PeerCertificate } from '../../platform/tls/peer-certificate.ts'
import type { RegistrationDependencies as AllDependencies } from './app/dependencies.ts'
import type { AccountProvisioning } from '../entity-management/index.ts'
import type { ServerCertificate } from './app/authority.ts'
import { useCases } from './app/index.ts'
import { accountRoutes } from './http/accounts.ts'
import { apiKeyRoutes } from './http/api-keys.ts'
import { browserRoutes } from './http/browser.ts'
import { auditRoutes } from './http/audit.ts'
import { authorityRoutes } from './http/authority.ts'
import { deviceCredentialRoutes } from './http/device-credentials.ts'
import { deviceIdentityRoutes } from './http/device-identities.ts'
import { claimRoutes } from './http/claims.ts'
import { enrolmentRoutes } from './http/enrolments.ts'
import { importRoutes } from './http/imports.ts'
import { invitationRoutes } from './http/invitations.ts'
import { pages } from './http/pages/index.ts'
import { gatewayCredentialRoutes } from './http/gateway-credentials.ts'
import { identityProviderRoutes } from './http/identity-providers.ts'
import { oidcRoutes } from './http/oidc.ts'
import { ticketRoutes } from './http/tickets.ts'
import { mergeRoutes } from './http/merges.ts'
import { peopleRoutes } from './http/people.ts'
import { sessionRoutes } from './http/sessions.ts'
import { tenantRoutes } from './http/tenants.ts'
import { postgresStorage } from './store/index.ts'

export type { ClaimOrder } from './app/dependencies.ts'
export { linkExpired, linkRefused } from './app/codes.ts'

export type RegistrationDependencies = Omit<AllDependencies, 'storage'>

/** Security: who is there, and who may do what. The only module that sees credentials. */
export interface Registration {
  readonly access: Access
  /** Id of this installation, the same at all its hubs. After `start`. */
  hub(): string
  /** Reads, or at the very first start makes, what all hubs share; then watches for other hubs' revocations. */
  start(): Promise<void>
  /** Writes down which credentials were used lately; done every some seconds by itself. */
  writeUses(): Promise<void>
  /** Tells of API keys that end within seven days, each once; done every some minutes by itself. */
  tellExpiringKeys(): Promise<void>
  /** The certificate authority of the installation. After `start`. */
  readonly authority: AuthorityFace
  /**
   * A one-time link by which the first operator makes an account, good for 24 h; each call makes the link before it void.
   * Null when there is an operator.
   */
  setupLink(): Promise<string | null>
  /** Calls `listener` when the first operator’s account was made here. */
  onFirstOperator(listener: () => void): void
  /** For people whom a system outside brings and takes away. */
  readonly provisioning: AccountProvisioning
  /** Writes what was decided last. */
  stop(): Promise<void>
  /** Resolves once all that was decided so far is in the audit. */
  flushAudit(): Promise<void>
  /**
   * Whether it is that device: by the certificate that TLS has verified, else by an MQTT password that is signed, fresh, and
   * not used before. Thousands at a time are fine.
   */
  authenticateDevice(device: string, password: string, certificate?: PeerCertificate | null): Promise<boolean>
  /** Who a system is, by the id of its API key and the key itself; null when it is not, or no more. */
  authenticateSystem(keyId: string, key: string): Promise<Principal | null>
  /** Devices that never run the agent. */
  readonly identities: DeviceIdentitiesFace
  /** A device has told its boot: one that comes back after another quarantines it. */
  deviceBooted(device: string, boot: string): Promise<void>
  /**
   * Takes a device out of service for good. @param decision what it follows from, where no request asks for it
   * @throws CallerError `not-found` (404)
   */
  decommission(device: string, decision?: Decision): Promise<void>
  /**
   * Calls `listener` for each device that is to be connected no more, within 5 s also when another hub decided it:
   * decommissioned, or else quarantined. Returns the way to stop.
   */
  onCutOff(listener: (device: string, decommissioned: boolean) => void): () => void
  /**
   * Calls `listener` for each device that is to speak another protocol from `at` on, within 5 s also when another hub decided it;
   * at every hub, perhaps more than once. `onCutOff` is told too. Returns the way to stop.
   */
  onProtocolChange(listener: (device: string, at: number) => void): () => void
  /** A link by which the device can fetch the manifest of that digest and its files, for 15 minutes. */
  fileLink(device: string, manifest: Digest, life?: 'of-one-download' | 'of-a-day'): FileLink
  /**
   * The device that may fetch files of this manifest. @param query the raw query string, without `?` @param shown name in the
   * certificate of whoever asks, where one was shown @param tell is called with the decision's id, also when it is refused
   * @throws CallerError `link-refused`, `link-expired` (403)
   */
  checkFileLink(
    manifest: Digest,
    query: string,
    shown?: string | null,
    tell?: (decision: string) => void,
  ): { device: string }
  /**
   * /sessions, /me, /tenants, /accounts, /invitations, /setup, /api-keys, /claims, /enrolments,
   * /devices/{id}/decommission and /release, /authority, /audit
   */
  routes(): Hono<ApiEnv>
  /** /login and /setup, with what they load */
  pages(): Hono<ApiEnv>
}

/** Who a device is in a protocol of its own: for those who speak these protocols. */
export interface DeviceIdentitiesFace {
  /**
   * Whether it is that device, by what it shows. From memory where it was seen within the last seconds; what is revoked, here or
   * at another hub, is refused within five. Thousands at a time are fine.
   * @throws OutsideError `overloaded`, `audit-full` (503)
   */
  authenticate(claim: IdentityClaim): Promise<EnrolAnswer>
  /**
   * A pre-shared key by the name that was shown with it, or what the hub shows to a device with this identity. Null where there
   * is none, also of devices that are not let in.
   */
  secret(protocol: string, identity: string, use: SecretUse): Promise<DeviceSecret | null>
  /** Which protocol each is to speak; strangers are missing. */
  protocolsOf(devices: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** What the hub's listeners and local tools need of the authority. */
export interface AuthorityFace {
  /** The root's certificate, PEM. */
  root(): string
  /** Root and issuing authority, PEM. */
  certificates(): string
  /** A new key and its certificate for a hub that is reached under these hosts. */
  serverCertificate(hosts: readonly string[]): ServerCertificate
}

export function createRegistration(dependencies: RegistrationDependencies): Registration {
  const app = useCases({ ...dependencies, storage: postgresStorage })
  const { access, installation, revocation, sweep, fileLinks } = app
  return {
    access,
    hub: installation.hub,
    async start() {
      await installation.start()
      await app.authority.start(installation.hub())
      app.authority.follow()
      await app.audit.start()
      await revocation.start()
      sweep.start()
      app.uses.start()
    },
    async stop() {
      app.authority.stop()
      revocation.stop()
      sweep.stop()
      app.uses.stop()
      await app.audit.stop()
    },
    authority: {
      root: () => app.authority.root,
      certificates: () => app.authority.certificates,
      serverCertificate: (hosts) => app.authority.serverCertificate(hosts),
    },
    async setupLink() {
      const token = await app.invitations.firstOperator()
      return token === null ? null : app.linkOf(token)
    },
    provisioning: app.provisioning,
    writeUses: () => app.uses.write(),
    tellExpiringKeys: app.tellExpiringKeys,
    onFirstOperator: app.invitations.onFirstOperator,
    flushAudit: () => app.audit.log.flush(),
    authenticateDevice: (device, password, certificate = null) => app.authenticateDevice(device, password, certificate),
    authenticateSystem: app.system,
    identities: {
      authenticate: app.identities.authenticate,
      secret: app.identities.secret,
      protocolsOf: app.identities.protocolsOf,
    },
    deviceBooted: app.quarantine.booted,
    decommission: revocation.decommission,
    onCutOff: revocation.onCutOff,
    onProtocolChange: revocation.onProtocolChange,
    fileLink: fileLinks.make,
    checkFileLink: fileLinks.check,
    pages: () => pages(app),
    routes() {
      const router = api()
      sessionRoutes(router, access, app)
      tenantRoutes(router, access, app)
      accountRoutes(router, access, app)
      peopleRoutes(router, access, app)
      mergeRoutes(router, access, app)
      browserRoutes(router, app)
      identityProviderRoutes(router, access, app)
      oidcRoutes(router, app)
      invitationRoutes(router, access, app)
      apiKeyRoutes(router, access, app)
      claimRoutes(router, access, app)
      importRoutes(router, access, app)
      deviceIdentityRoutes(router, access, app)
      deviceCredentialRoutes(router, access, app)
      gatewayCredentialRoutes(router, access, app)
      enrolmentRoutes(router, access, app)
      ticketRoutes(router, access, app)
      authorityRoutes(router, access, app)
      auditRoutes(router, access, app)
      return router
    },
  }
}
