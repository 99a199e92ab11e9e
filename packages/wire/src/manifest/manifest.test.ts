import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalManifest, checkPaths, limits, parseManifest } from '../index.ts'
import { refusalOf, wireErrorOf } from '../test/outcome.ts'
import type { Manifest, WireError } from '../index.ts'

const digest = 'ab'.repeat(32)

function withPaths(...paths: string[]): Manifest {
  const files = paths.map((path) => ({ path, size: 3, digest, mode: 0o644 }))
  return { service: 'tv-guide', version: '1.0.0', component: 'app', restart: 'none', health: null, files }
}

function refusal(text: string): WireError {
  return refusalOf(() => parseManifest(text))
}

const bad: [string, string, string][] = [
  ['', 'empty', 'the path is empty'],
  ['/etc/passwd', 'absolute', 'absolute'],
  ['C:/windows', 'absolute', 'absolute'],
  ['../up', 'segment', '..'],
  ['a/../b', 'segment', '..'],
  ['a/./b', 'segment', 'a . segment'],
  ['a//b', 'segment', 'empty segment'],
  ['a/', 'segment', 'empty segment'],
  ['a\\b', 'backslash', 'backslash'],
  ['a\u0000b', 'control-character', 'NUL'],
  ['a\nb', 'control-character', 'control'],
  ['a\u0085b', 'control-character', 'control'],
  ['file.txt:stream', 'colon', 'colon'],
  ['e\u0301', 'not-nfc', 'normalisation'],
  ['\ud800', 'not-text', 'surrogate'],
  ['con', 'device-name', 'device'],
  ['lib/NUL.txt', 'device-name', 'device'],
  ['com¹.log', 'device-name', 'device'],
  ['aux .c', 'device-name', 'device'],
  ['dir./file', 'trailing', 'dot or space'],
  ['file ', 'trailing', 'dot or space'],
  ['...', 'trailing', 'dot or space'],
  [`${'ü'.repeat(256)}x`, 'too-long', '512'],
  ['x'.repeat(256), 'too-long', 'segment'],
  [`${'a/'.repeat(32)}b`, 'too-deep', '32'],
]

