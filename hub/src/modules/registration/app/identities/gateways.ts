import { hash } from 'node:crypto'
import type { IdentityClaim } from '@sutler/device-model'
import type { Principal } from '../../../../platform/access.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { appendEvents } from '../../../../platform/events.ts'
import { newId } from '../../../../platform/ids.ts'
import { unknownHousehold } from '../../../entity-management/index.ts'
import { approvalMistake } from '../../domain/approval.ts'
import type { GatewayRule } from '../../domain/arrival.ts'
import { gatewayPurpose, type ForeignProtocol } from '../../domain/device-identity.ts'
import { provenBy, type Open } from '../../domain/device-proof.ts'
import { approvalUnusable, missing } from '../codes.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import type { PageRequest } from '../page-request.ts'
import { credentialTaken, credentialUnusable } from './codes.ts'
import type { GatewayCredential, GatewayName, GatewayRecord } from './gateway-storage.ts'
import type { IdentityRecords } from './records.ts'
import { madeCredential, type WantedCredential } from './wanted-credential.ts'

type GatewayKind = GatewayCredential['kind']

/** What a batch can share, by protocol; the first is the usual one. */
const kindsOf: Readonly<Record<ForeignProtocol, readonly GatewayKind[]>> = {
  ddi: ['token'],
  mender: ['token'],
  cwmp: ['password'],
  usp: ['password', 'token'],
  lwm2m: ['psk', 'token'],
}

export interface NewGateway extends GatewayRule {
  readonly protocol: ForeignProtocol
  readonly name: string
  /** Null = the usual one, made by the hub. */
  readonly credential: Extract<WantedCredential, { kind: GatewayKind }> | null
}

/** Credentials that a batch of devices shares: who shows one is one of ours, and nobody in particular. */
export function gateways(deps: RegistrationDependencies, records: IdentityRecords) {
  const { clock, database, doorbells, entities, sealing, storage } = deps
  const store = storage.gateways
  const open: Open = ({ purpose, sealed }) => sealing.open(purpose, sealed!)

  const checkRule = async ({ household, approval }: NewGateway, tenant: string): Promise<void> => {
    const mistake = approvalMistake(approval)
    if (mistake !== null) throw new CallerError(approvalUnusable, `The expression ${mistake}.`)
    if (household !== null && (await entities.household(household))?.tenant !== tenant)
      throw new CallerError(unknownHousehold, `There is no household ${household}.`)
  }

  return {
    /**
     * The secret is returned this once; null when the caller gave it.
     * @throws CallerError `credential-unusable`, `claim-approval-unusable`, `unknown-household` (422), `credential-taken` (409)
     */
    async add(
      by: Pick<Principal, 'id' | 'tenant'>,
      wanted: NewGateway,
    ): Promise<{ gateway: GatewayCredential; secret: string | null }> {
      const { protocol, name, household, class: deviceClass, approval } = wanted
      await checkRule(wanted, by.tenant)
      const now = clock.now()
      const id = newId('gwc', now)
      const asked = wanted.credential ?? { kind: kindsOf[protocol][0]! }
      if (!kindsOf[protocol].includes(asked.kind))
        throw new CallerError(credentialUnusable, `Devices of ${protocol} cannot share a ${asked.kind}.`)
      const made = madeCredential(sealing, gatewayPurpose(id), asked)
      const username = asked.kind === 'token' ? null : (made.username ?? id)
      const gateway: GatewayCredential = {
        id,
        tenant: by.tenant,
        protocol,
        kind: asked.kind,
        name,
        username,
        household,
        class: deviceClass,
        approval,
        createdBy: by.id,
        createdAt: now,
        revokedAt: null,
      }
      await database.transaction(async (tx) => {
        if (!(await store.insert(tx.sql, gateway, made)))
          throw new CallerError(credentialTaken, `There is a ${asked.kind} of ${protocol} like that already.`)
        await appendEvents(tx, doorbells, [event('gateway-credential.created', gateway)])
      })
      return { gateway, secret: made.secret }
    },

    page: (page: PageRequest, { tenant }: Pick<Principal, 'tenant'>): Promise<GatewayCredential[]> =>
      store.page(database.sql, page, tenant),

    /** Devices that have nothing else to show are refused from now on; a repeat changes nothing. @throws CallerError `not-found` */
    revoke: (tenant: string, id: string): Promise<void> =>
      database.transaction(async (tx) => {
        const gateway = await store.find(tx.sql, id)
        if (gateway?.tenant !== tenant) throw missing('gateway credential', id)
        if (gateway.revokedAt !== null) return
        await store.revoke(tx.sql, id, new Date(clock.now()))
        await storage.arrivals.removeOf(tx.sql, id)
        await appendEvents(tx, doorbells, [event('gateway-credential.revoked', gateway)])
        tx.afterCommit(() => records.forget())
      }),

    /** The batch whose credential the device has shown, if it is of the tenant that it names. */
    async shownBy(claim: IdentityClaim, protocol: ForeignProtocol): Promise<GatewayRecord | null> {
      const name = nameOf(claim, protocol)
      const found = name === null ? null : await store.named(database.sql, name)
      if (found === null || (claim.tenant !== undefined && claim.tenant !== found.tenant)) return null
      const { identity, proof } = claim
      const shown = claim.gatewayToken === undefined ? proof : { gatewayToken: claim.gatewayToken }
      return provenBy({ identity, credentials: [found.credential] }, shown, open, found.credential) && found
    },
  }
}

export type Gateways = ReturnType<typeof gateways>

function nameOf({ proof, gatewayToken }: IdentityClaim, protocol: ForeignProtocol): GatewayName | null {
  const token = 'gatewayToken' in proof ? proof.gatewayToken : gatewayToken
  if (token !== undefined) return { protocol, by: 'digest', value: hash('sha256', token, 'hex') }
  const username = 'digest' in proof ? proof.digest.username : 'preShared' in proof ? proof.preShared : undefined
  const value = 'password' in proof ? proof.username : username
  return value === undefined || value.includes('\0') ? null : { protocol, by: 'username', value }
}

function event(type: string, { id, tenant, protocol, kind, name, approval }: GatewayCredential) {
  return { type, subject: id, tenant, household: null, data: { protocol, kind, name, approval } }
}
