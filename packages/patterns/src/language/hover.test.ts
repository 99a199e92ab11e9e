import { describe, expect, it } from 'vitest'
import { hoverAt } from './hover.ts'
import { readForEditing } from './reading.ts'
import { example, placeIn } from './testing/example.ts'

const reading = readForEditing(example)

function hover(piece: string, more = 0) {
  const found = hoverAt(reading, placeIn(example, piece, more))
  return found === null ? null : [found.title, ...found.lines]
}

describe('hover', () => {
  it('shows of a state how it is marked, and the transitions that enter and leave it', () => {
    expect(hover('pending\n  confirmed')).toEqual([
      'state pending',
      'Declared in line 9.',
      'Left by “again”, “stop”.',
      'Entered by “decided”.',
      'Keeps delayed signals of “decided”.',
    ])
    expect(hover('failed" in states')).toEqual([
      'state failed (final)',
      'Declared in line 10.',
      'Entered by “stop”.',
      'Read by “decided”.',
    ])
  })

  it('shows of a signal its arguments and flags, who sends it and who takes it', () => {
    expect(hover('decided(allowed: bool')).toEqual([
      'signal decided(allowed: bool, until: string)',
      'Declared in line 13.',
      'Taken by “decided”.',
      'Sent by “again”.',
      'Tells the end of work of “ask policy”.',
    ])
    expect(hover('cancel: any')?.[0]).toBe('signal cancel(reason: string?) urgent')
  })

  it('tells the signal of another model from one of the same text', () => {
    expect(hover('go(allowed')).toEqual(['signal go', 'Declared by child kid, not in this text.', 'Sent by “again”.'])
    expect(hover('allowed: data.detail')).toContain('Declared by child kid, not in this text.')
  })

  it('shows of data what it begins with, in declarations, in set and in expressions', () => {
    const shown = ['data offers = 0', 'Declared in line 6.', 'Set by “decided”.', 'Read by “decided”, “again”, “stop”.']
    expect(hover('offers = 0')).toEqual(shown)
    expect(hover('data.offers + 1', 'data.off'.length)).toEqual(shown)
    expect(hover('data.offers}(', 'data.'.length)).toEqual(shown)
    expect(hover('offers\\"]')).toEqual(shown)
  })

  it('shows the type of an argument where it is read', () => {
    expect(hover('args.allowed', 'args.a'.length)?.[0]).toBe('decided(allowed: bool)')
  })

  it('explains words of the language, types, variables and functions', () => {
    expect(hover('after 15m')?.[0]).toBe('after')
    expect(hover('bool, until')).toEqual(['bool', 'true or false.'])
    expect(hover('string?')).toEqual(['string', 'Text.'])
    expect(hover('states)\n')?.[0]).toBe('states')
    expect(hover('has(args')?.[0]).toBe('has(data.x)')
    expect(hover('urgent')?.[1]).toMatch(/while the instance waits/)
  })

  it('shows nothing in comments, in texts and between words', () => {
    expect(hover('device gets')).toBeNull()
    expect(hover('one version')).toBeNull()
    expect(hover('\n\nshared', 1)).toBeNull()
  })
})
