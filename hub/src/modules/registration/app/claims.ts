import type { Principal, Scope } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import type { Claim } from '../domain/account.ts'
import { newToken, tokenHash } from '../domain/token.ts'
import { missing, unknownDevice } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { PageRequest } from './storage.ts'

export interface NewClaim {
  readonly household: string
  readonly device: string | null
  readonly uses: number
  readonly serial: string | null
  readonly expiresInSeconds: number
}

/** Claims: rights to enrol devices into a household. */
export function claims({ database, doorbells, clock, entities, storage }: RegistrationDependencies) {
  const store = storage.claims
  return {
    /** The claim's secret is returned this once. @throws CallerError `unknown-household` (422), `claim-device-unknown` (422) */
    async add(
      { id: createdBy, tenant }: Pick<Principal, 'id' | 'tenant'>,
      wanted: NewClaim,
    ): Promise<{ claim: Claim; secret: string }> {
      const secret = newToken('claim')
      const now = clock.now()
      const { household, serial, device, uses, expiresInSeconds } = wanted
      const claim: Claim = {
        id: newId('clm', now),
        tenant,
        household,
        serial,
        device,
        uses,
        used: 0,
        createdBy,
        createdAt: now,
        expiresAt: now + expiresInSeconds * 1000,
        revokedAt: null,
      }
      await database.transaction(async (tx) => {
        if ((await entities.household(household, tx.sql))?.tenant !== tenant) {
          const detail = `There is no household ${household}.`
          throw new CallerError(unknownHousehold, detail, { places: [{ pointer: '/household', detail }] })
        }
        if (device !== null && (await entities.device(device, tx.sql))?.household !== household) {
          const detail = `The household ${household} has no device ${device}.`
          throw new CallerError(unknownDevice, detail, { places: [{ pointer: '/device', detail }] })
        }
        await store.insert(tx.sql, claim, tokenHash(secret))
        await appendEvents(tx, doorbells, [event('claim.created', claim)])
      })
      return { claim, secret }
    },

    find: (id: string): Promise<Claim | null> => store.find(database.sql, id),

    page: (page: PageRequest & { household?: string | undefined }, scope: Scope): Promise<Claim[]> =>
      store.page(database.sql, page, scope),

    /** Nobody enrols with it from now on; a repeat changes nothing. */
    async revoke(id: string): Promise<void> {
      await database.transaction(async (tx) => {
        const claim = await store.find(tx.sql, id)
        if (!claim) throw missing('claim', id)
        if (claim.revokedAt !== null) return
        await store.revoke(tx.sql, id, new Date(clock.now()))
        await appendEvents(tx, doorbells, [event('claim.revoked', claim)])
      })
    },
  }
}

function event(type: string, { id, tenant, household, serial, uses, expiresAt, createdBy }: Claim) {
  const data = { serial, uses, expiresAt: new Date(expiresAt).toISOString(), createdBy }
  return { type, subject: id, tenant, household, data }
}
