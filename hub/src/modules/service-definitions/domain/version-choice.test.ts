import { describe, expect, it } from 'vitest'
import type { LifecycleState } from './lifecycle.ts'
import { byNewest, newestReleased } from './version-choice.ts'

const v = (version: string, state: LifecycleState = 'released') => ({ version, state })

describe('choice of a version', () => {
  it('takes the newest released one by number, not by text', () => {
    expect(newestReleased([v('1.9.0'), v('1.10.0'), v('2.0.0', 'candidate'), v('1.11.0', 'deprecated')])?.version).toBe(
      '1.10.0',
    )
  })

  it('stays within the range', () => {
    const versions = [v('1.2.3'), v('1.9.0'), v('2.0.0')]
    expect(newestReleased(versions, '^1.0.0')?.version).toBe('1.9.0')
    expect(newestReleased(versions, '>=3')).toBeNull()
  })

  it('takes a pre-release only when asked for, or when there is nothing else', () => {
    expect(newestReleased([v('1.0.0'), v('2.0.0-rc.1')])?.version).toBe('1.0.0')
    expect(newestReleased([v('1.0.0'), v('2.0.0-rc.1')], '>=2.0.0-rc.0')?.version).toBe('2.0.0-rc.1')
    expect(newestReleased([v('2.0.0-rc.1')])?.version).toBe('2.0.0-rc.1')
    expect(newestReleased([v('2.0.0-rc.1')], '*')).toBeNull()
  })

  it('has nothing to choose from without a released version', () => {
    expect(newestReleased([v('1.0.0', 'retired')])).toBeNull()
    expect(newestReleased([])).toBeNull()
  })

  it('lists newest first', () => {
    const versions = [v('1.0.0-rc.1'), v('0.9.0'), v('1.0.1'), v('1.0.0')]
    expect(versions.toSorted(byNewest).map((one) => one.version)).toEqual(['1.0.1', '1.0.0', '1.0.0-rc.1', '0.9.0'])
  })
})
