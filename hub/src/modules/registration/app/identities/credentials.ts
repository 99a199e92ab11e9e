import type { Principal } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { newId } from '../../../../platform/ids.ts'
import { credentialPurpose, mostCredentials, type DeviceIdentity } from '../../domain/device-identity.ts'
import type { RegistrationDependencies } from '../dependencies.ts'
import { credentialTaken, credentialUnusable } from './codes.ts'
import type { NewCredential } from './storage.ts'
import {
  madeCredential,
  requireKind,
  usualCredential,
  type MadeCredential,
  type WantedCredential,
} from './wanted-credential.ts'

export type By = Pick<Principal, 'id' | 'tenant'>

/** Null = the protocol's usual one, made by the hub. `gateway`: what its batch shows is good for this device. */
export type CredentialWish = WantedCredential | { readonly kind: 'gateway'; readonly gateway: string } | null

export interface AddedCredential {
  readonly id: string
  readonly kind: NewCredential['kind']
  readonly username: string | null
  /** Shown this once; null when the caller knows it. */
  readonly secret: string | null
}

type Made = Omit<MadeCredential, 'kind'> & Pick<NewCredential, 'kind' | 'gateway'>

/** Credentials of identities, in transactions of the caller's. */
export function credentials({ clock, sealing, storage }: RegistrationDependencies) {
  const store = storage.deviceIdentities

  const made = (id: string, { protocol, identity }: DeviceIdentity, wish: CredentialWish): Made => {
    if (wish?.kind === 'gateway') return { ...byGateway, gateway: wish.gateway }
    const wanted = wish ?? usualCredential(protocol)
    requireKind(protocol, wanted.kind)
    const fresh = madeCredential(sealing, credentialPurpose(id), wanted)
    // A pre-shared key is looked for by its name alone.
    const username = fresh.kind === 'psk' ? (fresh.username ?? identity) : fresh.username
    return { ...fresh, username, gateway: null }
  }

  return {
    /**
     * @param replace takes out what it has of that kind, and what it came in with
     * @throws CallerError `credential-unusable` (422), `credential-taken` (409)
     */
    async add(tx: Tx, by: By, of: DeviceIdentity, wish: CredentialWish, replace: boolean): Promise<AddedCredential> {
      const id = newId('crd', clock.now())
      const { secret, ...kept } = made(id, of, wish)
      const { kind, username } = kept
      if (replace) await store.removeCredentials(tx.sql, of.id, [kind, 'gateway'])
      if ((await store.credentialsOf(tx.sql, [of.id])).length >= mostCredentials)
        throw new CallerError(credentialUnusable, `The identity has ${mostCredentials} credentials: remove one first.`)
      const { tenant } = of
      const row = { ...kept, id, tenant, identity: of.id, createdBy: by.id, createdAt: clock.now() }
      if (!(await store.addCredential(tx.sql, row)))
        throw new CallerError(credentialTaken, `There is a ${kind} of that name already.`)
      return { id, kind, username, secret }
    },
  }
}

export type Credentials = ReturnType<typeof credentials>

const byGateway = {
  kind: 'gateway',
  username: null,
  digest: null,
  subject: null,
  sealed: null,
  secret: null,
} as const
