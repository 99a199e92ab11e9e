import { expect, it } from 'vitest'
import { manualClock } from '../../../../../test/support/manual-clock.ts'
import { Sightings } from '../app/sightings.ts'

it('a device that polls is present until it has missed its time, and is told of once', () => {
  const clock = manualClock()
  const told: string[] = []
  const sightings = new Sightings(clock, (device, present) => told.push(`${present ? '+' : '-'}${device}`))
  sightings.start()
  sightings.seen('dev-1', 60_000)
  clock.advance(50_000)
  sightings.seen('dev-1', 60_000)
  clock.advance(59_000)
  expect(told).toEqual(['+dev-1'])
  clock.advance(10_000)
  expect(told).toEqual(['+dev-1', '-dev-1'])
  sightings.seen('dev-1', 60_000)
  sightings.gone('dev-1')
  sightings.gone('dev-1')
  expect(told).toEqual(['+dev-1', '-dev-1', '+dev-1', '-dev-1'])
  sightings.stop()
})
