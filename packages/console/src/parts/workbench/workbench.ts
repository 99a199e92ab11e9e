import { models } from '#words/models.ts'
import type { Answered, Asked, JobKind, Jobs } from './jobs.ts'

/** One job may take so long, milliseconds; a slow machine draws the largest model in a tenth of it. */
const longest = 20_000
/** Jobs that may wait; of more the oldest is given up. */
const waitingBound = 16

interface Waiting {
  readonly asked: Asked
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

/**
 * Where patterns are read, proved, drawn and simulated: a worker, so that a large one does not hold up the page, ended when a
 * job takes too long. Begun when it is needed.
 */
class Workbench {
  #worker: Worker | null = null
  #running: Waiting | null = null
  readonly #waiting: Waiting[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Of texts to be read only the newest waits: what was typed before it is of no interest. @throws Error in words */
  do<Kind extends JobKind>(kind: Kind, ask: Jobs[Kind]['ask']): Promise<Jobs[Kind]['answer']> {
    return new Promise((resolve, reject) => {
      if (kind === 'read') this.#giveUp((waiting) => waiting.asked.kind === 'read')
      if (this.#waiting.length >= waitingBound) this.#giveUp((waiting) => waiting === this.#waiting[0])
      this.#waiting.push({ asked: { kind, ask }, resolve, reject })
      this.#next()
    })
  }

  #giveUp(which: (waiting: Waiting) => boolean): void {
    for (const waiting of this.#waiting.filter(which)) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      waiting.reject(new Superseded())
    }
  }

  #next(): void {
    if (this.#running !== null) return
    const next = this.#waiting.shift()
    if (next === undefined) return
    this.#running = next
    this.#timer = setTimeout(() => this.#end(models.tooHard), longest)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker is of one origin by itself
    this.#begun().postMessage(next.asked)
  }

  #begun(): Worker {
    if (this.#worker !== null) return this.#worker
    const worker = new Worker(new URL('worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => this.#answered(data))
    worker.addEventListener('error', (event) => {
      event.preventDefault()
      this.#end(event.message || models.tooHard)
    })
    this.#worker = worker
    return worker
  }

  #answered(answered: Answered): void {
    const { resolve, reject } = this.#finished()
    if ('fault' in answered) reject(new Error(answered.fault))
    else resolve(answered.answer as never)
    this.#next()
  }

  /** Ends the worker with what it is doing; the next job has a new one. */
  #end(why: string): void {
    this.#worker?.terminate()
    this.#worker = null
    this.#finished().reject(new Error(why))
    this.#next()
  }

  #finished(): Waiting {
    clearTimeout(this.#timer)
    const running = this.#running!
    this.#running = null
    return running
  }
}

/** A job that was not done because a newer one makes it needless. */
export class Superseded extends Error {
  constructor() {
    super('superseded')
    this.name = 'Superseded'
  }
}

export const workbench = new Workbench()
