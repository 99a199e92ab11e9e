import { array, assert, boolean, constantFrom, nat, property, record, type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, answered, giveUp, stopOrder, type Advanced, type Result } from './advance.ts'
import { isOver, itemMoves, nextState } from './order-states.ts'
import { itemOf, orderOf } from './order.samples.ts'
import type { OrderItem, OrderWithItems } from './order.ts'

const led = (items: readonly OrderItem[], more: Partial<OrderWithItems['order']> = {}): OrderWithItems => ({
  order: orderOf(more),
  items,
})
const positions = (items: readonly OrderItem[]) => items.map(({ position }) => position)
/** What comes of some items, then what is next. */
const answer = (found: OrderWithItems, results: Record<number, Result>, undoes = true): Advanced =>
  advance({
    ...found,
    items: found.items.map((item) => {
      const result = results[item.position]
      return result === undefined ? item : answered(item, result, `it ${result}`, undoes && result !== 'completed')
    }),
  })

describe('leading an order', () => {
  it('begins what waits for nothing, and the rest when what it waits for is completed', () => {
    const first = advance(led([itemOf(0), itemOf(1, { after: [0] }), itemOf(2)]))
    expect(positions(first.begin)).toEqual([0, 2])
    const second = answer(first, { 0: 'completed' })
    expect(positions(second.begin)).toEqual([1])
    expect(answer(answer(second, { 2: 'completed' }), { 1: 'completed' }).order).toMatchObject({
      phase: 'settled',
      state: 'completed',
    })
  })
  it('drops what waits for something that did not come', () => {
    const begun = advance(
      led([itemOf(0), itemOf(1, { after: [0] }), itemOf(2, { after: [1] })], { allOrNothing: false }),
    )
    const after = answer(begun, { 0: 'failed' })
    expect(positions(after.drop)).toEqual([1, 2])
    expect(after.items[1]).toMatchObject({ state: 'cancelled', detail: 'not begun: add s0 came first and is failed' })
    expect(after.order).toMatchObject({ state: 'failed', detail: expect.stringContaining('add s0: it failed') })
  })
  it('removes last when it is all or nothing, unless something waits for the removal', () => {
    const removal = itemOf(0, { action: 'remove' })
    expect(positions(advance(led([removal, itemOf(1)])).begin)).toEqual([1])
    expect(positions(advance(led([removal, itemOf(1, { after: [0] })])).begin)).toEqual([0])
    expect(positions(advance(led([removal, itemOf(1)], { allOrNothing: false })).begin)).toEqual([0, 1])
  })
})

describe('an order that is all or nothing', () => {
  it('withdraws what is under way when a device fails, and puts back, last begun first, what had been carried out', () => {
    let now = advance(led([itemOf(0), itemOf(1, { after: [0] }), itemOf(2, { after: [0] }), itemOf(3, { after: [1] })]))
    now = answer(now, { 0: 'completed' })
    now = answer(now, { 1: 'failed' })
    expect([positions(now.withdraw), positions(now.drop), positions(now.restore)]).toEqual([[2], [3], []])
    now = answer(now, { 2: 'cancelled' })
    expect(positions(now.restore)).toEqual([1])
    now = answer(now, { 1: 'completed' })
    expect(positions(now.restore)).toEqual([0])
    now = answer(now, { 0: 'completed' })
    expect(now.order).toMatchObject({ phase: 'settled', state: 'failed', detail: 'add s1: it failed' })
    expect(now.items.map(({ state }) => state)).toEqual(['cancelled', 'failed', 'cancelled', 'cancelled'])
  })
  it('is left as it is when a device was merely never reached', () => {
    const now = answer(advance(led([itemOf(0), itemOf(1)])), { 0: 'completed', 1: 'partial' }, false)
    expect(now.order).toMatchObject({ phase: 'settled', state: 'partial' })
  })
  it('says what could not be put back', () => {
    let now = answer(advance(led([itemOf(0), itemOf(1)])), { 0: 'completed', 1: 'failed' })
    expect(positions(now.restore)).toEqual([0, 1])
    now = answer(answer(now, { 0: 'failed' }), { 1: 'completed' })
    expect(now.order.state).toBe('failed')
    expect(now.items[0]).toMatchObject({ state: 'failed', detail: expect.stringContaining('could not be put back') })
  })
})

