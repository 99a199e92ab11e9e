import { expect, test } from 'vitest'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { silentLog, type Log } from '../log.ts'
import { RequestLimited, requestLimits } from './request-limits.ts'

test('a principal and an address each get their rate, ten seconds of it at once, and hear when to come back', () => {
  const clock = manualClock()
  const limits = requestLimits({ perPrincipal: 2, perAddress: 3 }, clock, silentLog)
  for (const [admit, burst] of [
    [limits.admitPrincipal, 20],
    [limits.admitAddress, 30],
  ] as const) {
    for (let n = 0; n < burst; n++) admit('one')
    expect(() => admit('one')).toThrow(RequestLimited)
    admit('other')
    clock.advance(1000)
    admit('one')
  }
})

test('an address of IPv6 counts with its whole network', () => {
  const limits = requestLimits({ perPrincipal: 1, perAddress: 1 }, manualClock(), silentLog)
  for (let n = 0; n < 10; n++) limits.admitAddress(`2001:db8:1:2::${n}`)
  expect(() => limits.admitAddress('2001:db8:1:2:ffff::1')).toThrow(RequestLimited)
  limits.admitAddress('2001:db8:1:3::1')
})

test('who is refused is in the log, once a minute', () => {
  const clock = manualClock()
  const lines: unknown[][] = []
  const log: Log = { ...silentLog, warn: (...line) => void lines.push(line) }
  const limits = requestLimits({ perPrincipal: 1, perAddress: 1 }, clock, log)
  const flood = () => {
    const refused = Array.from({ length: 100 }, () => refusedOf(() => limits.admitPrincipal('usr-1')))
    expect(refused.at(-1)).toBe(true)
  }
  flood()
  flood()
  expect(lines).toEqual([[{ principal: 'usr-1' }, 'too many requests: some are refused']])
  clock.advance(60_000)
  flood()
  expect(lines).toHaveLength(2)
})

function refusedOf(admit: () => void): boolean {
  try {
    admit()
    return false
  } catch (error) {
    return error instanceof RequestLimited
  }
}
