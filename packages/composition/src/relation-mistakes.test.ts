import { describe, expect, it } from 'vitest'
import { relationMistakes } from './relation-mistakes.ts'

type Given = readonly [kind: string, range: string, service?: string]

/** `pointer: detail` of every mistake in these relations of tv-guide. */
function mistakes(...given: Given[]): string[] {
  const relations = given.map(([kind, range, service = 'radio']) => ({ kind: kind as 'requires', service, range }))
  return relationMistakes('tv-guide', relations).map(({ pointer, detail }) => `${pointer}: ${detail}`)
}

describe('relations of a version', () => {
  it('are fine where something can meet them', () => {
    expect(mistakes()).toEqual([])
    expect(mistakes(['requires', '^2.0.0'], ['conflicts', '2.3.x'])).toEqual([])
    expect(mistakes(['requires', '>=1 <3'], ['recommends', '^2.0.0'])).toEqual([])
    expect(mistakes(['requires', '^2.0.0'], ['extends', '^2.1.0'])).toEqual([])
    expect(mistakes(['conflicts', '1.x'], ['replaces', '1.x'])).toEqual([])
    expect(mistakes(['requires', '1.x'], ['conflicts', '1.x', 'news'])).toEqual([])
  })

  it('are to other services', () => {
    expect(mistakes(['requires', '1.x', 'tv-guide'])).toEqual([
      '/relations/0/service: is tv-guide itself: a version needs no relation to its own service',
    ])
  })

  it('have ranges, with a version in them', () => {
    expect(mistakes(['requires', 'newest'])).toEqual([
      '/relations/0/range: “newest” is not a range of semantic versions such as ^1.2.0 or >=2 <4',
    ])
    for (const empty of ['>2.0.0 <1.0.0', '<0.0.0-0', '>=1.0.0 <1.0.0'])
      expect(mistakes(['conflicts', '1.x'], ['requires', empty])).toEqual([
        `/relations/1/range: “${empty}” has no version in it: no version could ever meet it`,
      ])
  })

  it('do not rule out all that they ask for', () => {
    expect(mistakes(['requires', '^2.0.0'], ['conflicts', '2.x'])).toEqual([
      '/relations/1: can never be met: the version conflicts radio 2.x, and it requires ^2.0.0, which leaves nothing',
    ])
    expect(mistakes(['replaces', '*'], ['extends', '^1.4.0'])).toEqual([
      '/relations/1: can never be met: the version extends radio ^1.4.0, and it replaces *, which leaves nothing',
    ])
    expect(mistakes(['recommends', '1.x'], ['conflicts', '<2'])).toHaveLength(1)
    // A range that rules out more than what is asked for, in two parts that leave nothing between them.
    expect(mistakes(['requires', '1.x || 3.x'], ['conflicts', '<2 || >=3'])).toHaveLength(1)
    expect(mistakes(['requires', '1.x || 3.x'], ['conflicts', '<2'])).toEqual([])
  })

  it('do not ask for two things that have no version in common', () => {
    expect(mistakes(['requires', '^1.0.0'], ['extends', '^2.0.0'])).toEqual([
      '/relations/1: can never be met: the version extends radio ^2.0.0, and it requires ^1.0.0, and no version is in both',
    ])
    expect(mistakes(['requires', '^1.0.0'], ['conflicts', '3.x', 'news'], ['recommends', '>=2'])).toMatchObject([
      expect.stringMatching(/^\/relations\/2: /),
    ])
  })

  it('are compared only where all of them are ranges', () => {
    expect(mistakes(['requires', '^1.0.0'], ['extends', '^2.0.0'], ['conflicts', 'old', 'news'])).toEqual([
      '/relations/2/range: “old” is not a range of semantic versions such as ^1.2.0 or >=2 <4',
    ])
  })
})
