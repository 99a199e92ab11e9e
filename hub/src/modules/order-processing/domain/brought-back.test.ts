import { describe, expect, it } from 'vitest'
import { broughtBack } from './brought-back.ts'
import { itemOf } from './order.samples.ts'

const any = () => true
const failed = (position: number) => itemOf(position, { phase: 'over', state: 'failed', attempts: 1 })
const dropped = (position: number, after: number[]) =>
  itemOf(position, { phase: 'over', state: 'cancelled', detail: 'not begun: …', after })

describe('items that come back when another is tried again', () => {
  it('are those that waited for it, and those that waited for them', () => {
    const items = [failed(0), dropped(1, [0]), dropped(2, [1]), itemOf(3, { phase: 'over', state: 'completed' })]
    const back = broughtBack(items[0]!, items, any)
    expect(back.map(({ position }) => position)).toEqual([1, 2])
    expect(back[0]).toMatchObject({ phase: 'waiting', state: 'acknowledged', detail: '' })
  })
  it('are none that wait for something else that failed, or for one that cannot come back', () => {
    const items = [failed(0), failed(1), dropped(2, [0, 1]), dropped(3, [2]), dropped(4, [0]), dropped(5, [4])]
    const back = broughtBack(items[0]!, items, ({ position }) => position !== 4)
    expect(back).toEqual([])
  })
  it('are none that had begun and were cancelled then', () => {
    const items = [failed(0), itemOf(1, { phase: 'over', state: 'cancelled', attempts: 1, after: [0] })]
    expect(broughtBack(items[0]!, items, any)).toEqual([])
  })
})
