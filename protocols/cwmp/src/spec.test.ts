import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('every test that SPEC.md names exists, and every clause that is done names one', () => {
  const root = new URL('../', import.meta.url)
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  const suites = files.filter((file) => file.endsWith('.test.ts'))
  const tests = suites.map((file) => readFileSync(new URL(file, root), 'utf8')).join('\n')
  const rows = readFileSync(new URL('SPEC.md', root), 'utf8').matchAll(/^\| (.*) \| (done|hub|not) \| (.*?) ?\|$/gm)
  const named = [...rows].map(([, clause, status, name]) => ({ clause, status, name: name ?? '' }))
  expect(named.length).toBeGreaterThan(50)
  const untrue = named.filter(({ status, name }) => status === 'done' && (name === '' || !tests.includes(`'${name}'`)))
  expect(untrue).toEqual([])
  expect(named.filter(({ status, name }) => status !== 'done' && name === '')).toEqual([])
})
