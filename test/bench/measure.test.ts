import { describe, expect, it } from 'vitest'
import { figure, median, quantile, table } from './measure.ts'

describe('the figures of the benches', () => {
  it('the median is the middle, or the mean of the two in the middle, in any order', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([7])).toBe(7)
  })

  it('quantiles are values that occurred, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(quantile(hundred, 0.5)).toBe(50)
    expect(quantile(hundred, 0.99)).toBe(99)
    expect(quantile(hundred, 0)).toBe(1)
    expect(quantile(hundred, 1)).toBe(100)
    expect(quantile([3], 0.99)).toBe(3)
  })

  it('a figure has the median of its runs, their spread and number, and what it is compared with', () => {
    expect(figure([3, 1, 2], 'MB', { against: 'a peer', ratio: 0.5, goal: '≥ 1' })).toEqual({
      value: 2,
      unit: 'MB',
      min: 1,
      max: 3,
      runs: 3,
      against: 'a peer',
      ratio: 0.5,
      goal: '≥ 1',
    })
    expect(() => figure([], 'MB')).toThrow(RangeError)
  })

  it('the table has a line per figure, in columns', () => {
    const lines = table({
      'files.fast': figure([1234.56, 1200, 1300], 'MB/s', { against: 'a peer', ratio: 1.234, goal: '≥ 1' }),
      'small.one': figure([0.0123], 'ms'),
    }).split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/^figure +median +min–max +runs +ratio +against +goal$/)
    expect(lines[2]).toMatch(/^files\.fast +1235 MB\/s +1200–1300 +3 +1\.23 +a peer +≥ 1$/)
    expect(lines[3]).toMatch(/^small\.one +0\.0123 ms +0\.0123–0\.0123 +1$/)
    expect(lines[2]!.indexOf('1235')).toBe(lines[3]!.indexOf('0.0123'))
  })
})
