import { describe, expect, it } from 'vitest'
import { conjuncts } from './conjuncts.ts'

describe('conjuncts of an expression', () => {
  it('are its parts between outermost &&', () => {
    expect(conjuncts("a && (b && c) && '&&' in d && e['x && \\' y'] == 1")).toEqual([
      'a',
      '(b && c)',
      "'&&' in d",
      "e['x && \\' y'] == 1",
    ])
  })

  it('are not looked for where another operator is outermost', () => {
    expect(conjuncts('a && b || c')).toEqual(['a && b || c'])
    expect(conjuncts('a && b ? c : d')).toEqual(['a && b ? c : d'])
  })

  it('survive unbalanced text', () => {
    expect(conjuncts("a && 'b")).toEqual(['a', "'b"])
  })
})
