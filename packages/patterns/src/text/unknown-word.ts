import type { Cursor } from './cursor.ts'
import { clipped } from './source.ts'

const rough = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*/uy

/** Reports a first word that is none of the language. `more` are other ways to write some of them. */
export function reportUnknownWord(cursor: Cursor, words: readonly string[], more: readonly string[] = []): never {
  if (cursor.startsWith('#') || cursor.startsWith('/*') || cursor.startsWith('--'))
    return cursor.fail('bad-comment', cursor.at, cursor.end, 'a comment begins with //', { expected: ['//'] })
  rough.lastIndex = cursor.at
  const found = rough.exec(cursor.source.text)?.[0] ?? ''
  const known = [...words, ...more]
  if (found === '') return cursor.unexpected(words, known)
  const message = `unknown word ${clipped(found)}, expected one of ${words.join(', ')}`
  return cursor.fail('unknown-word', cursor.at, cursor.at + found.length, message, { expected: words, found, known })
}
