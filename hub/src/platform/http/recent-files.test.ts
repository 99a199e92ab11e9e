import { expect, it } from 'vitest'
import { RecentFiles } from './recent-files.ts'

it('keeps what was asked for most recently, up to its room in bytes', () => {
  const recent = new RecentFiles(10)
  recent.keep('a', Buffer.alloc(4, 'a'))
  recent.keep('b', Buffer.alloc(4, 'b'))
  expect(recent.get('a')?.toString()).toBe('aaaa')
  recent.keep('c', Buffer.alloc(4, 'c'))
  expect([recent.get('a'), recent.get('b'), recent.get('c')].map((content) => content?.toString())).toEqual([
    'aaaa',
    undefined,
    'cccc',
  ])
})

it('the same file twice counts once, and one larger than the room is not kept', () => {
  const recent = new RecentFiles(10)
  for (let times = 0; times < 5; times++) recent.keep('a', Buffer.alloc(6))
  recent.keep('b', Buffer.alloc(4))
  expect(recent.get('a')).toBeDefined()
  recent.keep('huge', Buffer.alloc(11))
  expect(recent.get('huge')).toBeUndefined()
})
