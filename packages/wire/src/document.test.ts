import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renewDocument } from './test/document.ts'

test('docs/reference/native-protocol.md has the bytes, limits and errors of the code', () => {
  const document = readFileSync(new URL('../../../docs/reference/native-protocol.md', import.meta.url), 'utf8')
  // To renew it: npm run generate
  expect(document).toBe(renewDocument(document))
})
