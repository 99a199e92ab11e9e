import { describe, expect, it } from 'vitest'
import { stateOf } from './states.ts'

describe('the state of an order item, seen from its deliveries', () => {
  it('is completed only when every device has confirmed', () => {
    expect(stateOf(['confirmed', 'confirmed'])).toBe('completed')
    expect(stateOf(['confirmed', 'pending'])).toBe('pending')
  })
  it('is partial when some devices confirmed and others did not', () => {
    expect(stateOf(['confirmed', 'failed'])).toBe('partial')
    expect(stateOf(['failed', 'cancelled'])).toBe('failed')
    expect(stateOf(['cancelled', 'cancelled'])).toBe('cancelled')
  })
  it('is held when policy holds back all that is left, pending when it waits for a device', () => {
    expect(stateOf(['held', 'confirmed'])).toBe('held')
    expect(stateOf(['held', 'pending'])).toBe('pending')
    expect(stateOf(['accepted', 'pending'])).toBe('inProgress')
  })
  it('is acknowledged until the first delivery is taken up', () => {
    expect(stateOf(['planned', 'planned'])).toBe('acknowledged')
    expect(stateOf(['planned', 'pending'])).toBe('pending')
  })
})
