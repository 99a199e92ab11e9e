import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('every test that SPEC.md names exists, and every clause that is done names one', () => {
  const folder = new URL('./', import.meta.url)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))
  const suite = readFileSync(new URL('../../../packages/device-model/conformance/index.ts', import.meta.url), 'utf8')
  const tests = suite + files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n')
  const rows = readFileSync(new URL('../SPEC.md', folder), 'utf8').matchAll(
    /^\| (.*) \| (done|hub|not) \| (.*?) ?\|$/gm,
  )
  const named = [...rows].map(([, clause, status, name]) => ({ clause, status, name: name ?? '' }))
  expect(named.length).toBeGreaterThan(40)
  const untrue = named.filter(
    ({ status, name }) =>
      (status === 'done') !==
      (name !== '' &&
        new RegExp(`test(\\.each\\([\\s\\S]{0,900}?\\))?\\(\\s*'${name.replaceAll(/[$.()?*+]/g, '\\$&')}'`).test(
          tests,
        )),
  )
  expect(untrue).toEqual([])
})
