import { backoffDelay } from '../backoff.ts'
import { AgentError, reasonOf } from '../errors.ts'
import type { Job } from '../state.ts'
import { InstallActs } from './acts.ts'
import type { RunnerOptions } from './acts.ts'
import type { WorkFloor } from './intake.ts'
import { failed, untouched } from './machine.ts'
import { prune } from './prune.ts'
import { afterFailure } from './retry.ts'
import { Schedule } from './schedule.ts'

/** Does the jobs, one act of one job at a time, and reports how each ended. */
export class InstallRunner implements WorkFloor {
  private readonly options: RunnerOptions
  private readonly schedule: Schedule
  private readonly acts: InstallActs
  /** Of the act being done. */
  private acting: { service: string; abort: AbortController } | null = null
  private restarting = false

  constructor(options: RunnerOptions) {
    this.options = options
    this.acts = new InstallActs(options)
    this.schedule = new Schedule(options.platform.clock)
  }

  wake(service: string): void {
    this.schedule.forget(service)
    this.schedule.wake()
  }

  interrupt(service: string, code: 'cancelled'): void {
    this.schedule.forget(service)
    if (this.acting?.service === service)
      this.acting.abort.abort(new AgentError(code, `the work on ${service} was given up`))
    this.schedule.wake()
  }

  /** The hub can be reached again. */
  reachable(): void {
    this.schedule.reachable()
    this.schedule.wake()
  }

  /** The device is to start again: what is being done is left where it is, and goes on from there. */
  restart(): void {
    this.restarting = true
    this.acting?.abort.abort(new AgentError('stopped', 'the device starts again'))
    this.schedule.wake()
  }

  /** Works until stopped, or until the device is to start again, for a job or because the hub wants it. */
  async run(stop: AbortSignal): Promise<'restart' | 'stopped'> {
    const { desk, platform } = this.options
    const onStop = (): void => {
      this.acting?.abort.abort(stop.reason)
      this.schedule.wake()
    }
    stop.addEventListener('abort', onStop)
    try {
      await prune(platform, desk.state)
      while (!stop.aborted && !this.restarting) {
        const job = this.schedule.pick(desk.state.jobs())
        if (job === null) await this.idle()
        else if (await this.perform(job)) return 'restart'
      }
      return stop.aborted ? 'stopped' : 'restart'
    } finally {
      stop.removeEventListener('abort', onStop)
    }
  }

  private async idle(): Promise<void> {
    const { platform, settings } = this.options
    const cancel = platform.clock.after(settings.restAfter, () => platform.rest())
    await this.schedule.idle()
    cancel()
  }

  /** @returns true when the device must start again before the job goes on */
  private async perform(job: Job): Promise<boolean> {
    const abort = new AbortController()
    this.acting = { service: job.service, abort }
    try {
      if (job.kind === 'remove') await this.acts.remove(job)
      else if (await this.acts.act(job, abort.signal)) return true
      this.schedule.succeeded(job.service)
    } catch (error) {
      if (!abort.signal.aborted) await this.fail(job, error)
    } finally {
      this.acting = null
    }
    return false
  }

  private async fail(job: Job, error: unknown): Promise<void> {
    const { platform, settings } = this.options
    const reason = reasonOf(error)
    const code = error instanceof AgentError ? error.code : 'disk'
    const failures = this.schedule.failed(job, code)
    const verdict = afterFailure(job, code, failures)
    platform.log.warn('the work on a service failed', { service: job.service, code, reason, verdict })
    if (job.kind === 'install' && verdict === 'give-up') {
      return untouched(job) ? this.acts.giveUp(job, code, reason) : this.acts.advance(job, failed(job, code, reason))
    }
    if (verdict === 'renew') await this.renew(job)
    const chance = (platform.crypto.randomBytes(1)[0]! + 0.5) / 256
    const delay = verdict === 'renew' ? settings.retry.first * 15 : backoffDelay(settings.retry, failures, chance)
    this.schedule.defer(job.service, delay)
  }

  /** Asks for a fresh link; when it comes, the job is woken. */
  private async renew(job: Job): Promise<void> {
    await this.options.desk.inTurn(async () => {
      this.options.desk.queue({ t: 'renew', delivery: job.delivery })
      await this.options.desk.commit()
    })
  }
}
