import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** SECURITY.md and docs/security.md tell the truth: what they name is there. */

const root = new URL('../../', import.meta.url).pathname
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const page = read('docs/security.md')

/** Attacks and points that nothing proves yet. Nothing may be added here. */
const open = new Set([
  'a claim on ordinary topics and routes',
  'a cloned identity',
  'a signing request for another name',
  'guessing of claims',
  'revoked or expired certificate',
  'a decommissioned device comes back',
  '`#`, `+`, `$SYS/#`, `$share/…`',
  'allowed and refused filters in one subscription, then a reconnect',
  'client ids `+`, `#`, `a/b`, `__proto__`',
  'a foreign will, retain',
  'ids of another tenant on every route',
  'a macrostep that runs away, a huge expression',
  'nested or huge CBOR',
  'bignum, tag 27, duplicate keys',
  'V4.4 WebSocket',
])

interface Row {
  readonly what: string
  readonly proof: string
}

const rows: Row[] = page.split('\n').flatMap((line) => {
  const cells = line.startsWith('| ') ? line.slice(2, -2).split(' | ') : []
  return cells.length < 2 || /^(---|attack|point)/.test(cells[0]!) ? [] : [{ what: cells[0]!, proof: cells.at(-1)! }]
})

/** Each `file` “title” of a text. */
function named(text: string): { file: string; title: string }[] {
  return [...text.matchAll(/`([^`]+\.test\.ts)` “([^”]+)”/g)].map(([, file = '', title = '']) => ({ file, title }))
}

describe('the security documents', () => {
  it('name tests that exist', () => {
    const tests = rows.flatMap(({ proof }) => named(proof))
    expect(tests.length).toBeGreaterThan(80)
    const missing = tests.filter(({ file, title }) => !existsSync(join(root, file)) || !read(file).includes(title))
    expect(missing).toEqual([])
  })

  it('name files that exist', () => {
    const paths = [
      ...`${page}${read('SECURITY.md')}`.matchAll(/[`(]((?:\.\.\/)?[\w./-]+\/[\w.-]+\.(?:ts|md|json))[`)]/g),
    ]
    const missing = paths
      .map(([, path = '']) => path.replace('../', ''))
      .filter((path) => !existsSync(join(root, path)))
    expect(missing).toEqual([])
  })

  it('have a test for every attack, except for those that are open', () => {
    const attacks = page.slice(page.indexOf('## Attacks'), page.indexOf('## ETSI')).split('\n')
    const bare = rows.filter(
      ({ what, proof }) => attacks.some((line) => line.startsWith(`| ${what} |`)) && named(proof).length === 0,
    )
    expect(bare.length).toBeLessThan(rows.length / 2)
    expect(bare.filter(({ what }) => !open.has(what))).toEqual([])
  })

  it('keep every point by a test, by code, or by an exclusion that is given a reason', () => {
    const unproven = rows.filter(
      ({ what, proof }) => !open.has(what) && named(proof).length === 0 && !/`[^`]+`|exclusion/.test(proof),
    )
    expect(unproven.filter(({ proof }) => !/^the agent|^TLS/.test(proof))).toEqual([])
    for (const what of open) expect(rows.find((row) => row.what === what)?.proof).toBe('open')
  })
})
