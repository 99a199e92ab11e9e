import { describe, expect, it } from 'vitest'
import { manualClock } from '../../../test/support/manual-clock.ts'
import { until } from '../../../test/support/until.ts'
import { silentLog } from './log.ts'
import { repeat } from './repeat.ts'

describe('housekeeping that repeats', () => {
  it('goes on after a round that failed, and ends when stopped', async () => {
    const clock = manualClock()
    let rounds = 0
    const work = async (): Promise<void> => {
      rounds++
      if (rounds === 1) throw new Error('the disk is full')
    }
    const stop = repeat({ clock, log: silentLog, every: 1000, what: 'tidy up', work })
    clock.advance(1000)
    await until(() => clock.waiting === 1)
    clock.advance(1000)
    await until(() => clock.waiting === 1)
    expect(rounds).toBe(2)
    stop()
    expect(clock.waiting).toBe(0)
  })
})
