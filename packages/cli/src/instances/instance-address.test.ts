import { describe, expect, it } from 'vitest'
import { instanceAddress, modelAddress } from './instance-address.ts'

describe('an instance on the command line', () => {
  it.each([
    ['delivery/o7', 'delivery', 'o7'],
    ['delivery/o7/stb 1%', 'delivery', 'o7/stb 1%'],
    ['model:delivery@1.0.0/o7%2Fstb1', 'delivery', 'o7/stb1'],
    ['model:delivery/o7', 'delivery', 'o7'],
  ])('%s is %s, %s', (text, model, id) => {
    expect(instanceAddress(text)).toEqual({ model, id })
  })

  it.each(['delivery', 'delivery/', '/o7', ''])('%j is none', (text) => {
    expect(() => instanceAddress(text)).toThrow('must be like')
  })
})

describe('a model on the command line', () => {
  it('may have a version', () => {
    expect(modelAddress('delivery')).toEqual({ model: 'delivery' })
    expect(modelAddress('delivery@1.0.0')).toEqual({ model: 'delivery', version: '1.0.0' })
  })

  it.each(['', '@1', 'delivery@', 'a@1@2', 'delivery/o7'])('%j is none', (text) => {
    expect(() => modelAddress(text)).toThrow('must be like')
  })
})
