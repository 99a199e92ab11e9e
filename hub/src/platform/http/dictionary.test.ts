import { expect, test } from 'vitest'
import { offeredDictionary } from './dictionary.ts'

const digest = '00ff'.repeat(16)
const named = `:${Buffer.from(digest, 'hex').toString('base64')}:`
const offered = (available?: string, accepted?: string) =>
  offeredDictionary({ 'available-dictionary': available, 'accept-encoding': accepted })

test.each(['dcz', 'gzip, DCZ', 'br;q=0.5, dcz;q=0.1', ' dcz ; q=1.0 '])(
  'a file is offered with the coding %s',
  (accepted) => {
    expect(offered(named, accepted)).toBe(digest)
  },
)

test.each([
  ['no coding', named, undefined],
  ['another coding', named, 'zstd, dcb'],
  ['any coding', named, '*'],
  ['a refused coding', named, 'dcz;q=0'],
  ['a refused coding, at length', named, 'dcz;q=0.000'],
  ['no file', undefined, 'dcz'],
  ['a text in its place', `"${digest}"`, 'dcz'],
  ['a digest that is too short', ':AAAA:', 'dcz'],
  ['two digests', `${named}, ${named}`, 'dcz'],
])('%s offers none', (_what, available, accepted) => {
  expect(offered(available, accepted)).toBeNull()
})
