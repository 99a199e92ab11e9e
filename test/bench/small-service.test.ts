import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { smallService } from './small-service.ts'

it('the small service is 100 KB in three files, the same at every run, new in every version', () => {
  const one = smallService()
  expect([...one.files.values()].reduce((sum, content) => sum + content.length, 0)).toBe(102_400)
  expect(one.files.size).toBe(3)
  for (const [digest, content] of one.files) expect(createHash('sha256').update(content).digest('hex')).toBe(digest)
  expect(smallService()).toEqual(one)
  const two = smallService('bench', '1.1.0')
  expect([...two.files.keys()].filter((digest) => one.files.has(digest))).toEqual([])
})
