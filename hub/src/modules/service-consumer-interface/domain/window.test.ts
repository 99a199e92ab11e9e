import { describe, expect, it } from 'vitest'
import { SendWindow } from './window.ts'

describe('the window of outputs on their way to a device', () => {
  it('lets through at most its size, oldest first, and the next ones as earlier ones are taken', () => {
    const window = new SendWindow(2, 30_000)
    expect(window.take('d', [1, 2, 3], 0)).toEqual([1, 2])
    expect(window.take('d', [1, 2, 3], 1)).toEqual([])
    expect(window.taken('d', 1)).toBe(true)
    expect(window.take('d', [2, 3], 2)).toEqual([3])
  })
  it('sends again what was not acknowledged in time', () => {
    const window = new SendWindow(2, 30_000)
    window.take('d', [1], 0)
    expect(window.overdue(29_999)).toEqual([])
    expect(window.overdue(30_000)).toEqual(['d'])
    expect(window.take('d', [1], 30_000)).toEqual([1])
  })
  it('sends everything open again on a new connection', () => {
    const window = new SendWindow(2, 30_000)
    window.take('d', [1, 2], 0)
    window.forget('d')
    expect(window.take('d', [1, 2], 1)).toEqual([1, 2])
  })
})
