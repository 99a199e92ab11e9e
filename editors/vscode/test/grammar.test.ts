import { beforeAll, describe, expect, it } from 'vitest'
import { createTokenizer } from './grammar.ts'

const text = `// How a device gets it.
model delivery 1.0.0 "Deliver one version"
shared maxOffers = 5
states planned (initial), pending
signal decided(allowed: bool, until: string?) urgent
  cancel(reason: any)
on decided: planned, pending clear any -> pending as "offer" when args.allowed && "x" in states
  set offers = data.offers + 1
  task device.offer(device: call.device) done decided retry 5 first 10s
  emit late after 15m while pending to child:kid
  call model:other/{id} as kid wait
`

let lines: string[][]

beforeAll(async () => {
  const tokenize = await createTokenizer()
  const plain = /^(?:source|\s*$)/
  lines = tokenize(text).map((tokens) =>
    tokens
      .filter(({ text: part, scope }) => !plain.test(scope) && part.trim() !== '')
      .map(({ text: part, scope }) => `${part.trim()} ${scope}`),
  )
})

describe('grammar', () => {
  it('knows comments, the words of sections, names, versions and texts', () => {
    expect(lines[0]).toEqual(['// How a device gets it. comment.line.double-slash'])
    expect(lines[1]).toEqual([
      'model keyword.control',
      'delivery entity.name.type.model',
      '1.0.0 constant.numeric.version',
      '"Deliver one version" string.quoted.double',
    ])
    expect(lines[2]).toEqual(['shared keyword.control', '= keyword.operator', '5 constant.numeric'])
    expect(lines[3]).toEqual(['states keyword.control', 'initial keyword.other'])
  })

  it('knows signals with their types, also on the lines below', () => {
    expect(lines[4]).toEqual([
      'signal keyword.control',
      'decided entity.name.function.signal',
      'allowed variable.parameter',
      ': punctuation.separator',
      'bool storage.type',
      'until variable.parameter',
      ': punctuation.separator',
      'string storage.type',
      '? keyword.operator.optional',
      'urgent storage.modifier',
    ])
    expect(lines[5]?.[0]).toBe('cancel entity.name.function.signal')
  })

  it('knows transitions, their clauses and expressions', () => {
    expect(lines[6]).toEqual([
      'on keyword.control',
      'decided entity.name.function.signal',
      ': punctuation.separator',
      'clear keyword.other',
      'any keyword.other',
      '-> keyword.operator.arrow',
      'as keyword.other',
      '"offer" string.quoted.double',
      'when keyword.other',
      'args variable.language',
      '. punctuation.accessor',
      'allowed variable.other.property',
      '&& keyword.operator',
      '"x" string.quoted.double',
      'in keyword.operator.word',
      'states variable.language',
    ])
    expect(lines[7]).toEqual([
      'set keyword.control',
      'offers variable.other.property',
      '= keyword.operator.assignment',
      'data variable.language',
      '. punctuation.accessor',
      'offers variable.other.property',
      '+ keyword.operator',
      '1 constant.numeric',
    ])
  })

  it('knows what a transition does', () => {
    expect(lines[8]).toEqual(
      expect.arrayContaining([
        'task keyword.control',
        'device.offer support.function.task',
        'device variable.parameter',
        'done keyword.other',
        'decided entity.name.function.signal',
        'retry keyword.other',
        '10s constant.numeric',
      ]),
    )
    expect(lines[9]).toEqual(
      expect.arrayContaining([
        'emit keyword.control',
        'late entity.name.function.signal',
        'after keyword.other',
        '15m constant.numeric',
      ]),
    )
    expect(lines[10]?.[0]).toBe('call keyword.control')
  })
})
