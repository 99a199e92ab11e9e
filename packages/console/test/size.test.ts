import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const dist = fileURLToPath(new URL('../dist', import.meta.url))

test('what a first visit loads before any page is at most 200 kB compressed', () => {
  const index = readFileSync(join(dist, 'index.html'), 'utf8')
  const loaded = [...index.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, path]) => path!)
  expect(loaded.length).toBeGreaterThan(1)
  const sizes = loaded.map(
    (path) => statSync(join(dist, `${path}.gz`), { throwIfNoEntry: false })?.size ?? statSync(join(dist, path)).size,
  )
  expect(sizes.reduce((sum, size) => sum + size, index.length)).toBeLessThanOrEqual(200_000)
})

test('nothing in the build names an address outside the hub that a page would load', () => {
  for (const name of readdirSync(join(dist, 'assets')).filter((each) => /\.(?:css|html)$/.test(each)))
    expect(readFileSync(join(dist, 'assets', name), 'utf8')).not.toMatch(/url\(["']?(?:https?:)?\/\//)
})
