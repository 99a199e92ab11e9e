import type { DeviceClass } from '@sutler/device-model'
import { enrolStatement, readClaim } from '@sutler/wire'
import { enrolmentUse } from '@sutler/wire/der'
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
  type EnrolmentState,
  type KeyedDevice,
} from '../domain/enrolment.ts'
import { claimSerialHash, tokenHash, tokenKind } from '../domain/token.ts'
import type { NativeTicket } from '../domain/ticket.ts'
import type { DeviceDecisions } from './audit/device-decisions.ts'
import { readKeyRequest, requestsName } from '../domain/x509/csr.ts'
import type { WallTime } from '../../../platform/clock.ts'
import type { PeerCertificate } from '../../../platform/tls/peer-certificate.ts'
import { ticketEvent } from './tickets.ts'
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
  readonly kind: 'enrolled'
  /** True when this device had enrolled with this claim before. */
  readonly repeated: boolean
  readonly device: string
  readonly household: string
  readonly certificate: Issued
}

/** A person decides; the device is to ask again. */
export interface Waiting {
  readonly kind: 'waiting'
  readonly ticket: string
  readonly expiresAt: WallTime
}

type Outcome =
  | Exclude<EnrolmentAnswer, { kind: 'enrolled' | 'repeated' }>
  | (Extract<EnrolmentAnswer, { device: string }> & { readonly certificate: Issued })

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
   * @param shown the claim certificate, where one was shown
   * @throws CallerError `claim-refused` (403), `too-many-attempts` (429); OutsideError `overloaded` (503)
   */
  return async (request: Enrolment, address: string, shown: PeerCertificate | null): Promise<Enrolled | Waiting> => {
    limits.admitEnrolment(address)
    const proven = provenRequest(request, shown)
    const answer = proven === null ? null : await enrolTogether(proven)
    if (answer === null || answer.kind === 'refused') {
      limits.enrolmentRefused(address)
      decisions.enrolmentRefused(request.serial)
      deps.log.info({ serial: request.serial, class: request.class }, 'enrolment refused')
      throw new CallerError(claimRefused, `The enrolment of ${request.class} ${request.serial} was refused.`)
    }
    if (answer.kind === 'waiting') {
      decisions.enrolmentWaits(request.serial, answer.ticket)
      return answer
    }
    const { kind, device, household, certificate } = answer
    if (kind === 'repeated') decisions.enrolledAgain(device)
    return { kind: 'enrolled', repeated: kind === 'repeated', device, household, certificate }
  }
}

/**
 * The request when the sender holds the key: it has signed the certification request, which names nobody else, and this
 * claim and this serial. Else null.
 */
function provenRequest(
  { claim, serial, class: deviceClass, csr, signature }: Enrolment,
  shown: PeerCertificate | null,
): EnrolmentRequest | null {
  const request = readKeyRequest(csr)
  if (request === null || !requestsName(request, serial)) return null
  const publicKey = Buffer.from(request.key).toString('base64url')
  if (!signed(request.keyObject, enrolStatement(claim, serial, publicKey), signature)) return null
  const { token } = readClaim(claim)
  const claimHash = tokenKind(token) === 'claim' ? tokenHash(token) : claimCertificateHash(token, shown)
  return claimHash === null ? null : { claimHash, serial, publicKey, class: deviceClass }
}

/** What is kept of a claim certificate, when it is the one that TLS has verified and that is named. */
function claimCertificateHash(claim: string, shown: PeerCertificate | null): string | null {
  const good = shown !== null && shown.name === claim && shown.uses.includes(enrolmentUse)
  return good ? claimSerialHash(shown.serial) : null
}

async function enrolGroup(
  deps: RegistrationDependencies,
  decisions: DeviceDecisions,
  issue: IssueCertificates,
  tx: Tx,
  requests: readonly EnrolmentRequest[],
): Promise<Outcome[]> {
  const now = deps.clock.now()
  const state = await stateOf(deps, tx, requests, now)
  const { answers, enrol, rekey, wait, ended } = planEnrolments(requests, state, now, (prefix) => newId(prefix, now))
  // A key that another hub brought in with another claim at this very moment is theirs.
  const done = new Set([
    ...state.devices.map(({ device }) => device),
    ...(await addDevices(deps, decisions, tx, enrol, now)),
    ...(await giveBack(deps, decisions, tx, rekey)),
  ])
  await keepTickets(deps, tx, wait, ended)
  const wanted = answers.map((answer, i) =>
    'device' in answer && done.has(answer.device) ? { device: answer.device, publicKey: requests[i]!.publicKey } : null,
  )
  const certificates = (
    await issue(
      tx.sql,
      wanted.filter((each) => each !== null),
    )
  ).values()
  return answers.map((answer, i) => {
    if (answer.kind === 'waiting') return answer
    return wanted[i] && 'device' in answer
      ? { ...answer, certificate: certificates.next().value! }
      : { kind: 'refused' }
  })
}

/** What the requests are about, the claims under lock. */
async function stateOf(
  { order, storage }: RegistrationDependencies,
  tx: Tx,
  requests: readonly EnrolmentRequest[],
  now: number,
): Promise<EnrolmentState> {
  const locked = await storage.claims.lockByHash(tx.sql, [...new Set(requests.map((request) => request.claimHash))])
  if (locked.length === 0) return { claims: [], devices: [], tickets: [] }
  const orders = new Map<string, boolean>()
  for (const { order: id } of locked)
    if (id !== null && !orders.has(id)) orders.set(id, (await order(id))?.ended ?? true)
  const asking = locked.filter(({ approval }) => approval !== 'none').map(({ id }) => id)
  return {
    claims: locked.map((claim) => ({ ...claim, revoked: claim.revoked || orders.get(claim.order ?? '') === true })),
    devices: await storage.devices.byKeys(
      tx.sql,
      requests.map((request) => request.publicKey),
    ),
    tickets: asking.length === 0 ? [] : await storage.tickets.ofClaims(tx.sql, asking, new Date(now)),
  }
}

async function keepTickets(
  { doorbells, storage }: RegistrationDependencies,
  tx: Tx,
  wait: readonly NativeTicket[],
  ended: readonly string[],
): Promise<void> {
  if (ended.length > 0) await storage.tickets.enrolled(tx.sql, ended)
  if (wait.length === 0) return
  await storage.tickets.insert(tx.sql, wait)
  await appendEvents(
    tx,
    doorbells,
    wait.map((ticket) => ticketEvent('enrolment.waiting', ticket)),
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
  { clock, doorbells, entities, storage }: RegistrationDependencies,
  decisions: DeviceDecisions,
  tx: Tx,
  rekey: readonly KeyedDevice[],
): Promise<string[]> {
  if (rekey.length === 0) return []
  const now = new Date(clock.now())
  const changed = new Set(await storage.devices.rekey(tx.sql, rekey, now))
  const back = rekey.filter(({ device }) => changed.has(device))
  // Whoever has the key that was lost has nothing more by it.
  await storage.certificates.revokeOf(tx.sql, [...changed], now)
  for (const { id, protocol } of await entities.devices([...changed], tx.sql))
    if (protocol !== 'native') await entities.setProtocol(tx, id, 'native')
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
