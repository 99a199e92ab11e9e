import type { DeviceClass } from '@sutler/device-model'
import { enrolStatement, readClaim } from '@sutler/wire'
import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { signed } from '../domain/device-key.ts'
import {
  planEnrolments,
  type EnrolledDevice,
  type EnrolmentAnswer,
  type EnrolmentRequest,
  type KeyedDevice,
} from '../domain/enrolment.ts'
import { tokenHash } from '../domain/token.ts'
import type { DeviceDecisions } from './audit/device-decisions.ts'
import { readKeyRequest, requestsName } from '../domain/x509/csr.ts'
import type { Issued } from './authority.ts'
import type { AttemptLimits } from './attempt-limits.ts'
import { claimRefused } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import { grouped } from '../../../platform/grouped.ts'
import type { IssueCertificates } from './issue.ts'

export interface Enrolment {
  readonly claim: string
  readonly serial: string
  readonly class: DeviceClass
  /** PEM */
  readonly csr: string
  readonly signature: string
}

export interface Enrolled {
  /** True when this device had enrolled with this claim before. */
  readonly repeated: boolean
  readonly device: string
  readonly household: string
  readonly certificate: Issued
}

type Outcome = EnrolmentAnswer & { readonly certificate: Issued | null }

/** Enrolment of devices: groups of requests, each group in one transaction together with the devices' rows. */
export function enrolment(
  deps: RegistrationDependencies,
  decisions: DeviceDecisions,
  limits: AttemptLimits,
  issue: IssueCertificates,
) {
  const { database } = deps
  const enrolTogether = grouped<EnrolmentRequest, Outcome>({ most: 200, waiting: 10_000 }, (requests) =>
    database.transaction((tx) => enrolGroup(deps, decisions, issue, tx, requests)),
  )

  /**
   * Enrols a device, or gives the same answer again. @param address of whoever asks, for the limit on guessing
   * @throws CallerError `claim-refused` (403), `too-many-attempts` (429); OutsideError `overloaded` (503)
   */
  return async (request: Enrolment, address: string): Promise<Enrolled> => {
    limits.admitEnrolment(address)
    const proven = provenRequest(request)
    const answer = proven === null ? null : await enrolTogether(proven)
    if (answer === null || answer.kind === 'refused') {
      limits.enrolmentRefused(address)
      decisions.enrolmentRefused(request.serial)
      deps.log.info({ serial: request.serial, class: request.class }, 'enrolment refused')
      throw new CallerError(claimRefused, `The enrolment of ${request.class} ${request.serial} was refused.`)
    }
    const { kind, device, household, certificate } = answer
    if (kind === 'repeated') decisions.enrolledAgain(device)
    return { repeated: kind === 'repeated', device, household, certificate: certificate! }
  }
}

/**
 * The request when the sender holds the key: it has signed the certification request, which names nobody else, and this
 * claim and this serial. Else null.
 */
function provenRequest({ claim, serial, class: deviceClass, csr, signature }: Enrolment): EnrolmentRequest | null {
  const request = readKeyRequest(csr)
  if (request === null || !requestsName(request, serial)) return null
  const publicKey = Buffer.from(request.key).toString('base64url')
  if (!signed(request.keyObject, enrolStatement(claim, serial, publicKey), signature)) return null
  return { claimHash: tokenHash(readClaim(claim).token), serial, publicKey, class: deviceClass }
}

async function enrolGroup(
  deps: RegistrationDependencies,
  decisions: DeviceDecisions,
  issue: IssueCertificates,
  tx: Tx,
  requests: readonly EnrolmentRequest[],
): Promise<Outcome[]> {
  const { clock, storage } = deps
  const now = clock.now()
  const claims = await storage.claims.lockByHash(tx.sql, [...new Set(requests.map((request) => request.claimHash))])
  const keys = requests.map((request) => request.publicKey)
  const known = claims.length === 0 ? [] : await storage.devices.byKeys(tx.sql, keys)
  const { answers, enrol, rekey } = planEnrolments(requests, claims, known, now, () => newId('dev', now))
  // A key that another hub brought in with another claim at this very moment is theirs.
  const done = new Set([
    ...known.map(({ device }) => device),
    ...(await addDevices(deps, decisions, tx, enrol, now)),
    ...(await giveBack(deps, decisions, tx, rekey)),
  ])
  const good = answers.map((answer) => answer.kind !== 'refused' && done.has(answer.device))
  const wanted = answers.flatMap((answer, i) =>
    good[i] && answer.kind !== 'refused' ? [{ device: answer.device, publicKey: requests[i]!.publicKey }] : [],
  )
  const certificates = (await issue(tx.sql, wanted)).values()
  return answers.map((answer, i) =>
    good[i] ? { ...answer, certificate: certificates.next().value! } : { kind: 'refused', certificate: null },
  )
}

/** @returns the ids of those that were added */
async function addDevices(
  { doorbells, entities, storage }: RegistrationDependencies,
  decisions: DeviceDecisions,
  tx: Tx,
  enrol: readonly EnrolledDevice[],
  now: number,
): Promise<string[]> {
  if (enrol.length === 0) return []
  const added = new Set(await storage.devices.insert(tx.sql, enrol, new Date(now)))
  const enrolled = enrol.filter(({ device }) => added.has(device))
  await storage.claims.use(tx.sql, usesOf(enrolled))
  await entities.addDevices(
    tx,
    enrolled.map((each) => ({ ...each, id: each.device, name: `${each.class} ${each.serial}` })),
  )
  const decided = enrolled.map(decisions.enrolled)
  tx.audit.decisions.push(...decided)
  const events = enrolled.map((each, index) => ({ ...event(each), decision: decided[index]!.id }))
  await appendEvents(tx, doorbells, events)
  return [...added]
}

/** @returns the ids of those that have an identity again */
async function giveBack(
  { doorbells, storage }: RegistrationDependencies,
  decisions: DeviceDecisions,
  tx: Tx,
  rekey: readonly KeyedDevice[],
): Promise<string[]> {
  if (rekey.length === 0) return []
  const changed = new Set(await storage.devices.rekey(tx.sql, rekey))
  const back = rekey.filter(({ device }) => changed.has(device))
  await storage.claims.use(tx.sql, usesOf(back))
  const decided = back.map(decisions.reEnrolled)
  tx.audit.decisions.push(...decided)
  const events = back.map(({ device, tenant, household, claim }, index) => ({
    type: 'device.re-enrolled',
    subject: device,
    tenant,
    household,
    data: { claim },
    decision: decided[index]!.id,
  }))
  await appendEvents(tx, doorbells, events)
  return [...changed]
}

function usesOf(enrolled: readonly KeyedDevice[]): Map<string, number> {
  const uses = new Map<string, number>()
  for (const { claim } of enrolled) uses.set(claim, (uses.get(claim) ?? 0) + 1)
  return uses
}

function event({ device, tenant, household, claim, serial, class: deviceClass }: EnrolledDevice) {
  return { type: 'device.enrolled', subject: device, tenant, household, data: { class: deviceClass, serial, claim } }
}
