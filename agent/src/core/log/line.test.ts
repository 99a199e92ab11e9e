import { expect, it } from 'vitest'
import { timeText } from './line.ts'

it.each([0, 951_782_400_007, 1_790_000_000_123, 4_102_444_799_999])('%d is written as toISOString does', (now) => {
  expect(timeText(now)).toBe(new Date(now).toISOString())
})
