import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { goldenCases, saidOf } from '../testing/golden.ts'

const cases = goldenCases(readFileSync(new URL('diagnostics.golden.txt', import.meta.url), 'utf8'))

describe('what is said of a wrong text', () => {
  it('is written down for every kind of mistake', () => {
    expect(cases.length).toBeGreaterThan(70)
  })

  it.each(cases.map(({ title, text, said }) => [title, text, said] as const))('%s', (_, text, said) => {
    expect(saidOf(text, { tasks: ['device.offer', 'x'] })).toBe(said)
  })
})
