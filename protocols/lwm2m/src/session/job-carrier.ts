import { perform, refused } from './acting.ts'
import { Lwm2mExchangeError } from './exchange-error.ts'
import { acceptedOf, outcomeOf, progressOf } from './outcome.ts'
import type { Input, ProtocolHost, QueuedOutput } from '@sutler/device-model'
import type { Clock } from '../clock.ts'
import type { DeviceRequests } from './device-requests.ts'
import type { Act, Job, Progress, Step } from './job.ts'
import type { Memory } from './memory.ts'

export interface JobCarrierParts {
  readonly device: string
  readonly host: ProtocolHost
  readonly clock: Clock
  readonly memory: Memory
  readonly requests: DeviceRequests
  /** Ends every request with the session. */
  readonly life: AbortSignal
  /** What the device runs now. */
  readonly inventory: () => Input
}

/** A push tells how far it is at most this often, milliseconds. */
const tellEvery = 2000

/** Does what a plan says is next about a job: the request to the device, what the hub is told of it, and what is remembered. */
export class JobCarrier {
  readonly #parts: JobCarrierParts
  /** Ends a push that nobody wants any more. */
  #abort = new AbortController()
  #pushing: Job | null = null
  #lastProgress = ''

  constructor(parts: JobCarrierParts) {
    this.#parts = parts
  }

  /** A push is given up where the output makes it useless. */
  stopFor(queued: QueuedOutput): void {
    if (this.#pushing && stops(queued, this.#pushing)) this.#abort.abort()
  }

  /** @returns whether something was done, so that the device is worth another look at once */
  async carry(job: Job, step: Step): Promise<boolean> {
    if (step.end) return this.#finish(step.job, step)
    const next = step.act ? await this.#act(job, step, step.act) : step.job
    if (next === null) return true
    const stage = step.stage
    const accepted = next.accepted || next.stage !== 'new' || step.act !== undefined
    const kept = accepted === next.accepted ? next : { ...next, accepted }
    if (kept.accepted && !job.accepted) await this.#say([acceptedOf(job)])
    if (stage)
      await this.#progress(kept, stage, stage === 'downloading' && kept.way === 'pull' ? 0 : (kept.content?.size ?? 0))
    await this.#replace(job, kept)
    return step.act !== undefined || next !== job
  }

  /** @returns the job as it is after the act; null when it is over */
  async #act(job: Job, step: Step, act: Act): Promise<Job | null> {
    const code = await this.#perform(act, job)
    if (code === 'given-up') return job
    // A push takes its time: the stage begins when it is through.
    if (code >> 5 === 2) return { ...step.job, stageSince: this.#parts.clock.now() }
    const other = refused(job, act, code, this.#parts.clock.now())
    if (other.end) {
      await this.#finish(other.job, other)
      return null
    }
    if (!other.act) return other.job
    return this.#act(job, other, other.act)
  }

  async #perform(act: Act, job: Job): Promise<number | 'given-up'> {
    this.#abort = new AbortController()
    this.#pushing = act.do === 'push' ? job : null
    let told = this.#parts.clock.now()
    const sent = (bytes: number) => {
      if (this.#parts.clock.now() - told < tellEvery) return
      told = this.#parts.clock.now()
      // Progress that is not stored is told again with the next blocks.
      void this.#progress(job, 'downloading', bytes).catch(() => {})
    }
    try {
      const acting = {
        requests: this.#parts.requests,
        host: this.#parts.host,
        signal: AbortSignal.any([this.#abort.signal, this.#parts.life]),
        sent,
      }
      return await perform(act, job, acting)
    } catch (error) {
      // Given up because the hub wants something else: the next look sees to it.
      if (error instanceof Lwm2mExchangeError && error.code === 'aborted' && !this.#parts.life.aborted)
        return 'given-up'
      throw error
    } finally {
      this.#pushing = null
    }
  }

  async #finish(job: Job, { end }: Step): Promise<true> {
    const over = end!
    const accepted = job.accepted ? [] : [acceptedOf(job)]
    await this.#say([...accepted, outcomeOf(job, over)])
    const { value } = this.#parts.memory
    const firmware = over.result === 'installed' && job.object === 5 ? over.reported.name : value.firmware
    await this.#parts.memory.put({ ...value, firmware, jobs: value.jobs.filter(({ output }) => output !== job.output) })
    await this.#say([this.#parts.inventory()])
    return true
  }

  async #replace(job: Job, next: Job): Promise<void> {
    if (next === job) return
    const { value } = this.#parts.memory
    await this.#parts.memory.put({
      ...value,
      jobs: value.jobs.map((each) => (each.output === job.output ? next : each)),
    })
  }

  async #progress(job: Job, stage: Progress, done: number): Promise<void> {
    const said = progressOf(job, stage, done)
    if (said.id === this.#lastProgress) return
    this.#lastProgress = said.id
    await this.#say([said])
  }

  async #say(inputs: readonly Input[]): Promise<void> {
    await this.#parts.host.inputs(this.#parts.device, inputs)
  }
}

/** Whether the output is about the job in a way that makes going on with it useless. */
function stops({ output }: QueuedOutput, job: Job): boolean {
  if (output.kind === 'cancel') return output.delivery === job.delivery
  return (
    (output.kind === 'install' || output.kind === 'remove') &&
    output.service === job.service &&
    output.epoch > job.epoch
  )
}
