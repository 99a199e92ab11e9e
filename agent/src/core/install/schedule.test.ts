import { expect, test } from 'vitest'
import type { Job } from '../state.ts'
import { Schedule } from './schedule.ts'

test('a wait that ends between a look for work and the rest after it is not slept through', async () => {
  let time = 0
  const clock = { now: () => time, monotonic: () => time, after: () => () => undefined }
  const schedule = new Schedule(clock)
  const job: Job = { kind: 'remove', delivery: 'd1', epoch: 1, service: 'tv-guide', directory: '1-tv-guide' }
  schedule.defer('tv-guide', 10)
  expect(schedule.pick([job])).toBe(null)
  time = 10
  await schedule.idle()
  expect(schedule.pick([job])).toBe(job)
})
