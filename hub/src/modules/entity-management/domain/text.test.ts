import { expect, test } from 'vitest'
import { nameFault, tidyName, timeZoneNamed } from './text.ts'

test.each(['Müller', 'a', '客厅', '👨‍👩‍👧 home', 'x'.repeat(128)])('%s is a name', (name) => {
  expect(nameFault(name)).toBe(null)
})

test.each(['', '   ', 'a\u0000b', 'a\nb', 'a\u202Eb', '\uD800', 'x'.repeat(129)])('%j is no name', (name) => {
  expect(nameFault(name)).not.toBe(null)
})

test('names are stored composed and trimmed', () => {
  expect(tidyName(' Mu\u0308ller ')).toBe('M\u00fcller')
})

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['UTC', 'UTC'],
  ['Etc/GMT+3', 'Etc/GMT+3'],
  ['Europe/Atlantis', null],
  ['+01:00', null],
  ['', null],
  ['a'.repeat(65), null],
])('the time zone %s is %s', (name, zone) => {
  expect(timeZoneNamed(name)).toBe(zone)
})
