import { clipText, digestBytes } from '@sutler/wire'
import type { Manifest } from '@sutler/wire'
import type { Desk } from '../desk.ts'
import { AgentError, reasonOf } from '../errors.ts'
import type { Changes } from '../journal.ts'
import { layout } from '../layout.ts'
import type { AgentPlatform } from '../platform.ts'
import type { AgentSettings } from '../settings.ts'
import { jobChange, jobEnded } from '../state.ts'
import type { Installed, InstallJob, Job, RemoveJob } from '../state.ts'
import { currentDirectory, differing, digestsInPlace, makeCurrent, moveToTrash } from './activate.ts'
import { checkHealth } from './check.ts'
import type { Health } from './check.ts'
import { checkBegun, failed, nextAct, reverted, staged, switched } from './machine.ts'
import { progressTo } from './progress.ts'
import { prune } from './prune.ts'
import { readManifest } from './manifest-in-place.ts'
import { stage } from './stage.ts'
import type { Permits } from '../signed/permits.ts'
import type { ProgressStage, Work } from './work.ts'

export interface RunnerOptions {
  readonly platform: AgentPlatform
  readonly settings: AgentSettings
  readonly desk: Desk
  readonly boot: string
  /** The hub's time, ms since the epoch. */
  readonly now: () => number
  readonly permits: Permits
  /** Called when what is installed has changed. */
  readonly onInstalled: () => void
}

interface Result {
  readonly result: 'installed' | 'removed' | 'failed' | 'rolled-back'
  readonly digests: readonly (string | null)[]
  readonly health: Health
  readonly error?: string
}

const notChecked: Health = { ok: false, detail: 'not checked' }

/** The acts of jobs: each changes the device, then writes down the job's next phase, or its end with its outcome. */
export class InstallActs {
  private readonly options: RunnerOptions

  constructor(options: RunnerOptions) {
    this.options = options
  }

  /** Does what the job's phase asks for. @returns true when the device must start again before the job goes on */
  async act(job: InstallJob, stop: AbortSignal): Promise<boolean> {
    const { platform, desk, boot } = this.options
    switch (nextAct(job, boot)) {
      case 'stage':
        await stage(this.workOf(job, stop), [...desk.state.installed(), ...desk.state.kept()])
        await this.advance(job, staged(job, await currentDirectory(platform, job.service)))
        return false
      case 'switch':
        await makeCurrent(platform, job.service, job.directory)
        await this.advance(job, switched(job, (await this.manifestOf(job)).restart, boot))
        return false
      case 'restart':
        await this.report(job, 'restarting')
        platform.log.info('the device starts again', { service: job.service, version: job.version })
        return true
      case 'check':
        await this.check(job, stop)
        return false
      case 'revert':
        await makeCurrent(platform, job.service, job.previous)
        await this.advance(job, reverted(job, (await this.manifestIfAny(job))?.restart ?? 'none', boot))
        return false
      case 'settle-reverted':
        await this.settleReverted(job)
        return false
      case 'prove':
        await this.settle(job, {}, await this.proofOf(job, { ok: true, detail: 'checked when it was installed' }))
        return false
    }
  }

  private async check(job: InstallJob, stop: AbortSignal): Promise<void> {
    const begun = checkBegun(job)
    await this.advance(job, begun)
    if (begun.phase !== 'checking') return
    await this.report(job, 'checking')
    const manifest = await this.manifestOf(job)
    const health = await checkHealth(this.options.platform, manifest, stop)
    if (!health.ok) return this.advance(begun, failed(begun, 'health-check-failed', health.detail))
    const proof = await this.proofOf(job, health)
    if (proof.result !== 'installed') return this.advance(begun, failed(begun, 'digest-mismatch', proof.health.detail))
    const { service } = job
    await this.settle(job, { [`installed/${service}`]: installedBy(job), [`kept/${service}`]: null }, proof)
  }

  private async settleReverted(job: InstallJob): Promise<void> {
    const digests = await this.digestsFor(job)
    const health = { ok: false, detail: job.failure?.detail ?? '' }
    const error = job.failure?.code ?? 'health-check-failed'
    await this.settle(job, {}, { result: job.previous === null ? 'failed' : 'rolled-back', digests, health, error })
  }

  /** What is in place after all that was done, read again from the disk. */
  private async proofOf(job: InstallJob, health: Health): Promise<Result> {
    const manifest = await this.manifestOf(job)
    const digests = await digestsInPlace(this.options.platform, manifest)
    const wrong = differing(manifest, digests)
    if (wrong.length === 0) return { result: 'installed', digests, health }
    const detail = `${wrong.length} files in place differ, the first is ${wrong[0]}`
    return { result: 'failed', digests, health: { ok: false, detail }, error: 'digest-mismatch' }
  }

  /** Takes a service off the device, or only out of use. */
  async remove(job: RemoveJob): Promise<void> {
    const { service } = job
    const removed = { result: 'removed', digests: [], health: { ok: true, detail: '' } } as const
    const kept = job.keep ? this.kept(service) : null
    if (kept === null) {
      await moveToTrash(this.options.platform, service, job.directory)
      return this.settle(job, { [`installed/${service}`]: null, [`kept/${service}`]: null }, removed)
    }
    await makeCurrent(this.options.platform, service, null)
    const manifest = await readManifest(this.options, service, kept.directory, kept.manifest)
    const root = layout.version(service, kept.directory)
    const digests = manifest === null ? [] : await digestsInPlace(this.options.platform, manifest, root)
    await this.settle(job, { [`installed/${service}`]: null, [`kept/${service}`]: kept }, { ...removed, digests })
  }

