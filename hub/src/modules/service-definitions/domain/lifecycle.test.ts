import { describe, expect, it } from 'vitest'
import {
  isPublic,
  lifecycleStates,
  nextStates,
  orderRefusal,
  serviceState,
  transitionRefusal,
  type LifecycleState,
} from './lifecycle.ts'

describe('lifecycle of a version', () => {
  it('walks from draft to retired, one state after the other', () => {
    const walk: LifecycleState[] = ['draft', 'candidate', 'released', 'deprecated', 'retired']
    for (let at = 1; at < walk.length; at++) expect(transitionRefusal(walk[at - 1]!, walk[at]!)).toBeNull()
  })

  it('names what is possible when a transition is refused', () => {
    expect(transitionRefusal('candidate', 'deprecated')).toBe('it is candidate and can only become released or retired')
    expect(transitionRefusal('released', 'released')).toBe('it is released and can only become deprecated')
    expect(transitionRefusal('retired', 'released')).toBe('it is retired, which is final')
  })

  it('allows exactly the listed transitions', () => {
    for (const from of lifecycleStates) {
      for (const to of lifecycleStates) {
        expect(transitionRefusal(from, to) === null).toBe(nextStates(from).includes(to))
      }
    }
  })

  it('offers released and deprecated versions to orders, and says why not for the others', () => {
    expect(orderRefusal('released')).toBeNull()
    expect(orderRefusal('deprecated')).toBeNull()
    expect(orderRefusal('candidate')).toContain('must release it')
    expect(orderRefusal('retired')).toContain('retired')
    expect(lifecycleStates.filter(isPublic)).toEqual(['released', 'deprecated', 'retired'])
  })
})

describe('state of a service', () => {
  it('follows its versions', () => {
    expect(serviceState([])).toBe('draft')
    expect(serviceState(['retired', 'candidate'])).toBe('candidate')
    expect(serviceState(['retired', 'deprecated', 'candidate', 'released'])).toBe('released')
    expect(serviceState(['deprecated', 'retired'])).toBe('deprecated')
    expect(serviceState(['retired'])).toBe('retired')
  })
})
