import { describe, expect, it } from 'vitest'
import { codeOf, failureGroups, patternOf } from './failure-groups.ts'

const failure = (detail: string, count: number, day: number) => ({
  detail,
  count,
  newest: new Date(Date.UTC(2026, 0, day)),
  samples: [
    {
      device: `dev-${day}`,
      delivery: `dlv-${day}`,
      component: 'app',
      at: new Date(Date.UTC(2026, 0, day)).toISOString(),
    },
  ],
})

describe('reasons of failures', () => {
  it('that differ only in numbers, ids and addresses are one, with the newest as the example', () => {
    const groups = failureGroups([
      failure('rolled-back: health-failed: exit status 1 after 312 ms at 10.0.0.7', 3, 1),
      failure('rolled-back: health-failed: exit status 2 after 9 ms at 10.0.0.9', 2, 4),
      failure('the device could not be reached for 30 days', 1, 3),
    ])
    expect(groups.map(({ code, count, pattern }) => [code, count, pattern])).toEqual([
      ['health-failed', 5, 'rolled-back: health-failed: exit status … after … ms at …'],
      ['not-reached', 1, 'the device could not be reached for … days'],
    ])
    expect(groups[0]!.example).toBe('rolled-back: health-failed: exit status 2 after 9 ms at [ip]')
    expect(groups[0]!.devices.map(({ device }) => device)).toEqual(['dev-4', 'dev-1'])
  })

  it.each([
    ['failed: no-space: 12 MB are missing', 'no-space'],
    ['declined by the device: unsupported ', 'unsupported'],
    ['failed: no reason given', 'other'],
    ['health check: exit status 1', 'health-check'],
    ['2 of 9 files are not as ordered: a, b', 'other-content'],
    ['the device accepted but never reported an outcome', 'silent'],
    ['something else', 'other'],
  ])('%j has the code %s', (detail, code) => expect(codeOf(detail)).toBe(code))

  it('keep words that only look like ids', () => {
    expect(patternOf('the set-top-box of dlv-0k3j9x8a7b6c5 has no-such-file')).toBe(
      'the set-top-box of … has no-such-file',
    )
  })
})
