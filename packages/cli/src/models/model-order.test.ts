import type { Model } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { calledFirst } from './model-order.ts'

function model(name: string, ...calls: string[]): { model: Model } {
  const call = calls.map((url, at) => ({ url, as: `child${at}` }))
  const transitions = [{ name: 'go', on: 'go', from: ['a'], to: ['b'], call }]
  return { model: { model: name, version: '1.0.0', states: ['a', 'b'], initial: ['a'], final: ['b'], transitions } }
}

function order(...given: { model: Model }[]): string {
  return calledFirst(given)
    .map(({ model: { model: name } }) => name)
    .join(' ')
}

describe('models that are published together', () => {
  it('are ordered by their calls, otherwise as given', () => {
    const house = model('house', 'model:device/{id}', 'model:bill@1.2/b1')
    expect(order(house, model('other'), model('device', 'model:disk/1'), model('disk'), model('bill'))).toBe(
      'disk device bill house other',
    )
  })

  it('may call themselves, one another, models that are not given, and computed ones', () => {
    expect(order(model('a', 'model:b/1'), model('b', 'model:a/1', 'model:b/2', 'model:gone/1', 'model:{x}/1'))).toBe(
      'b a',
    )
  })
})
