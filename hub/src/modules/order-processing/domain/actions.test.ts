import { describe, expect, it } from 'vitest'
import { actionRefusal, headingOf, type Standing } from './actions.ts'
import { orderActions } from './order.ts'

const authorized = { commercial: 'authorized' }
const barred = { commercial: 'barred' }
const standings: Readonly<Record<string, Standing>> = {
  active: { ...authorized, state: 'active', open: null },
  degraded: { ...authorized, state: 'degraded', open: null },
  'being changed': { ...authorized, state: 'updating', open: 'modify' },
  suspended: { ...barred, state: 'suspended', open: null },
  'suspended, in use on a device': { ...barred, state: 'degraded', open: null },
  'being suspended': { ...authorized, state: 'active', open: 'suspend' },
  'being resumed': { ...barred, state: 'suspended', open: 'resume' },
  'being removed': { ...authorized, state: 'active', open: 'remove' },
  'being moved': { ...authorized, state: 'active', open: 'move' },
}

describe('what can be ordered for a subscription', () => {
  it('depends on where it is going', () => {
    const table = Object.entries(standings).map(([name, standing]) => {
      const refusals = orderActions.map((action) => `${action}: ${actionRefusal(action, standing) ?? 'yes'}`)
      return `${name} → ${refusals.join(', ')}`
    })
    expect(table).toMatchInlineSnapshot(`
      [
        "active → add: exists, modify: yes, suspend: yes, resume: not-suspended, move: yes, remove: yes",
        "degraded → add: exists, modify: yes, suspend: yes, resume: not-suspended, move: yes, remove: yes",
        "being changed → add: exists, modify: yes, suspend: yes, resume: not-suspended, move: yes, remove: yes",
        "suspended → add: exists, modify: suspended, suspend: suspended, resume: yes, move: suspended, remove: yes",
        "suspended, in use on a device → add: exists, modify: suspended, suspend: yes, resume: yes, move: suspended, remove: yes",
        "being suspended → add: exists, modify: suspended, suspend: suspended, resume: yes, move: suspended, remove: yes",
        "being resumed → add: exists, modify: yes, suspend: yes, resume: not-suspended, move: yes, remove: yes",
        "being removed → add: exists, modify: yes, suspend: removing, resume: removing, move: removing, remove: yes",
        "being moved → add: exists, modify: moving, suspend: moving, resume: moving, move: moving, remove: moving",
      ]
    `)
  })
  it('goes by the newest open order before what the lifecycle has recorded', () => {
    expect(headingOf({ ...authorized, state: 'active', open: 'remove' })).toBe('removing')
    expect(headingOf({ ...authorized, state: 'removing', open: 'modify' })).toBe('active')
    expect(headingOf({ ...authorized, state: 'removing', open: null })).toBe('removing')
  })
})
