import { acknowledgeDown, limits, queueUp } from '@sutler/wire'
import type { Offer, Received, Remove } from '@sutler/wire'
import { codeOf, FleetError, reasonOf } from '../errors.ts'
import type { FleetContext } from './context.ts'
import { fetchComponent } from './installation.ts'
import type { InstallSite } from './installation.ts'
import { bytesInPlace, jobOf } from './jobs.ts'
import type { InstallJob, Installed, Job } from './jobs.ts'
import type { ManifestEntry } from './manifest-shelf.ts'
import type { NativeDevice } from './native-device.ts'
import { isUnhealthy } from '../plan/unhealthy.ts'

/** A report that the hub has not acknowledged yet. */
interface Awaited {
  readonly delivery: string
  readonly service: string
  readonly result: string
  readonly offeredAt: number
}

/** Nothing in place, nothing in hand: shared by all devices that have yet to be given something. */
const none: readonly never[] = []

/** What a device is asked to do: takes it in, does one thing after the other, reports. */
export class DeviceWork implements InstallSite {
  installed: readonly Installed[] = none
  /** Out of use, but with their files. */
  kept: readonly Installed[] = none
  jobs: readonly Job[] = none
  #awaited: readonly Awaited[] = none
  readonly #device: NativeDevice
  /** Grows when the device loses power or connection: what was begun before is void. */
  #attempt = 0
  #working = false
  #failuresLeft: number
  #killsLeft: number

  constructor(device: NativeDevice) {
    this.#device = device
    this.#failuresLeft = device.faults.failures
    this.#killsLeft = device.faults.kills
  }

  get context(): FleetContext {
    return this.#device.context
  }

  get slowRate(): number {
    return this.#device.faults.slowRate
  }

  /** Takes what the protocol session made of a message. */
  receive(received: Received): void {
    switch (received.kind) {
      case 'new':
        return this.#takeNew(received.message)
      case 'again':
        return this.#takeAgain(received.message)
      case 'declined':
        this.context.statistics.declinesSent++
        return this.#await(received.message, 'declined', this.context.wheel.now())
      case 'acknowledged':
        if (received.error !== undefined) this.context.statistics.problem('refused', received.error)
        for (const { id, t, delivery } of received.messages) {
          this.#acknowledged(t, delivery)
          this.#device.requests.acknowledged(id)
        }
    }
  }

  /** The device is online: goes on with what is in hand. */
  resume(): void {
    if (this.jobs.length > 0) void this.#run()
  }

  /** The device has lost power or connection. */
  interrupt(): void {
    this.#attempt++
  }

  progress(job: InstallJob, stage: string, done: number, total: number): void {
    const { session } = this.#device
    if (this.context.wheel.now() - session.progressAt < limits.progressMilliseconds) return
    queueUp(session, { t: 'progress', delivery: job.delivery, stage, done, total })
    this.#device.flush()
  }

  beforeFile(): void {
    if (this.#killsLeft === 0) return
    this.#killsLeft--
    this.#device.losePower(200 + this.#device.dice() * 1000)
  }

  #takeNew(message: Extract<Received, { kind: 'new' }>['message']): void {
    const { session } = this.#device
    switch (message.t) {
      case 'query':
        this.#device.queueCapabilities()
        break
      case 'cancel':
        this.#stop((job) => job.delivery === message.delivery, 'cancelled')
        break
      case 'offer':
      case 'remove':
        this.#stop((job) => job.service === message.service && job.epoch < message.epoch, 'superseded')
        this.#take(message)
        break
      default:
        return this.#device.requests.take(message)
    }
    acknowledgeDown(session, message.id)
  }

  /** A fresh link for work in hand; or the hub lost our report, and the work is proved again. */
  #takeAgain(message: Offer | Remove): void {
    const job = this.jobs.find((job) => job.delivery === message.delivery)
    if (job?.kind === 'install' && message.t === 'offer') {
      job.link = { base: message.link.base, query: message.link.query }
      void this.#run()
    } else if (!job && !this.#awaited.some((awaited) => awaited.delivery === message.delivery)) this.#take(message)
    acknowledgeDown(this.#device.session, message.id)
  }

  #take(message: Offer | Remove): void {
    const { wheel, statistics } = this.context
    const job = jobOf(message, wheel.now())
    if (job.kind === 'install') {
      statistics.offers++
      if (job.bytes > this.#device.profile.storage.free - bytesInPlace([...this.installed, ...this.kept])) {
        const detail = `${job.bytes} bytes are more than is free`
        queueUp(this.#device.session, { t: 'decline', delivery: job.delivery, reason: 'no-space', detail })
        statistics.declinesSent++
        return this.#await(message, 'declined', job.offeredAt)
      }
    }
    queueUp(this.#device.session, { t: 'accept', delivery: job.delivery })
    this.jobs = [...this.jobs, job]
    void this.#run()
  }

  #stop(which: (job: Job) => boolean, reason: 'cancelled' | 'superseded'): void {
    for (const job of this.jobs) if (which(job)) job.stopped = reason
    void this.#run()
  }

  /** Does what is in hand, one job at a time, while the device is online. */
  async #run(): Promise<void> {
    if (this.#working) return
    this.#working = true
    try {
      // Not in the middle of the packets of one read: their acknowledgements go first.
      await Promise.resolve()
      for (let job = this.#next(); job && this.#device.online; job = this.#next()) await this.#do(job)
    } catch (error) {
      if (codeOf(error) !== 'stopped') this.context.statistics.problem('internal', reasonOf(error))
    } finally {
      this.#working = false
    }
  }

  #next(): Job | undefined {
    return this.jobs.find((job) => job.stopped || job.kind === 'remove' || job.link || job.restarting)
  }

  async #do(job: Job): Promise<void> {
    if (job.stopped) return this.#giveUp(job, job.stopped)
    if (job.kind === 'remove') {
      const kept = this.#takeOut(job.service, job.keep)
      return this.#report(job, 'removed', kept?.manifest.digests ?? none, '')
    }
    if (job.restarting) return this.#conclude(job, job.restarting)
    const attempt = this.#attempt
    const wanted = (): boolean => attempt === this.#attempt && job.stopped === null
    try {
      const manifest = await fetchComponent(this, job, wanted)
      if (!manifest) return
      if (manifest.document.restart === 'none') return this.#conclude(job, manifest)
      job.restarting = manifest
      this.#device.restart()
    } catch (error) {
      if (!(error instanceof FleetError) || error.code === 'stopped') throw error
      if (wanted()) this.#fetchFailed(job, error)
    }
  }

