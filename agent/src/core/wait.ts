import type { Clock } from './platform.ts'

/** Resolves after `delay` ms or as soon as `stop` aborts, whichever comes first. */
export function waitFor(clock: Clock, delay: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve()
    const ended = (): void => {
      cancel()
      stop.removeEventListener('abort', ended)
      resolve()
    }
    const cancel = clock.after(delay, ended)
    stop.addEventListener('abort', ended)
  })
}
