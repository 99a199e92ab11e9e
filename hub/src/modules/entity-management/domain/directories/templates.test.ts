import { assert, property, string } from 'fast-check'
import { FilterParser } from 'ldapts'
import { expect, test } from 'vitest'
import { filledUrl, ldapFilter, pointedAt } from './templates.ts'

test('whatever is typed is one value of the filter, and nothing else of it', () => {
  const shape = (text: string) => {
    const parsed = FilterParser.parseString(ldapFilter('(&(objectClass=person)(mail={q}))', text))
    return (parsed as unknown as { filters: { attribute: string; value: unknown }[] }).filters
  }
  assert(
    property(string({ unit: 'binary', minLength: 1 }), (text) => {
      const [kind, mail, ...more] = shape(text)
      expect([kind!.attribute, mail!.attribute, more]).toEqual(['objectClass', 'mail', []])
      expect(String(mail!.value)).toBe(text)
    }),
  )
  expect(ldapFilter('(cn=*{q}*)', '*)(uid=*')).toBe('(cn=*\\2a\\29\\28uid=\\2a*)')
})

test('whatever is typed is one value of the address', () => {
  const url = filledUrl('https://x.example/people?q={q}&n=1', 'q', 'a&admin=1#/../{q}')
  expect(new URL(url).searchParams.get('q')).toBe('a&admin=1#/../{q}')
  expect(new URL(url).searchParams.get('n')).toBe('1')
  expect(new URL(filledUrl('https://x.example/people/{id}', 'id', '../secret')).pathname).toBe('/people/..%2Fsecret')
})

test('a pointer leads to own members only', () => {
  expect(pointedAt({ a: [{ 'b/c': 1 }] }, '/a/0/b~1c')).toBe(1)
  expect([pointedAt({}, '/constructor'), pointedAt('text', '/length'), pointedAt(null, '/a')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
