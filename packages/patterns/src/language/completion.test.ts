import { describe, expect, it } from 'vitest'
import { completionsAt, type CompletionOptions } from './index.ts'
import { readForEditing } from './reading.ts'
import { cursorIn, example } from './testing/example.ts'

/** What is offered at `‸` in lines that stand behind the example. */
function offered(lines: string, options: CompletionOptions = {}): string[] {
  const { text, offset } = cursorIn(`${example}\n${lines}\n`)
  return completionsAt(readForEditing(text), offset, options).map(({ label }) => label)
}

const states = ['planned', 'pending', 'confirmed', 'failed']
const signals = ['start', 'decided', 'late', 'cancel']

describe('completion of names', () => {
  it('offers the words of sections at the start of a line', () => {
    expect(offered('‸')).toEqual(['model', 'shared', 'data', 'states', 'initial', 'final', 'signal', 'on', 'returns'])
  })

  it('offers signals behind on, emit, cancel, done and reply', () => {
    expect(offered('on ‸')).toEqual(signals)
    for (const words of ['emit ', 'cancel ', 'task a done ', 'emit late reply ', 'emit la'])
      expect(offered(`on late: pending -> planned\n  ${words}‸`), words).toEqual(signals)
  })

  it('offers states around the arrow, behind clear and while', () => {
    expect(offered('on late: ‸')).toEqual([...states, 'any', 'none'])
    expect(offered('on late: pending, pl‸')).toEqual([...states, 'any', 'none'])
    expect(offered('on late: pending -> ‸')).toEqual([...states, 'none'])
    expect(offered('on late: pending -> planned\n  emit late after 1m while ‸')).toEqual([...states, 'none'])
    expect(offered('initial ‸')).toEqual([...states, 'none'])
  })

  it('offers the arguments of the signal that is sent, without those that are given already', () => {
    expect(offered('on late: pending -> planned\n  emit decided(‸')).toEqual(['allowed', 'until'])
    expect(offered('on late: pending -> planned\n  emit decided(until: "x", ‸)')).toEqual(['allowed'])
    expect(offered('on decided: pending -> planned\n  args ‸')).toEqual(['allowed', 'until'])
  })

  it('offers the tasks that the host knows and those that the text uses', () => {
    const found = offered('on late: pending -> planned\n  task ‸', { tasks: ['device.offer'] })
    expect(found).toEqual(['device.offer', 'policy.decide'])
    expect(offered('on late: pending -> planned\n  task policy.decide(‸')).toEqual(['device'])
  })

  it('offers instance data behind set, model data behind share', () => {
    expect(offered('on late: pending -> planned\n  set ‸')).toEqual(['offers', 'detail'])
    expect(offered('on late: pending -> planned\n  share ‸')).toEqual(['maxOffers'])
  })

  it('offers where something is declared what is used without being declared', () => {
    expect(offered('states ‸\non late: pending -> gone')).toEqual(['gone'])
    expect(offered('data ‸\non late: pending -> planned\n  set found = data.lost')).toEqual(['found', 'lost'])
  })

  it('offers who can get a signal', () => {
    const found = offered('on late: pending -> planned\n  emit late to ‸', { models: ['bill'] })
    expect(found).toEqual(['self', 'parent', 'sender', 'child:kid', 'model:bill/'])
    expect(offered('on late: pending -> planned\n  emit late to child:k‸')).toEqual(['kid'])
  })
})

describe('completion of words', () => {
  it('offers the clauses that can follow, without those that are there', () => {
    expect(offered('on late: pending ‸')).toEqual(['clear', '->'])
    expect(offered('on late: pending -> planned ‸')).toEqual(['as', 'when'])
    expect(offered('on late: pending -> planned as "x" when data.offers > 1 ‸')).not.toContain('as')
    expect(offered('on late: pending -> planned\n  ‸')).toEqual([
      'args',
      'set',
      'share',
      'cancel',
      'task',
      'emit',
      'call',
    ])
    expect(offered('on late: pending -> planned\n  emit late after 15m ‸')).toEqual([
      'in',
      'to',
      'at',
      'while',
      'reply',
    ])
    expect(offered('on late: pending -> planned\n  task t retry 5 first 1s ‸')).toEqual([
      'factor',
      'max',
      'as',
      'done',
      'failed',
      'timeout',
    ])
  })

  it('offers types, flags and marks', () => {
    expect(offered('signal more(x: ‸')).toEqual(expect.arrayContaining(['string', 'int', 'timestamp']))
    expect(offered('signal more ‸')).toEqual(['urgent', 'deferrable'])
    expect(offered('states more (‸')).toEqual(['initial', 'final'])
    expect(offered('data x = ‸')).toEqual(['true', 'false', 'null'])
  })

  it('offers nothing in comments and in texts', () => {
    expect(offered('// on ‸')).toEqual([])
    expect(offered('on late: pending -> planned as "on ‸"')).toEqual([])
  })
})

describe('completion in expressions', () => {
  const guard = (expression: string): string[] => offered(`on decided: pending -> planned when ${expression}`)

  it('offers variables and functions where a value is due', () => {
    for (const expression of ['‸', 'args.allowed && ‸', '(data.offers > ‸', 'size([‸'])
      expect(guard(expression), expression).toEqual(
        expect.arrayContaining(['args', 'data', 'shared', 'states', 'call', 'id', 'now', 'has', 'size']),
      )
  })

  it('offers the fields of what stands before the dot', () => {
    expect(guard('data.‸')).toEqual(['offers', 'detail'])
    expect(guard('size(data.o‸) > 1')).toEqual(['offers', 'detail'])
    expect(guard('shared.‸')).toEqual(['maxOffers'])
    expect(guard('args.‸')).toEqual(['allowed', 'until'])
    expect(guard('call.‸')).toEqual(['device'])
    expect(guard('data.detail.‸')).toEqual(expect.arrayContaining(['contains', 'startsWith']))
    expect(guard('data["‸"]')).toEqual(['offers', 'detail'])
    expect(guard('cel "data.‸')).toEqual(['offers', 'detail'])
  })

  it('offers states in a text that is looked for among the states', () => {
    expect(guard('"‸" in states')).toEqual(states)
    expect(guard('"‸" == data.detail')).toEqual([])
  })

  it('knows expressions in addresses and in arguments', () => {
    expect(offered('on late: pending -> planned\n  call model:x/{data.‸')).toEqual(['offers', 'detail'])
    expect(offered('on late: pending -> planned\n  call "model:x/{data.‸')).toEqual(['offers', 'detail'])
    expect(offered('on late: pending -> planned\n  emit decided(allowed: data.‸')).toEqual(['offers', 'detail'])
  })

  it('replaces the name that stands before the cursor, and quotes one that is a word of the language', () => {
    const { text, offset } = cursorIn('model a 1.0.0\nstates "any" (initial), b (final)\non go: "any" -> a‸')
    const found = completionsAt(readForEditing(text), offset)
    expect(found.map(({ label, insert }) => [label, insert])).toEqual([
      ['any', '"any"'],
      ['b', 'b'],
      ['none', 'none'],
    ])
    expect(found[0]?.range).toMatchObject({ start: { offset: offset - 1 }, end: { offset } })
  })
})
