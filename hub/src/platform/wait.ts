import { setTimeout as sleep } from 'node:timers/promises'
import type { Milliseconds } from './clock.ts'

/** Waiting on the outside world (processes, sockets), where no test needs to turn the clock. */

/** Resolves after `milliseconds`. Unlike `Clock.after` it keeps the process alive: used while starting and stopping. */
export async function pause(milliseconds: Milliseconds): Promise<void> {
  await sleep(milliseconds)
}

/**
 * The result of `work` if it comes within `milliseconds`; `work` itself is not stopped.
 * @throws what `late` makes when it does not
 */
export async function within<T>(work: Promise<T>, milliseconds: Milliseconds, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), milliseconds)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
