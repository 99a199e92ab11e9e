import { expect, test } from 'vitest'
import { day, hour, pointsOf } from './outcomes.ts'

const now = Date.parse('2026-03-10T12:34:56Z')
const at = (text: string) => Date.parse(text)

test('a day has a point for each hour, the one under way last, and none where nothing belongs', () => {
  const points = pointsOf(
    'day',
    [
      { hour: at('2026-03-10T12:00:00Z'), state: 'confirmed', deliveries: 3 },
      { hour: at('2026-03-10T12:00:00Z'), state: 'confirmed', deliveries: 4 },
      { hour: at('2026-03-09T13:00:00Z'), state: 'failed', deliveries: 1 },
      { hour: at('2026-03-09T12:00:00Z'), state: 'failed', deliveries: 9 },
    ],
    now,
  )
  expect(points).toHaveLength(24)
  expect(points[0]).toEqual({ at: '2026-03-09T13:00:00.000Z', confirmed: 0, failed: 1, cancelled: 0 })
  expect(points.at(-1)).toEqual({ at: '2026-03-10T12:00:00.000Z', confirmed: 7, failed: 0, cancelled: 0 })
  expect(points.slice(1, -1).every(({ confirmed, failed }) => confirmed + failed === 0)).toBe(true)
})

test('a month has a point for each day of UTC, which adds its hours up', () => {
  const hours = Array.from({ length: 24 }, (_, i) => at('2026-03-09T00:00:00Z') + i * hour)
  const points = pointsOf(
    'month',
    hours.map((each) => ({ hour: each, state: 'cancelled', deliveries: 2 }) as const),
    now,
  )
  expect(points).toHaveLength(30)
  expect(points[28]).toEqual({ at: '2026-03-09T00:00:00.000Z', confirmed: 0, failed: 0, cancelled: 48 })
  expect(at(points[29]!.at) - at(points[0]!.at)).toBe(29 * day)
})
