import { expect, test } from 'vitest'
import { weakness } from './weak-password.ts'

test.each([
  ['password1234', 'tried first'],
  ['Password-1234', 'tried first'],
  ['Correct Horse Battery Staple', 'tried first'],
  ['aaaaaaaaaaaaaaa', 'few characters'],
  ['anne73anne73anne73', 'one short part'],
  ['abcdefghijklmnop', 'row of keys'],
  ['9876543210987', 'row of keys'],
  ['qwertzuiopasdfg', 'row of keys'],
  ['anna.meier@home', 'name of the account'],
  ['Anna Meier Home', 'name of the account'],
  ['Sutler-Operator-2026', 'anybody would try'],
  ['anna+meier+sutler', 'anybody would try'],
  ['meier password', 'anybody would try'],
])('“%s” is weak', (password, why) => {
  expect(weakness(password, 'anna.meier@home')).toContain(why)
})

test.each([
  'anna long password',
  'password of my neighbour',
  'correct horse battery',
  'only lower case letters',
  '739104826351',
  'ünïcödé ist schön',
  '🦊🐍🐝🦉🐢🦀🐳🦔🐌🦋🐙🐧',
])('“%s” is taken: there are no rules about which characters a password has', (password) => {
  expect(weakness(password, 'anna')).toBe(null)
})