describe('an order that nobody answers for', () => {
  it('is given up', () => {
    const stopped = stopOrder(advance(led([itemOf(0), itemOf(1)])), 'not wanted')
    expect(giveUp(stopped, 'no answer').order).toMatchObject({ phase: 'restoring' })
    const back = giveUp(giveUp(stopped, 'no answer'), 'no answer either')
    expect(back.order).toMatchObject({ phase: 'settled', state: 'failed' })
    expect(back.items[0]!.detail).toContain('could not be put back everywhere: no answer either')
  })
})

describe('an order that is cancelled', () => {
  it('drops what has not begun, withdraws the rest, and puts back what was carried out', () => {
    const begun = answer(advance(led([itemOf(0), itemOf(1, { after: [0] }), itemOf(2, { after: [1] })])), {
      0: 'completed',
    })
    const stopped = stopOrder(begun, 'not wanted')
    expect([positions(stopped.withdraw), positions(stopped.drop)]).toEqual([[1], [2]])
    const back = answer(stopped, { 1: 'cancelled' })
    expect(positions(back.restore)).toEqual([0])
    expect(answer(back, { 0: 'completed' }).order).toMatchObject({ state: 'cancelled', detail: 'not wanted' })
  })
  it('keeps what was carried out when it is not all or nothing', () => {
    const begun = answer(advance(led([itemOf(0), itemOf(1)], { allOrNothing: false })), { 0: 'completed' })
    expect(answer(stopOrder(begun, 'not wanted'), { 1: 'cancelled' }).order.state).toBe('partial')
  })
  it('is completed when everything was carried out before the cancellation came', () => {
    const stopped = stopOrder(advance(led([itemOf(0)])), 'not wanted')
    expect(answer(stopped, { 0: 'completed' }).order.state).toBe('completed')
  })
  it('is over at once when nothing has begun', () => {
    const waiting = led([itemOf(0)], { phase: 'carrying-out' })
    expect(stopOrder(waiting, 'not wanted').order).toMatchObject({ phase: 'settled', state: 'cancelled' })
  })
})

interface Story {
  readonly items: readonly { action: 'add' | 'modify' | 'remove'; after: readonly number[] }[]
  readonly allOrNothing: boolean
  readonly results: readonly { result: Result; undoes: boolean; pick: number; cancel: boolean }[]
}

const stories: Arbitrary<Story> = record({
  items: array(record({ action: constantFrom('add', 'modify', 'remove'), after: array(nat(4), { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 6,
  }),
  allOrNothing: boolean(),
  results: array(
    record({
      result: constantFrom('completed', 'completed', 'completed', 'partial', 'failed', 'cancelled'),
      undoes: boolean(),
      pick: nat(20),
      cancel: nat(12).map((chance) => chance === 0),
    }),
    { minLength: 30, maxLength: 30 },
  ),
}) as Arbitrary<Story>

describe('whatever comes of its items, an order', () => {
  it('ends, begins nothing before its time, gives nothing to a lifecycle twice, and moves items along the table', () => {
    assert(
      property(stories, (story) => {
        const items = story.items.map(({ action, after }, position) =>
          // Only earlier ones: there are no circles.
          itemOf(position, { action, after: after.filter((other) => other < position) }),
        )
        const { allOrNothing } = story
        let now = observed(advance(led(items, { allOrNothing })), led(items, { allOrNothing }))
        for (const { result, undoes, pick, cancel } of story.results) {
          if (now.order.phase === 'settled') break
          const open = now.items.filter(({ phase }) => phase === 'begun' || phase === 'restoring')
          expect(open.length).toBeGreaterThan(0)
          const before = now
          if (cancel && now.order.phase === 'carrying-out') now = observed(stopOrder(now, 'no'), before)
          else {
            const one = open[pick % open.length]!
            now = observed(answer(now, { [one.position]: result }, undoes), before)
          }
        }
        expect(now.order.phase).toBe('settled')
        expect(now.items.every(({ state }) => isOver(state))).toBe(true)
        expect(isOver(now.order.state)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

/** Checks what is done in one go. */
function observed(now: Advanced, before: OrderWithItems): Advanced {
  for (const item of now.begin)
    for (const position of item.after) expect(now.items[position]).toMatchObject({ phase: 'over', state: 'completed' })
  for (const item of now.restore) expect(before.items[item.position]!.phase).toMatch(/over|begun/)
  const given = [...now.begin, ...now.restore]
  expect(new Set(positions(given)).size).toBe(given.length)
  for (const [index, item] of now.items.entries()) {
    const was = before.items[index]!.state
    expect([was, item.state, was === item.state || nextState(itemMoves, was, item.state) === item.state]).toEqual([
      was,
      item.state,
      true,
    ])
  }
  return now
}