describe('paths of a component', () => {
  test.each(bad)('%j is refused as %s', (path, code, detail) => {
    expect(checkPaths(['good/file.js', path])).toEqual([{ path, code, detail: expect.stringContaining(detail) }])
  })

  test.each([
    ['a/b.txt', 'A/c.txt'],
    ['Readme', 'README'],
    ['straße', 'STRASSE'],
    ['a', 'a/b'],
    ['a/b', 'A'],
    ['a/b/c', 'a/B'],
    ['Σ', 'ς'],
    ['git', 'g\u200cit'],
  ])('%j and %j collide', (one, other) => {
    expect(checkPaths([one, other])).toEqual([{ path: other, code: 'collision', detail: expect.any(String) }])
    expect(checkPaths([other, one])).toHaveLength(1)
  })

  test('a path twice is a duplicate', () => {
    expect(checkPaths(['a', 'b', 'a'])).toEqual([{ path: 'a', code: 'duplicate', detail: 'it is listed twice' }])
  })

  test.each([
    '.gitignore',
    'a/b/c.min.js',
    'Übergröße/文件.txt',
    'console',
    'com10',
    '[id]@1.0 (copy).js',
    '..a',
    'a..b',
  ])('%j is good', (path) => expect(checkPaths([path])).toEqual([]))

  test('more files than a component may have are one finding', () => {
    const paths = Array.from({ length: limits.filesPerComponent + 1 }, (_, index) => `f${index}`)
    expect(checkPaths(paths)).toMatchObject([{ code: 'too-many', path: 'f4096' }])
    expect(checkPaths(paths.slice(1))).toEqual([])
  })

  test('no path that is accepted leaves the directory, whatever the text', () => {
    const piece = fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '\u0000', ' ', '…', 'é', 'nul')
    const path = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(path, (text) => {
        if (checkPaths([text]).length > 0) return
        const resolved = new URL(encodeURIComponent(text).replaceAll('%2F', '/'), 'file:///root/component/').pathname
        expect(resolved.startsWith('/root/component/')).toBe(true)
        expect(resolved).not.toBe('/root/component/')
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a manifest', () => {
  test('is read back from its canonical text, whatever the order of its files', () => {
    const manifest: Manifest = {
      ...withPaths('z', 'a/b', 'ä', 'Y'),
      restart: 'device',
      health: { run: ['node', 'check.js'], timeoutSeconds: 30 },
    }
    const text = canonicalManifest(manifest)
    expect(parseManifest(text).files.map((file) => file.path)).toEqual(['Y', 'a/b', 'z', 'ä'])
    expect(canonicalManifest(parseManifest(text))).toBe(text)
    expect(text.slice(0, 120)).toBe(
      '{"service":"tv-guide","version":"1.0.0","component":"app","restart":"device","health":{"run":["node","check.js"],"timeou',
    )
  })

  test('says what it is to a device without our agent, and how that names it, only where it is not as usual', () => {
    const usual = withPaths('a')
    expect(canonicalManifest(usual)).not.toMatch(/role|reports/)
    const image: Manifest = { ...usual, role: 'firmware', reports: { version: '', name: 'release-7' } }
    const text = canonicalManifest(image)
    expect(text).toContain('"health":null,"role":"firmware","reports":{"name":"release-7","version":""},"files"')
    expect(parseManifest(text)).toEqual({ ...image, reports: { name: 'release-7', version: '' } })
    for (const [from, to] of [
      ['"firmware"', '"files"'],
      ['"firmware"', 'null'],
      ['"name":"release-7"', '"name":""'],
      ['"name":"release-7","version":""', ''],
      ['{"name":"release-7","version":""}', 'null'],
    ] as const)
      expect(refusal(text.replace(from, to)).code).toBe('invalid-manifest')
  })

  test.each(bad)('with the path %j is refused by name', (path, _, detail) => {
    const error = refusal(canonicalManifest(withPaths('good', path)))
    expect(error.code).toBe('invalid-manifest')
    expect(error.where).toMatch(/^files\.[01]\.path$/)
    expect(error.message).toContain(JSON.stringify(path))
    expect(error.message).toContain(detail)
  })

  const good = canonicalManifest(withPaths('a', 'b'))

  test.each([
    [
      'other key order',
      good.replace('"service":"tv-guide","version":"1.0.0"', '"version":"1.0.0","service":"tv-guide"'),
    ],
    ['white space', `${good} `],
    ['an unknown key', good.replace('{', '{"x":1,')],
    ['a key twice', good.replace('{', '{"service":"x",')],
    ['files out of order', good.replace('"a"', '"c"')],
    ['a size of -0', good.replace('"size":3', '"size":-0')],
    ['a size of 3.0', good.replace('"size":3', '"size":3.0')],
    ['a negative size', good.replace('"size":3', '"size":-3')],
    ['a size that is not whole', good.replace('"size":3', '"size":3.5')],
    ['a huge size', good.replace('"size":3', '"size":1e300')],
    ['an upper-case digest', good.replace(digest, digest.toUpperCase())],
    ['a setuid mode', good.replace('"mode":420', '"mode":2541')],
    ['an unknown restart', good.replace('"none"', '"maybe"')],
    ['a health check without command', good.replace('null', '{"run":[],"timeoutSeconds":1}')],
    ['no JSON', good.slice(1)],
    ['a number', '7'],
    ['100,000 levels', '['.repeat(100_000)],
  ])('with %s is refused', (_, text) => {
    expect(text).not.toBe(good)
    expect(refusal(text).code).toBe('invalid-manifest')
  })

  test('survives 2,000 random edits as a typed error or a canonical manifest', () => {
    const edit = fc.record({ at: fc.nat(good.length), cut: fc.nat(4), put: fc.string({ maxLength: 4 }) })
    fc.assert(
      fc.property(edit, ({ at, cut, put }) => {
        const text = good.slice(0, at) + put + good.slice(at + cut)
        const accepted = wireErrorOf(() => parseManifest(text)) === null
        expect(!accepted || canonicalManifest(parseManifest(text)) === text).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
