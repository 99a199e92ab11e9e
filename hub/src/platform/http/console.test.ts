import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consolePages } from './console.ts'

let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-console-'))
  await mkdir(join(directory, 'assets'))
  await writeFile(join(directory, 'index.html'), '<script nonce="{{nonce}}"></script>')
  await writeFile(join(directory, 'assets/index-1.js'), 'plain')
  await writeFile(join(directory, 'assets/index-1.js.br'), 'brotli')
  await writeFile(join(directory, 'icon.svg'), '<svg/>')
})
afterAll(() => rm(directory, { recursive: true }))

test('every address of a page answers the page, each time with a nonce of its own', async () => {
  const pages = consolePages(directory)
  const nonces = new Set<string>()
  for (const path of ['/console/', '/console/devices/x?filter=1', '/console/..%2f..%2fetc/passwd']) {
    const answered = await pages.request(path)
    const nonce = /nonce="([\w-]+)"/.exec(await answered.text())![1]!
    expect(answered.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(answered.headers.get('cache-control')).toBe('no-store')
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(3)
})

test('assets are kept for ever, compressed as the browser takes them', async () => {
  const pages = consolePages(directory)
  const accepting = { headers: { 'accept-encoding': 'gzip, br' } }
  const compressed = await pages.request('/console/assets/index-1.js', accepting)
  expect([await compressed.text(), compressed.headers.get('content-encoding')]).toEqual(['brotli', 'br'])
  expect(compressed.headers.get('cache-control')).toContain('immutable')
  const plain = await pages.request('/console/assets/index-1.js')
  expect([await plain.text(), plain.headers.get('content-encoding')]).toEqual(['plain', null])
  const again = await pages.request('/console/assets/index-1.js', {
    headers: { 'if-none-match': plain.headers.get('etag')! },
  })
  expect(again.status).toBe(304)
})

test('an asset that is not there is not found, and no path leads out of the directory', async () => {
  const pages = consolePages(directory)
  pages.onError((error, c) => c.text(error.message, 404))
  for (const path of ['/console/assets/gone.js', '/console/assets/..%2f..%2f..%2fetc/passwd'])
    expect((await pages.request(path)).status).toBe(404)
})

test('a hub without a built console says how it is made', async () => {
  const answered = await consolePages(join(directory, 'nowhere')).request('/console/')
  expect(answered.status).toBe(503)
  expect(await answered.text()).toContain('npm run build:console')
})
