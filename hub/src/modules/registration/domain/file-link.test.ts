import { createSecretKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { fileLinkQuery, readFileLink } from './file-link.ts'

const key = createSecretKey(Buffer.alloc(32, 7))
const manifest = 'ab'.repeat(32)
const query = fileLinkQuery(key, 'dev-00000001', manifest, 1000)

test('a link says whose it is and when it ends', () => {
  expect(readFileLink(key, manifest, query)).toEqual({ device: 'dev-00000001', expires: 1000 })
})

test.each([
  ['another manifest', 'cd'.repeat(32), query],
  ['another device', manifest, query.replace('dev-00000001', 'dev-00000002')],
  ['a later end', manifest, query.replace('e=1000', 'e=9999')],
  ['another code', manifest, query.slice(0, -2) + (query.at(-2) === 'A' ? 'B' : 'A') + query.at(-1)],
  ['more parameters', manifest, `${query}&x=1`],
  ['fewer parameters', manifest, 'd=dev-00000001&e=1000'],
  ['nothing', manifest, ''],
])('a link with %s is none', (_, digest, text) => {
  expect(readFileLink(key, digest, text)).toBe(null)
})

test('another hub’s secret does not fit', () => {
  expect(readFileLink(createSecretKey(Buffer.alloc(32, 8)), manifest, query)).toBe(null)
})
