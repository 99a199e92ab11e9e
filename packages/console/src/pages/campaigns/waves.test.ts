import { expect, test } from 'vitest'
import { wavesOf } from './waves.ts'

test('waves are counts and percentages, one after the other', () => {
  expect(wavesOf('100, 10%,  0.5 % ,')).toEqual({
    waves: [{ count: 100 }, { percent: 10 }, { percent: 0.5 }],
    wrong: null,
  })
  expect(wavesOf(' ')).toEqual({ waves: [], wrong: null })
})

test.each(['0', '1.5', '101%', '-3', 'ten', '10 %%'])('%s is no size of a wave', (part) => {
  expect(wavesOf(`5, ${part}`).wrong).toBe(part)
})
