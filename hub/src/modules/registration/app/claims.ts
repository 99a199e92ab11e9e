import type { Principal, Scope } from '../../../platform/access.ts'
import type { Tx } from '../../../platform/database.ts'
import { CallerError, type ErrorCode } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { groupedChanges, type Asked } from '../../../platform/grouped.ts'
import { newId } from '../../../platform/ids.ts'
import { unknownHousehold } from '../../entity-management/index.ts'
import type { Claim } from '../domain/account.ts'
import { approvalMistake } from '../domain/approval.ts'
import { claimSerialHash, newToken, tokenHash } from '../domain/token.ts'
import { readKeyRequest, requestsName } from '../domain/x509/csr.ts'
import type { Authority, Issued } from './authority.ts'
import { approvalUnusable, missing, requestUnusable, unknownDevice, unknownOrder } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { PageRequest } from './page-request.ts'

export interface NewClaim {
  /** Null = that of the order. */
  readonly household: string | null
  readonly order: string | null
  readonly device: string | null
  readonly uses: number
  readonly serial: string | null
  readonly serialPrefix: string | null
  readonly approval: string
  readonly expiresInSeconds: number
  /** PEM: for its key a claim certificate is made, in place of a secret. */
  readonly csr: string | null
}

/** A claim and what it is used with, which is shown this once. */
export interface MadeClaim {
  readonly claim: Claim
  /** The secret; of a claim certificate its name, which is none. */
  readonly text: string
  readonly certificate: Issued | null
}

/** Of one transaction; that may wait. */
const together = { most: 200, waiting: 10_000 }

/** Claims: rights to enrol devices into a household. */
export function claims(deps: RegistrationDependencies, authority: Authority) {
  const { database, doorbells, clock, storage } = deps
  const store = storage.claims
  const addAll = async (tx: Tx, drafts: readonly Asked<ClaimDraft>[]): Promise<Made[]> => {
    const named = [...new Set(drafts.map(({ request }) => request.claim.household))]
    const tenants = new Map((await deps.entities.households(named, tx.sql)).map(({ id, tenant }) => [id, tenant]))
    const made: Made[] = []
    for (const { request } of drafts)
      made.push((await misplaced(deps, tx, request.claim, tenants.get(request.claim.household))) ?? request)
    const good = drafts.filter((_, index) => !('refusal' in made[index]!))
    if (good.length === 0) return made
    await store.insert(
      tx.sql,
      good.map(({ request: { claim, proof } }) => ({ claim, hash: proof.hash })),
    )
    const events = good.map(({ request, decision }) => ({ ...event('claim.created', request.claim), ...decision }))
    await appendEvents(tx, doorbells, events)
    return made
  }
  const addTogether = groupedChanges<ClaimDraft, Made>(database, together, addAll)
  return {
    /**
     * The household that a claim would be for: it is to be authorised first. An order that there is not is one of nobody's.
     */
    async householdOf({ household, order: id }: Pick<NewClaim, 'household' | 'order'>): Promise<string> {
      if (household !== null || id === null) return household ?? '-'
      return (await deps.order(id))?.household ?? '-'
    },

    /**
     * The claim's secret is returned this once.
     * @throws CallerError `unknown-household`, `claim-device-unknown`, `claim-order-unknown`, `claim-approval-unusable`,
     * `claim-request-unusable` (422)
     */
    add: async (by: Pick<Principal, 'id' | 'tenant'>, household: string, wanted: NewClaim): Promise<MadeClaim> =>
      shownClaim(await addTogether(draft(deps, authority, by, household, wanted))),

    /** The same in a transaction of the caller’s. */
    async addIn(tx: Tx, by: Pick<Principal, 'id' | 'tenant'>, household: string, wanted: NewClaim): Promise<MadeClaim> {
      const [made] = await addAll(tx, [{ request: draft(deps, authority, by, household, wanted), decision: {} }])
      return shownClaim(made!)
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

/** A claim that is not written yet, and what it is used with. */
interface ClaimDraft {
  readonly claim: Claim
  readonly proof: { readonly text: string; readonly hash: string; readonly certificate: Issued | null }
}

type Made = ClaimDraft | { readonly refusal: CallerError }

/** @throws CallerError `claim-approval-unusable`, `claim-request-unusable` */
function draft(
  { clock }: RegistrationDependencies,
  authority: Authority,
  by: Pick<Principal, 'id' | 'tenant'>,
  household: string,
  wanted: NewClaim,
): ClaimDraft {
  checkApproval(wanted.approval)
  const now = clock.now()
  const { order, serial, serialPrefix, device, approval, uses, expiresInSeconds, csr } = wanted
  const claim: Claim = {
    id: newId('clm', now),
    tenant: by.tenant,
    household,
    kind: csr === null ? 'token' : 'certificate',
    serial,
    serialPrefix,
    approval,
    order,
    device,
    uses,
    used: 0,
    createdBy: by.id,
    createdAt: now,
    expiresAt: now + expiresInSeconds * 1000,
    revokedAt: null,
  }
  return { claim, proof: csr === null ? secretProof() : certificateProof(authority, claim, csr) }
}

function shownClaim(made: Made): MadeClaim {
  if ('refusal' in made) throw made.refusal
  return { claim: made.claim, text: made.proof.text, certificate: made.proof.certificate }
}

function secretProof() {
  const text = newToken('claim')
  return { text, hash: tokenHash(text), certificate: null }
}

function certificateProof(authority: Authority, { id, expiresAt }: Claim, csr: string) {
  const request = readKeyRequest(csr)
  if (request === null || !requestsName(request, '')) throw wrong(requestUnusable, '/csr', 'It is none of that form.')
  const certificate = authority.claimCertificate(id, request.key, expiresAt)
  return { text: id, hash: claimSerialHash(certificate.serial), certificate }
}

function checkApproval(approval: string): void {
  const mistake = approvalMistake(approval)
  if (mistake !== null) throw wrong(approvalUnusable, '/approval', `The expression ${mistake}.`)
}

/** Why household, device and order are not there or do not belong together; null = they do. `of`: the household's tenant. */
async function misplaced(
  { entities, order }: RegistrationDependencies,
  tx: Tx,
  claim: Claim,
  of: string | undefined,
): Promise<{ refusal: CallerError } | null> {
  const { tenant, household, device } = claim
  if (of !== tenant) return { refusal: wrong(unknownHousehold, '/household', `There is no household ${household}.`) }
  if (device !== null && (await entities.device(device, tx.sql))?.household !== household)
    return { refusal: wrong(unknownDevice, '/device', `The household ${household} has no device ${device}.`) }
  if (claim.order === null) return null
  const found = await order(claim.order)
  if (found !== null && !found.ended && found.tenant === tenant && found.household === household) return null
  return { refusal: wrong(unknownOrder, '/order', `The household ${household} has no open order ${claim.order}.`) }
}

function wrong(code: ErrorCode, pointer: string, detail: string): CallerError {
  return new CallerError(code, detail, { places: [{ pointer, detail }] })
}

function event(type: string, claim: Claim) {
  const { id, tenant, household, kind, serial, approval, order, uses, expiresAt, createdBy } = claim
  const data = { kind, serial, approval, order, uses, expiresAt: new Date(expiresAt).toISOString(), createdBy }
  return { type, subject: id, tenant, household, data }
}
