import { describe, expect, it } from 'vitest'
import { Checker } from './checker.ts'

const text = 'model a 1.0.0\nstates b (initial), c (final)\non go: b -> c\n  task x.y\n'

describe('checker', () => {
  it('checks several texts, each with the answer to its own', async () => {
    const checker = new Checker()
    const [sound, wrong, unknown] = await Promise.all([
      checker.check(text, null),
      checker.check(text.replace('-> c', '-> d'), null),
      checker.check(text, ['x.z']),
    ])
    expect(sound).toEqual([])
    expect(wrong?.map(({ code }) => code)).toContain('unknown-state')
    expect(unknown?.map(({ message }) => message)).toEqual([
      expect.stringContaining('unknown task x.y, did you mean x.z?'),
    ])
  })

  it('gives a check up that takes too long, and goes on with the next', async () => {
    const checker = new Checker({ longest: 0 })
    expect(await Promise.all([checker.check(text, null), checker.check(text, null)])).toEqual([null, null])
  })
})
