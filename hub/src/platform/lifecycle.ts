import { OutsideError, errorCode } from './errors.ts'
import type { Log } from './log.ts'
import { within } from './wait.ts'

export const startTimedOut = errorCode(
  'start-timed-out',
  503,
  'A part of the hub did not start in time',
  'Read the log of that part; free memory and disk, and start again: nothing is lost.',
)

export const stoppedWhileStarting = errorCode(
  'stopped-while-starting',
  503,
  'The hub was told to stop before it was up',
  'Nothing is lost; start it again.',
)

/** What starts before others and stops after them. */
export interface Part {
  readonly name: string
  stop(): Promise<void>
}

/**
 * The hub's parts in order. Each is started after those before it and stopped before them, each within a deadline. A part
 * that fails to start brings down what was started already.
 */
export class Lifecycle {
  readonly #log: Log
  readonly #stopDeadline: number
  readonly #parts: Part[] = []
  #stopping: Promise<void> | undefined

  /** `stopDeadline`: milliseconds for each part. */
  constructor(log: Log, stopDeadline: number) {
    this.#log = log
    this.#stopDeadline = stopDeadline
  }

  /**
   * Starts one part and remembers how to stop it. @throws what `start` throws, or OutsideError `start-timed-out`, after
   * everything that was started before has been stopped
   */
  async start<T>(
    name: string,
    deadline: number,
    start: () => Promise<T>,
    stop: (part: T) => Promise<unknown>,
  ): Promise<T> {
    if (this.#stopping) throw new OutsideError(stoppedWhileStarting, `${name} was not started.`)
    const starting = start()
    try {
      const part = await within(
        starting,
        deadline,
        () => new OutsideError(startTimedOut, `${name} after ${deadline / 1000} s.`),
      )
      if (this.#stopping) throw new OutsideError(stoppedWhileStarting, `${name} had just started.`)
      this.#parts.push({
        name,
        stop: async () => {
          await stop(part)
        },
      })
      this.#log.debug({ part: name }, 'started')
      return part
    } catch (error) {
      this.#stopLate(name, starting, stop)
      await this.stop()
      throw error
    }
  }

  /** Stops everything, last started first; goes on past a part that fails or hangs. Calling it again waits for the first. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll()
    return this.#stopping
  }

  async #stopAll(): Promise<void> {
    for (const { name, stop } of this.#parts.splice(0).toReversed()) {
      try {
        await within(stop(), this.#stopDeadline, () => new OutsideError(startTimedOut, `${name} did not stop.`))
        this.#log.debug({ part: name }, 'stopped')
      } catch (error) {
        this.#log.error({ err: error, part: name }, 'a part did not stop cleanly')
      }
    }
  }

  /** A part that came up after its deadline is stopped, not left behind. */
  #stopLate<T>(name: string, starting: Promise<T>, stop: (part: T) => Promise<unknown>): void {
    starting.then(stop).catch((error: unknown) => this.#log.debug({ err: error, part: name }, 'was never there'))
  }
}
