import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  isOver,
  itemMoves,
  movesList,
  movesMatrix,
  nextState,
  orderMoves,
  orderStateOf,
  orderStates,
  type OrderState,
} from './order-states.ts'

const tables = { orders: orderMoves, items: itemMoves }

describe.each(Object.entries(tables))('the states of %s', (name, moves) => {
  it('are TMF641’s eleven, and the table has a row for each', () => {
    expect(Object.keys(moves).toSorted()).toEqual([...orderStates].toSorted())
    expect(orderStates).toHaveLength(11)
  })

  it('move along the table and never otherwise: every pair', () => {
    for (const from of orderStates)
      for (const to of orderStates)
        expect([from, to, nextState(moves, from, to)]).toEqual([from, to, moves[from][to] === undefined ? from : to])
  })

  it('can all be reached from a new one, and none that is not over is a dead end', () => {
    const reached = new Set<OrderState>(['acknowledged', 'rejected'])
    for (const from of reached) for (const to of Object.keys(moves[from]) as OrderState[]) reached.add(to)
    expect([...reached].toSorted()).toEqual([...orderStates].toSorted())
    expect(orderStates.filter((state) => !isOver(state) && !endsFrom(moves, state))).toEqual([])
  })

  it('are in docs/guide/ordering.md as they are here', () => {
    const guide = readFileSync(new URL('../../../../../docs/guide/ordering.md', import.meta.url), 'utf8')
    expect(guide, name).toContain(movesMatrix(moves))
    for (const line of movesList(moves).split('\n')) expect(guide, name).toContain(line)
  })
})

/** Whether some way leads from here to a state in which it is over. */
function endsFrom(moves: (typeof tables)['orders'], state: OrderState): boolean {
  const reached = new Set<OrderState>([state])
  for (const from of reached) for (const to of Object.keys(moves[from]) as OrderState[]) reached.add(to)
  return [...reached].some(isOver)
}

describe('the state of an order of several items', () => {
  it('is the one that they share, else partial once all are over', () => {
    expect(orderStateOf(['completed', 'completed'])).toBe('completed')
    expect(orderStateOf(['completed', 'failed'])).toBe('partial')
  })
  it('is that of the item that keeps it open', () => {
    expect(orderStateOf(['completed', 'pending'])).toBe('pending')
    expect(orderStateOf(['held', 'pending'])).toBe('pending')
    expect(orderStateOf(['held', 'inProgress'])).toBe('inProgress')
  })
  it('is under way as soon as something has begun', () => {
    expect(orderStateOf(['acknowledged', 'acknowledged'])).toBe('acknowledged')
    expect(orderStateOf(['completed', 'acknowledged'])).toBe('inProgress')
  })
})
