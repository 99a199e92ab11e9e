import { acknowledgeDown, digestHex, limits } from '@sutler/wire'
import type { Cancel, Offer, Remove } from '@sutler/wire'
import type { Desk } from '../desk.ts'
import type { Changes } from '../journal.ts'
import type { AgentPlatform } from '../platform.ts'
import type { AgentSettings } from '../settings.ts'
import type { InstallJob, Job, RemoveJob } from '../state.ts'
import { jobEnded } from '../state.ts'
import { untouched } from './machine.ts'

/** What the intake needs of the one who does the work. */
export interface WorkFloor {
  /** There is new work, or news for work that waits. */
  wake(service: string): void
  /** Ends the act that is being done for a service: its job was cancelled or replaced. */
  interrupt(service: string, code: 'cancelled'): void
}

interface Intake {
  readonly desk: Desk
  readonly platform: AgentPlatform
  readonly settings: AgentSettings
  readonly floor: WorkFloor
}

/** Takes an offer that is the newest intention for its service: declines it, or makes it a job. Within a turn. */
export async function takeOffer(intake: Intake, offer: Offer): Promise<void> {
  const { desk } = intake
  if (await renewLink(intake, offer)) return
  const refusal = await refusalOf(intake, offer)
  if (refusal !== null) {
    desk.queue({ t: 'decline', delivery: offer.delivery, ...refusal })
    acknowledgeDown(desk.session, offer.id)
    return desk.commit()
  }
  desk.queue({ t: 'accept', delivery: offer.delivery })
  await takeJob(intake, installJobOf(intake, offer), offer.id)
}

/** Takes a remove that is the newest intention for its service. Within a turn. */
export async function takeRemove(intake: Intake, remove: Remove): Promise<void> {
  const { delivery, epoch, service } = remove
  const { desk } = intake
  const inHand = desk.state.job(service)?.delivery === delivery || desk.state.waiting(service)?.delivery === delivery
  if (inHand || !serviceName.test(service)) {
    if (!inHand) desk.queue({ t: 'decline', delivery, reason: 'refused', detail: `${service} is no name of a service` })
    acknowledgeDown(desk.session, remove.id)
    return desk.commit()
  }
  const job: RemoveJob = {
    kind: 'remove',
    delivery,
    epoch,
    service,
    directory: `${desk.state.counter() + 1}-${service}`,
    ...(remove.keep && { keep: true }),
  }
  await takeJob(intake, job, remove.id)
}

/** Gives up a delivery that has not touched the version in use; later ones are too late to be cancelled. Within a turn. */
export async function takeCancel(intake: Intake, cancel: Cancel): Promise<void> {
  const { desk, floor } = intake
  const outcome = {
    t: 'outcome',
    delivery: cancel.delivery,
    result: 'failed',
    digests: [],
    error: 'cancelled',
  } as const
  const health = { ok: false, detail: 'cancelled before it was in use' }
  acknowledgeDown(desk.session, cancel.id)
  for (const { service } of desk.state.jobs()) {
    if (desk.state.waiting(service)?.delivery === cancel.delivery) {
      desk.queue({ ...outcome, health })
      return desk.commit({ [`waiting/${service}`]: null })
    }
    const job = desk.state.job(service)
    if (job?.delivery !== cancel.delivery || job.kind !== 'install' || !untouched(job)) continue
    desk.queue({ ...outcome, health })
    await desk.commit(jobEnded(desk.state, service))
    return floor.interrupt(service, 'cancelled')
  }
  await desk.commit()
}

/** The offer of a job in hand once more: takes its fresh link. */
async function renewLink(intake: Intake, offer: Offer): Promise<boolean> {
  const { desk, floor } = intake
  const changes: Record<string, Job> = {}
  for (const key of ['job', 'waiting'] as const) {
    const job = desk.state[key](offer.service)
    if (job?.kind === 'install' && job.delivery === offer.delivery)
      changes[`${key}/${offer.service}`] = { ...job, link: offer.link }
  }
  if (Object.keys(changes).length === 0) return false
  acknowledgeDown(desk.session, offer.id)
  await desk.commit(changes)
  floor.wake(offer.service)
  return true
}

/** Service names become names of directories. */
const serviceName = /^[a-z][a-z0-9-]{1,62}$/

async function refusalOf(intake: Intake, offer: Offer): Promise<{ reason: string; detail: string } | null> {
  if (!serviceName.test(offer.service)) return { reason: 'refused', detail: `${offer.service} is no name of a service` }
  if (offer.manifest.size > limits.manifestBytes) {
    return { reason: 'invalid-manifest', detail: `a manifest of ${offer.manifest.size} bytes` }
  }
  const { free } = await intake.platform.files.space()
  const needed = offer.bytes + offer.manifest.size + intake.settings.reserve
  if (isInPlace(intake, offer) || free >= needed) return null
  return { reason: 'no-space', detail: `${offer.service} ${offer.version} needs ${needed} bytes, ${free} are free` }
}

function isInPlace(intake: Intake, offer: Offer): boolean {
  const installed = intake.desk.state.installedOf(offer.service)
  return installed?.delivery === offer.delivery && installed.manifest === digestHex(offer.manifest.digest)
}

function installJobOf(intake: Intake, offer: Offer): InstallJob {
  const { delivery, epoch, service, version, component, bytes, link } = offer
  const digest = digestHex(offer.manifest.digest)
  const base = { kind: 'install', delivery, epoch, service, version, component, bytes, link } as const
  const rest = { manifest: { digest, size: offer.manifest.size }, boot: '', checks: 0, failure: null, previous: null }
  if (isInPlace(intake, offer)) {
    return { ...base, ...rest, phase: 'proving', directory: intake.desk.state.installedOf(service)!.directory }
  }
  // What was kept is filled up where it is: whole, it needs no download.
  const kept = intake.desk.state.keptOf(service)
  const fresh = `${intake.desk.state.counter() + 1}-${digest.slice(0, 12)}`
  return { ...base, ...rest, phase: 'staging', directory: kept?.manifest === digest ? kept.directory : fresh }
}

/** Puts a job in hand, in place of an older one that can still be given up, else behind it. */
async function takeJob(intake: Intake, job: Job, message: string): Promise<void> {
  const { desk, floor } = intake
  const { service } = job
  const inHand = desk.state.job(service)
  const replaced = inHand?.kind === 'install' && untouched(inHand)
  const given = inHand === null || replaced ? 'job' : 'waiting'
  const older = given === 'job' ? inHand : desk.state.waiting(service)
  if (older !== null && older.delivery !== job.delivery) {
    desk.queue({ t: 'decline', delivery: older.delivery, reason: 'superseded', detail: `epoch ${job.epoch} is known` })
  }
  const changes: Changes = { [`${given}/${service}`]: job, counter: desk.state.counter() + 1 }
  acknowledgeDown(desk.session, message)
  await desk.commit(changes)
  if (replaced) floor.interrupt(service, 'cancelled')
  floor.wake(service)
}
