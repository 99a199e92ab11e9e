import { Worker } from 'node:worker_threads'
import type { Model } from '@sutler/engine'
import type { Clock, Milliseconds } from '../../platform/clock.ts'
import { CallerError, InvariantError, OutsideError } from '../../platform/errors.ts'
import type { Log } from '../../platform/log.ts'
import type { Authored, Inspection, Surroundings } from '../authored.ts'
import { engineStopped, modelTooHard, workshopFull } from '../errors.ts'
import type { Job, JobEnd } from './jobs.ts'

/** Jobs that may wait at once: the last one waits for as many times `longest`, at most. */
const waitingBound = 8
/** One job may take so long. */
const longest: Milliseconds = 5_000
/** The first job of a thread also waits until that has begun. */
const beginning: Milliseconds = 10_000
/** A thread that nobody needs is ended. */
const idleFor: Milliseconds = 60_000
const memory = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 }

interface Thread {
  readonly worker: Worker
  /** Published models that it knows. */
  readonly knows: Set<Model>
  fresh: boolean
}

/**
 * Where models are checked, drawn and printed: whoever writes one can make that take long, so it is done in a thread of its own,
 * one job at a time, that is ended when a job takes more time or memory than there is for it. Begun when it is needed.
 */
export class Workshop {
  readonly #clock: Clock
  readonly #log: Log
  #thread: Thread | null = null
  #waiting = 0
  #last: Promise<unknown> = Promise.resolve()
  #stopIdling: () => void = () => {}
  #stopped = false

  constructor({ clock, log }: { clock: Clock; log: Log }) {
    this.#clock = clock
    this.#log = log
  }

  /**
   * Everything that there is to say of a model. Nothing is stored.
   * @throws CallerError `model-too-hard`; OutsideError `too-many-models-at-once`, `engine-stopped`
   */
  async inspect(authored: Authored, { tasks, models }: Surroundings): Promise<Inspection> {
    const end = await this.#inTurn((thread) => {
      const learn = models.filter((model) => !thread.knows.has(model))
      for (const model of learn) thread.knows.add(model)
      return { kind: 'inspect', authored, tasks, learn }
    })
    if ('inspection' in end) return end.inspection
    throw new InvariantError('the workshop did another job than it was asked')
  }

  /** A picture of the model as SVG. @throws as `inspect` */
  async draw(model: Model, states: readonly string[]): Promise<string> {
    return (await this.#text({ kind: 'draw', model, states })) ?? ''
  }

  /** The model as text in the pattern language; null where no text can say it. @throws as `inspect` */
  async print(model: Model): Promise<string | null> {
    return await this.#text({ kind: 'print', model })
  }

  /** Whoever waits is refused. */
  async stop(): Promise<void> {
    this.#stopped = true
    await this.#end()
    await this.#last
  }

  async #text(job: Job): Promise<string | null> {
    const end = await this.#inTurn(() => job)
    if ('text' in end) return end.text
    throw new InvariantError('the workshop did another job than it was asked')
  }

  async #inTurn(jobFor: (thread: Thread) => Job): Promise<JobEnd> {
    if (this.#waiting >= waitingBound)
      throw new OutsideError(workshopFull, `${waitingBound} models wait to be checked or drawn already.`)
    this.#waiting++
    const turn = this.#last.then(() => this.#do(jobFor))
    // The next in line begins whatever became of this one, which is told to whoever asked for it.
    this.#last = turn.catch(() => {})
    try {
      return await turn
    } finally {
      this.#waiting--
    }
  }

  async #do(jobFor: (thread: Thread) => Job): Promise<JobEnd> {
    if (this.#stopped) throw stopped()
    this.#stopIdling()
    const thread = (this.#thread ??= this.#begun())
    const time = thread.fresh ? longest + beginning : longest
    thread.fresh = false
    const end = await this.#answered(thread.worker, jobFor(thread), time)
    if (this.#stopped) throw stopped()
    if ('broken' in end) throw new InvariantError('a model could not be worked on', { cause: end.broken })
    if ('exhausted' in end) {
      await this.#end()
      throw new CallerError(modelTooHard, `The model was given up: ${end.exhausted}.`)
    }
    this.#stopIdling = this.#clock.after(idleFor, () => {
      if (this.#waiting === 0) void this.#end()
    })
    return end
  }

  #answered(worker: Worker, job: Job, time: Milliseconds): Promise<JobEnd> {
    return new Promise((resolve) => {
      const end = (answer: JobEnd): void => {
        cancel()
        worker.off('message', end)
        worker.off('error', failed)
        worker.off('exit', gone)
        resolve(answer)
      }
      const failed = (error: Error & { code?: string }): void => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') end({ exhausted: 'it takes too much memory' })
        else end({ broken: error })
      }
      const gone = (): void => failed(new InvariantError('the workshop’s thread ended'))
      const cancel = this.#clock.after(time, () => end({ exhausted: `it takes more than ${longest / 1_000} s` }))
      worker.on('message', end)
      worker.on('error', failed)
      worker.on('exit', gone)
      try {
        worker.postMessage(job, [])
      } catch (error) {
        // A document so deep that it cannot be copied.
        end({ exhausted: (error as Error).message })
      }
    })
  }

  #begun(): Thread {
    const worker = new Worker(new URL('thread.ts', import.meta.url), { resourceLimits: memory, execArgv: [], env: {} })
    worker.unref()
    worker.once('exit', () => {
      if (this.#thread?.worker === worker) this.#thread = null
    })
    // Between jobs nobody else listens, and an error that nobody hears would end the hub.
    worker.on('error', () => {})
    return { worker, knows: new Set(), fresh: true }
  }

  async #end(): Promise<void> {
    this.#stopIdling()
    const { worker } = this.#thread ?? {}
    this.#thread = null
    await worker?.terminate().catch((error: unknown) => this.#log.warn({ err: error }, 'a thread could not be ended'))
  }
}

function stopped(): OutsideError {
  return new OutsideError(engineStopped, 'The model was not looked at.')
}
