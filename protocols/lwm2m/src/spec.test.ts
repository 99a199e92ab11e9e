import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('every test that SPEC.md names exists, and every clause that is done names one', () => {
  const folder = new URL('./', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))
  const suite = new URL('../../../packages/device-model/conformance/cases/', import.meta.url)
  const cases = readdirSync(suite).map((file) => readFileSync(new URL(file, suite), 'utf8'))
  const tests = [...files.map((file) => readFileSync(new URL(file, folder), 'utf8')), ...cases].join('\n')
  const rows = readFileSync(new URL('../SPEC.md', folder), 'utf8').matchAll(
    /^\| (.*) \| (done|hub|hand|not done) \| (.*?) ?\|$/gm,
  )
  const named = [...rows].map(([, clause, status, name]) => ({ clause, status, name: name ?? '' }))
  expect(named.length).toBeGreaterThan(30)
  const untrue = named.filter(({ status, name }) => status === 'done' && (name === '' || !tests.includes(`'${name}'`)))
  expect(untrue).toEqual([])
})