  /** Takes a service out of use. @returns what was kept of it */
  #takeOut(service: string, keep: boolean): Installed | undefined {
    const known = [...this.installed, ...this.kept].find((component) => component.service === service)
    this.installed = this.installed.filter((component) => component.service !== service)
    this.#forgetKept(service)
    if (known === undefined || !keep) return undefined
    this.kept = [...this.kept, known]
    return known
  }

  #forgetKept(service: string): void {
    if (this.kept.length > 0) this.kept = this.kept.filter((component) => component.service !== service)
  }

  #fetchFailed(job: InstallJob, error: FleetError): void {
    if (error.code !== 'link-expired') {
      this.context.statistics.problem('install', error.message)
      return this.#report(job, 'failed', none, error.code)
    }
    job.link = null
    this.context.statistics.renewals++
    queueUp(this.#device.session, { t: 'renew', delivery: job.delivery })
    this.#device.flush()
  }

  /** Every file is in place: the health check decides. */
  #conclude(job: InstallJob, manifest: ManifestEntry): void {
    const others = this.installed.filter((component) => component.service !== job.service)
    if (!this.#passesHealthCheck(job)) {
      const before = others.length < this.installed.length
      const nothing = manifest.digests.map(() => null)
      return this.#report(job, before ? 'rolled-back' : 'failed', nothing, 'health-check-failed')
    }
    const { service, version, component, epoch } = job
    this.installed = [...others, { service, version, component, epoch, manifest }]
    this.#forgetKept(service)
    this.#report(job, 'installed', manifest.digests, '')
  }

  #passesHealthCheck(job: InstallJob): boolean {
    const { seed, unhealthy } = this.context.options
    if (isUnhealthy(unhealthy, seed, this.#device.index, job)) return false
    if (this.#failuresLeft === 0) return true
    this.#failuresLeft--
    return false
  }

  #giveUp(job: Job, reason: 'cancelled' | 'superseded'): void {
    if (reason === 'cancelled') return this.#report(job, 'failed', none, reason)
    this.jobs = this.jobs.filter((other) => other !== job)
    queueUp(this.#device.session, { t: 'decline', delivery: job.delivery, reason })
    this.context.statistics.declinesSent++
    this.#await(job, 'declined', job.offeredAt)
    this.#device.flush()
  }

  #report(job: Job, result: string, digests: readonly (Uint8Array | null)[], error: string): void {
    this.jobs = this.jobs.filter((other) => other !== job)
    const health = error === '' ? { ok: true } : { ok: false, detail: `simulated: ${error}` }
    const outcome = { t: 'outcome' as const, delivery: job.delivery, result, digests, health }
    queueUp(this.#device.session, error === '' ? outcome : { ...outcome, error })
    this.#await(job, result, job.offeredAt)
    this.#device.flush()
  }

  #await({ delivery, service }: { delivery: string; service: string }, result: string, offeredAt: number): void {
    this.#awaited = [...this.#awaited, { delivery, service, result, offeredAt }]
  }

  #acknowledged(t: string, delivery: string): void {
    if (t === 'capabilities') this.context.ready(this.#device)
    if (t !== 'outcome' && t !== 'decline') return
    const awaited = this.#awaited.find((awaited) => awaited.delivery === delivery)
    if (!awaited) return
    this.#awaited = this.#awaited.length === 1 ? none : this.#awaited.filter((other) => other !== awaited)
    const { device, household } = this.#device.identity.enrolment!
    const milliseconds = this.context.wheel.now() - awaited.offeredAt
    const { service, result } = awaited
    const index = this.#device.index
    this.context.reported({ index, device, household, delivery, service, result, milliseconds })
  }
}
