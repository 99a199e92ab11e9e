import type { KeyObject } from 'node:crypto'
import type { DeviceClass } from '@sutler/device-model'
import { enrolStatement, readClaim } from '@sutler/wire'
import type { Tx } from '../../../platform/database.ts'
import { CallerError } from '../../../platform/errors.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { deviceKey, signed } from '../domain/device-key.ts'
import {
  planEnrolments,
  type EnrolledDevice,
  type EnrolmentAnswer,
  type EnrolmentRequest,
} from '../domain/enrolment.ts'
import { tokenHash } from '../domain/token.ts'
import type { DeviceDecisions } from './audit/device-decisions.ts'
import type { AttemptLimits } from './attempt-limits.ts'
import { claimRefused } from './codes.ts'
import type { RegistrationDependencies } from './dependencies.ts'
import type { DeviceKeys } from './device-keys.ts'
import { grouped } from '../../../platform/grouped.ts'

export interface Enrolment {
  readonly claim: string
  readonly serial: string
  readonly class: DeviceClass
  readonly publicKey: string
  readonly signature: string
}

export interface Enrolled {
  /** True when this device had enrolled with this claim before. */
  readonly repeated: boolean
  readonly device: string
  readonly household: string
}

/** Enrolment of devices: groups of requests, each group in one transaction together with the devices' rows. */
export function enrolment(
  deps: RegistrationDependencies,
  keys: DeviceKeys,
  limits: AttemptLimits,
  decisions: DeviceDecisions,
) {
  const { database } = deps
  const enrolTogether = grouped<EnrolmentRequest, EnrolmentAnswer>({ most: 200, waiting: 10_000 }, (requests) =>
    database.transaction((tx) => enrolGroup(deps, tx, requests, decisions)),
  )

  /**
   * Enrols a device, or gives the same answer again. @param address of whoever asks, for the limit on guessing
   * @throws CallerError `claim-refused` (403), `too-many-attempts` (429); OutsideError `overloaded` (503)
   */
  return async (request: Enrolment, address: string): Promise<Enrolled> => {
    limits.admitEnrolment(address)
    const key = provenKey(request)
    const answer = key === null ? ({ kind: 'refused' } as const) : await enrolTogether(hashed(request))
    if (key === null || answer.kind === 'refused') {
      limits.enrolmentRefused(address)
      decisions.enrolmentRefused(request.serial)
      deps.log.info({ serial: request.serial, class: request.class }, 'enrolment refused')
      throw new CallerError(claimRefused, `The enrolment of ${request.class} ${request.serial} was refused.`)
    }
    if (answer.kind === 'repeated') decisions.enrolledAgain(answer.device)
    keys.remember(answer.device, key)
    return { repeated: answer.kind === 'repeated', device: answer.device, household: answer.household }
  }
}

/** The public key when the caller holds the private one, and signed this claim and this serial with it; else null. */
function provenKey({ claim, serial, publicKey, signature }: Enrolment): KeyObject | null {
  const key = deviceKey(publicKey)
  return key !== null && signed(key, enrolStatement(claim, serial, publicKey), signature) ? key : null
}

function hashed({ claim, serial, publicKey, class: deviceClass }: Enrolment): EnrolmentRequest {
  return { claimHash: tokenHash(readClaim(claim).token), serial, publicKey, class: deviceClass }
}

async function enrolGroup(
  deps: RegistrationDependencies,
  tx: Tx,
  requests: readonly EnrolmentRequest[],
  decisions: DeviceDecisions,
): Promise<EnrolmentAnswer[]> {
  const { clock, doorbells, entities, storage } = deps
  const now = clock.now()
  const claims = await storage.claims.lockByHash(tx.sql, [...new Set(requests.map((request) => request.claimHash))])
  const keys = requests.map((request) => request.publicKey)
  const known = claims.length === 0 ? [] : await storage.devices.byKeys(tx.sql, keys)
  const plan = planEnrolments(requests, claims, known, now, () => newId('dev', now))
  if (plan.enrol.length === 0) return [...plan.answers]

  const added = new Set(await storage.devices.insert(tx.sql, plan.enrol, new Date(now)))
  const enrolled = plan.enrol.filter(({ device }) => added.has(device))
  await storage.claims.use(tx.sql, usesOf(enrolled))
  await entities.addDevices(
    tx,
    enrolled.map((each) => ({ ...each, id: each.device, name: `${each.class} ${each.serial}` })),
  )
  const decided = enrolled.map(decisions.enrolled)
  tx.audit.decisions.push(...decided)
  await appendEvents(
    tx,
    doorbells,
    enrolled.map((each, index) => ({ ...event(each), decision: decided[index]!.id })),
  )
  // A key that another hub brought in with another claim at this very moment is theirs.
  return plan.answers.map((answer) =>
    answer.kind === 'refused' || added.has(answer.device) || known.some(({ device }) => device === answer.device)
      ? answer
      : { kind: 'refused' },
  )
}

function usesOf(enrolled: readonly EnrolledDevice[]): Map<string, number> {
  const uses = new Map<string, number>()
  for (const { claim } of enrolled) uses.set(claim, (uses.get(claim) ?? 0) + 1)
  return uses
}

function event({ device, household, claim, serial, class: deviceClass }: EnrolledDevice) {
  return { type: 'device.enrolled', subject: device, household, data: { class: deviceClass, serial, claim } }
}
