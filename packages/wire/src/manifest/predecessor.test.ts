import { describe, expect, test } from 'vitest'
import { predecessorOf } from './predecessor.ts'

const file = (path: string, size = 100) => ({ path, size, digest: path, mode: 420 })

describe('the file that another was made from', () => {
  test.each([
    ['is the one at its path', 'a/b.js', ['a/c.js', 'a/b.js', 'a/b-1.js'], 'a/b.js'],
    ['has its name but for the version', 'lib/app-1.3.0.so', ['lib/app.so', 'lib/app-1.2.10.so'], 'lib/app-1.2.10.so'],
    [
      'has its name but for the digest of a build',
      'main.3f2a9c1b.css',
      ['main.7e6d5c4b.css', 'main.css'],
      'main.7e6d5c4b.css',
    ],
    ['has its name in another directory', 'new/deep/app.js', ['old/app.js', 'old/other.js'], 'old/app.js'],
    ['is none where no name is alike', 'app.js', ['main.js', 'app.css'], undefined],
    ['is not one whose words only look like a digest', 'facade.js', ['decade.js'], undefined],
  ])('%s', (_what, path, older, found) => {
    expect(
      predecessorOf(
        file(path),
        older.map((each) => file(each)),
      )?.path,
    ).toBe(found)
  })

  test('is of several the nearest in size, else the first by name', () => {
    const older = [file('x-3.js', 10), file('x-1.js', 90), file('x-2.js', 110)]
    expect(predecessorOf(file('x-9.js'), older)?.path).toBe('x-1.js')
  })
})
