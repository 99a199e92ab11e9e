import { expect, test } from 'vitest'
import { scanned } from '../../../../test/harness/qr-reader.ts'
import { qrCode } from './matrix.ts'

test.each([
  [1, 'hub'],
  [2, 'https://hub.example/device'],
  [5, `https://hub.example/device#claim=clm_${'x'.repeat(40)}`],
  [7, 'a'.repeat(122)],
  [8, `https://hub.example:8480/device#claim=clm_${'Ab9-'.repeat(24)}`],
  [9, 'ü'.repeat(88)],
  [10, 'b'.repeat(213)],
  [14, 'c'.repeat(360)],
  [15, 'd'.repeat(412)],
])('a code of version %i is read as what was written', (version, text) => {
  const modules = qrCode(text)!
  expect(modules).toHaveLength(17 + 4 * version)
  expect(scanned(modules)).toEqual({ text, level: 0 })
})

test('has its finders, its timing and its one dark module', () => {
  const modules = qrCode('hub')!
  const row = (y: number) => modules[y]!.map((dark) => (dark ? '#' : '.')).join('')
  expect([row(0).slice(0, 8), row(3).slice(0, 8), row(0).slice(-8)]).toEqual(['#######.', '#.###.#.', '.#######'])
  expect(row(6).slice(6, 15)).toBe('#.#.#.#.#')
  expect(modules[13]![8]).toBe(true)
})

test('a text that is too long for a screen has none', () => {
  expect(qrCode('x'.repeat(413))).toBeNull()
})
