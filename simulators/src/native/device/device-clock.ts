import { reasonOf } from '../errors.ts'
import type { FleetContext } from './context.ts'
import { hubTime } from './enrolment.ts'

/** The wall clock of one device: may be wrong, until it has asked the hub. */
export class DeviceClock {
  /** Milliseconds that it is ahead. */
  #offset: number
  #last = 0

  constructor(offset: number) {
    this.#offset = offset
  }

  /** Milliseconds since the Unix epoch as the device believes, later than at the call before. */
  next(): number {
    this.#last = Math.max(Date.now() + this.#offset, this.#last + 1)
    return this.#last
  }

  /** Asks the hub for the time and keeps the difference. Resolves also when there was no answer: counted as a problem. */
  async correct(context: FleetContext): Promise<void> {
    try {
      this.#offset = (await hubTime(context)) - Date.now()
      // A clock that was ahead must not hold back the time of the next connection.
      this.#last = 0
      context.statistics.clocksCorrected++
    } catch (error) {
      context.statistics.problem('clock', reasonOf(error))
    }
  }
}
