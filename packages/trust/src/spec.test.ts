import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorCodes } from './errors.ts'

const folder = new URL('./', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const textOf = (wanted: (file: string) => boolean): string =>
  files
    .filter(wanted)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n')
const tests = textOf((file) => file.endsWith('.test.ts'))
const spec = readFileSync(new URL('../SPEC.md', folder), 'utf8')

test('every test that SPEC.md names exists, and every clause that is done names one', () => {
  const rows = spec.matchAll(/^\| (.*) \| (done|agent|hub|left out) \| (.*?) ?\|$/gm)
  const named = [...rows].map(([, clause, status, name]) => ({ clause, status, name: name ?? '' }))
  expect(named.length).toBeGreaterThan(60)
  const exists = (name: string): boolean => tests.includes(`'${name}'`) || tests.includes(`"${name}"`)
  const untrue = named.filter(({ status, name }) => (status === 'done') !== (name !== '' && exists(name)))
  expect(untrue).toEqual([])
})

test('SPEC.md lists the errors of the code', () => {
  const listed = [...spec.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, code, meaning]) => [code, meaning])
  expect(listed).toEqual(Object.entries(errorCodes))
})

test('every error of the list is raised somewhere, and a test shows it', () => {
  const code = textOf((file) => !file.endsWith('.test.ts') && !file.startsWith('test/') && file !== 'errors.ts')
  const codes = Object.keys(errorCodes)
  expect(codes.filter((name) => !code.includes(`'${name}'`))).toEqual([])
  expect(codes.filter((name) => !new RegExp(`['\`: ]${name}['\`]`).test(tests))).toEqual([])
})
