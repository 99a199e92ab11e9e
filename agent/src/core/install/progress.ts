import { limits } from '@sutler/wire'
import type { Desk } from '../desk.ts'
import type { InstallJob } from '../state.ts'
import type { Work } from './work.ts'

/** Reports progress at most once per second, of installs that are worth it. Not durable: a newer one replaces it. */
export function progressTo(desk: Desk, job: InstallJob, monotonic: () => number): Work['progress'] {
  let last = Number.NEGATIVE_INFINITY
  return (stage, done, total) => {
    const now = monotonic()
    if (total < limits.progressFromBytes || now - last < limits.progressMilliseconds) return
    last = now
    desk.queue({ t: 'progress', delivery: job.delivery, stage, done, total })
    desk.onSendable()
  }
}
