import { expect, test } from 'vitest'
import { manualClock } from '../../../../test/support/manual-clock.ts'
import { RequestLimited, requestLimits } from './request-limits.ts'

test('a principal and an address each get their rate, ten seconds of it at once, and hear when to come back', () => {
  const clock = manualClock()
  const limits = requestLimits({ perPrincipal: 2, perAddress: 3 }, clock)
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
  const limits = requestLimits({ perPrincipal: 1, perAddress: 1 }, manualClock())
  for (let n = 0; n < 10; n++) limits.admitAddress(`2001:db8:1:2::${n}`)
  expect(() => limits.admitAddress('2001:db8:1:2:ffff::1')).toThrow(RequestLimited)
  limits.admitAddress('2001:db8:1:3::1')
})
