import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../../', import.meta.url)
/** With the real client and the whole hub. */
const outside = ['test/interop/swupdate.test.ts', 'test/journeys/devices/ddi.test.ts']

test('every test that SPEC.md names exists, and every clause that is done names one', () => {
  const folder = new URL('./', import.meta.url)
  const own = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))
  const files = [...own.map((file) => new URL(file, folder)), ...outside.map((file) => new URL(file, root))]
  const tests = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, 'utf8'))
  const rows = readFileSync(new URL('../SPEC.md', folder), 'utf8').matchAll(
    /^\| (.*) \| (done|hub|not offered[^|]*) \| (.*?) ?\|$/gm,
  )
  const named = [...rows].map(([, clause, status, name]) => ({ clause, status, name: name ?? '' }))
  expect(named.length).toBeGreaterThan(25)
  const untrue = named.filter(
    ({ status, name }) => (status === 'done') !== (name !== '' && tests.some((text) => text.includes(`('${name}'`))),
  )
  expect(untrue).toEqual([])
})
