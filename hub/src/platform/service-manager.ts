import { spawn } from 'node:child_process'
import type { Clock, Milliseconds } from './clock.ts'
import { OutsideError, errorCode } from './errors.ts'
import type { Log } from './log.ts'

const managerDeaf = errorCode(
  'service-manager-deaf',
  503,
  'The service manager does not hear the hub',
  'The hub goes on. In its unit set NotifyAccess=all, and have systemd-notify in /usr/bin.',
)

/**
 * What the hub tells the manager that started it (sd_notify(3)): that it is up, what it does, that it still lives, that it stops. Without
 * a manager nothing is told to anybody.
 */
export interface ServiceManager {
  /** Whoever waits for the hub goes on now; from here on it is expected to say that it lives. */
  ready(status: string): void
  /** Resolves when it has been told: the next that is seen of this process may be its end. */
  stopping(): Promise<void>
}

export interface ServiceManagerOptions {
  /** NOTIFY_SOCKET: where the manager listens; null = there is none. */
  readonly socket: string | null
  /** WATCHDOG_USEC: how long the hub may be silent; null = for ever. */
  readonly watchdog: Milliseconds | null
  readonly clock: Clock
  readonly log: Log
}

/** A message that takes longer is given up, milliseconds. */
const deadline = 10_000

/** Node has no datagram sockets of the kind that the protocol needs, so systemd's own program speaks: the unit lets it (NotifyAccess=all). */
const program = 'systemd-notify'

export function serviceManager({ socket, watchdog, clock, log }: ServiceManagerOptions): ServiceManager {
  if (socket === null) return { ready() {}, async stopping() {} }
  let stopped = false
  const tell = (...words: string[]): Promise<void> =>
    send(socket, words).catch((error: unknown) =>
      log.warn({ err: error, words }, 'the service manager could not be told'),
    )
  // A loop that hangs tells nothing: that is what the manager ends it for.
  const live = (every: Milliseconds): void => {
    clock.after(every, () => {
      if (stopped) return
      void tell('WATCHDOG=1')
      live(every)
    })
  }
  return {
    ready(status) {
      void tell('READY=1', `STATUS=${status}`)
      if (watchdog !== null) live(watchdog / 3)
    },
    stopping() {
      stopped = true
      return tell('STOPPING=1', 'STATUS=stopping: ends what is under way')
    },
  }
}

function send(socket: string, words: readonly string[]): Promise<void> {
  const child = spawn(program, words, {
    stdio: 'ignore',
    timeout: deadline,
    env: { PATH: '/usr/bin:/bin', NOTIFY_SOCKET: socket },
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (status, signal) =>
      status === 0 ? resolve() : reject(new OutsideError(managerDeaf, `${program} ended with ${signal ?? status}.`)),
    )
  })
}