  /** The component of a service that is in use, or is out of use with its files. */
  private kept(service: string): Installed | null {
    const { state } = this.options.desk
    return state.installedOf(service) ?? state.keptOf(service)
  }

  /** Ends a job that has not touched the version in use. Its files go first: the disk may be full. */
  async giveUp(job: InstallJob, code: string, reason: string): Promise<void> {
    const digests = await this.digestsFor(job)
    await this.removeStaged(job)
    await this.settle(job, {}, { result: 'failed', digests, health: { ...notChecked, detail: reason }, error: code })
  }

  /** What cannot be removed now goes with the next pruning: the hub must hear of the failure all the same. */
  private async removeStaged(job: InstallJob): Promise<void> {
    const { files, log } = this.options.platform
    try {
      await files.remove(layout.stagingOf(job.service))
      const kept = this.options.desk.state.keptOf(job.service)?.directory === job.directory
      if (job.phase === 'staging' && !kept) await files.remove(layout.version(job.service, job.directory))
    } catch (error) {
      log.warn('what was staged cannot be removed yet', { service: job.service, reason: reasonOf(error) })
    }
  }

  /** Writes down the job's next step, unless it was replaced meanwhile. */
  async advance(job: InstallJob, next: InstallJob): Promise<void> {
    await this.options.desk.inTurn(async () => {
      const stored = this.stored(job)
      if (stored?.kind === 'install') await this.options.desk.commit(jobChange({ ...next, link: stored.link }))
    })
  }

  /** Ends a job: what it changed, its outcome and its end are durable together. */
  private async settle(job: Job, changes: Changes, result: Result): Promise<void> {
    const { desk, platform, onInstalled } = this.options
    await desk.inTurn(async () => {
      if (this.stored(job) === null) return
      const digests = result.digests.map((digest) => (digest === null ? null : digestBytes(digest)))
      const health = { ok: result.health.ok, detail: clipText(result.health.detail) }
      const outcome = { t: 'outcome', delivery: job.delivery, ...result, digests, health } as const
      desk.queue(outcome)
      await desk.commit({ ...changes, ...jobEnded(desk.state, job.service) })
    })
    platform.log.info('done', {
      service: job.service,
      delivery: job.delivery,
      result: result.result,
      error: result.error ?? null,
      // For the developer, who may ask for the log: why it failed.
      detail: result.error === undefined ? null : result.health.detail,
    })
    onInstalled()
    await prune(platform, desk.state)
  }

  private stored(job: Job): Job | null {
    const stored = this.options.desk.state.job(job.service)
    return stored?.delivery === job.delivery && stored.directory === job.directory ? stored : null
  }

  private async manifestOf(job: InstallJob): Promise<Manifest> {
    const manifest = await readManifest(this.options, job.service, job.directory, job.manifest.digest)
    if (manifest === null) throw new AgentError('disk', `the manifest of ${job.service} ${job.version} is not in place`)
    return manifest
  }

  /** Null also when the one in place is not the one that was offered. */
  private async manifestIfAny(job: InstallJob): Promise<Manifest | null> {
    try {
      return await readManifest(this.options, job.service, job.directory, job.manifest.digest)
    } catch (error) {
      this.options.platform.log.warn('a manifest cannot be read', { service: job.service, reason: reasonOf(error) })
      return null
    }
  }

  /** What is in place where the job's manifest wants its files; empty when there is no manifest. */
  private async digestsFor(job: InstallJob): Promise<(string | null)[]> {
    const manifest = await this.manifestIfAny(job)
    return manifest === null ? [] : digestsInPlace(this.options.platform, manifest)
  }

  private report(job: InstallJob, stageName: ProgressStage): Promise<void> {
    return this.options.desk.inTurn(async () => {
      this.options.desk.queue({
        t: 'progress',
        delivery: job.delivery,
        stage: stageName,
        done: job.bytes,
        total: job.bytes,
      })
      this.options.desk.onSendable()
    })
  }

  /** Always the newest one. @throws AgentError `link-expired` */
  private linkOf(job: InstallJob): InstallJob['link'] {
    const stored = this.stored(job)
    const link = stored?.kind === 'install' ? stored.link : job.link
    if (link.expires * 1000 > this.options.now()) return link
    throw new AgentError('link-expired', `the link to ${job.manifest.digest} has expired`)
  }

  private workOf(job: InstallJob, stop: AbortSignal): Work {
    const { platform, settings, desk, permits } = this.options
    return {
      platform,
      settings,
      job,
      stop,
      urlOf: (digest) => {
        const { base, query } = this.linkOf(job)
        return `${base}/${digest}?${query}`
      },
      permitted: () => permits.install(job, this.linkOf(job).query, stop),
      progress: progressTo(desk, job, platform.clock.monotonic),
    }
  }
}

function installedBy(job: InstallJob): Installed {
  const { service, version, component, epoch, delivery, directory } = job
  return { service, version, component, epoch, delivery, directory, manifest: job.manifest.digest }
}
