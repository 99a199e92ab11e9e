import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** SECURITY.md, docs/security.md and the pages below it tell the truth: what they name is there, and nothing is left out. */

const root = new URL('../../', import.meta.url).pathname
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const main = read('docs/security.md')
const asvs = read('docs/security/asvs.md')
const pages = [main, asvs, read('docs/security/inventory.md'), read('SECURITY.md')].join('\n')

/** Points that nothing keeps yet, or not wholly. Nothing may be added here. */
const open = [
  ['5.2-3', '5.6-7', '5.7-2', '5.11-2', '6-6'],
  ['6.2.4', '6.2.12', '6.3.3', '11.2.2', '14.2.4', '15.2.1'],
].flat()

/** How many requirements of level 1 and 2 each section of ASVS 5.0.0 has, by chapter; their numbers have no gaps. */
const requirementCounts = [
  [2, 9, 11, 3, 2],
  [3, 3, 4, 1],
  [0, 2, 4, 6, 5, 0, 2],
  [3, 1, 2, 4],
  [1, 3, 2, 3],
  [3, 12, 4, 4, 5, 3, 0, 4],
  [3, 4, 2, 5, 2, 2],
  [2, 3, 1, 1],
  [3, 4],
  [2, 2, 4, 11, 5, 2, 3],
  [2, 3, 3, 4, 1, 1],
  [3, 2, 4],
  [1, 5, 2, 5],
  [2, 4, 3],
  [3, 3, 7],
  [1, 5, 4, 3, 3],
  [1, 4, 2],
]
const asvsSections = requirementCounts.flatMap((counts, chapter) =>
  counts.map((most, section) => [`${chapter + 1}.${section + 1}`, most] as const),
)

/** How many provisions each section of EN 303 645 V3.1.3 has, and which numbers are there twice or with a letter beside. */
const provisions = [1, 5, 3, 16, 4, 8, 9, 2, 3, 3, 1, 4, 3, 1].map((most, i) => [`5.${i}`, most] as const)
const lettered: Readonly<Record<string, readonly string[]>> = {
  '5.1-2': ['5.1-2', '5.1-2A'],
  ...Object.fromEntries(['5.3-4', '5.3-6', '5.3-15', '5.6-4', '5.13-1', '6-3'].map((id) => [id, [`${id}A`, `${id}B`]])),
}

interface Row {
  readonly what: string
  readonly proof: string
}

function rowsOf(page: string): Row[] {
  return page.split('\n').flatMap((line) => {
    const cells = line.startsWith('| ') ? line.slice(2, -2).split(' | ') : []
    return cells.length < 2 || /^(---|attack|fault|point)/.test(cells[0]!)
      ? []
      : [{ what: cells[0]!, proof: cells.at(-1)! }]
  })
}

const [before, after] = [main.indexOf('## ETSI'), main.indexOf('## OWASP')]
const attacks = rowsOf(main.slice(main.indexOf('## Attacks'), before))
const etsi = rowsOf(main.slice(before, after))
const classes = rowsOf(main.slice(after))
const requirements = rowsOf(asvs)

/** Each `file` “title” of a text; a title may have quotes of its own in it. */
function named(text: string): { file: string; title: string }[] {
  return [...text.matchAll(/`([^`]+\.test\.ts)` “(.+?)”(?=;|,| \(| \||$)/gm)].map(([, file = '', title = '']) => ({
    file,
    title,
  }))
}

function numbered(sections: readonly (readonly [string, number])[], sign: string): string[] {
  return sections.flatMap(([section, most]) => Array.from({ length: most }, (_, i) => `${section}${sign}${i + 1}`))
}

describe('the security documents', () => {
  it('name tests that exist', () => {
    const tests = named(pages)
    expect(tests.length).toBeGreaterThan(250)
    const missing = tests.filter(({ file, title }) => !existsSync(join(root, file)) || !read(file).includes(title))
    expect(missing).toEqual([])
  })

  it('name files that exist', () => {
    const paths = [...pages.matchAll(/[`(]((?:\.\.\/)?[\w./-]+\/[\w.-]+\.(?:ts|js|md|json))(?:#[\w-]+)?[`)]/g)]
    const missing = paths
      .map(([, path = '']) => path.replace('../', ''))
      .filter((path) => ![path, `docs/${path}`].some((each) => existsSync(join(root, each))))
    expect(missing).toEqual([])
  })

  it('have a test for every attack', () => {
    expect(attacks.length).toBeGreaterThan(55)
    expect(attacks.filter(({ proof }) => named(proof).length === 0)).toEqual([])
  })

  it('leave out no requirement of ASVS 5.0.0, levels 1 and 2, and no provision of EN 303 645 V3.1.3', () => {
    expect(requirements.map(({ what }) => what)).toEqual(numbered(asvsSections, '.'))
    expect(etsi.map(({ what }) => what)).toEqual(
      numbered([...provisions, ['6', 8]], '-').flatMap((id) => lettered[id] ?? [id]),
    )
  })

  it('keep every point by a test, by code, or by an exclusion that is given a reason; what is open is known', () => {
    const points = [...etsi, ...requirements, ...classes]
    const bare = points.filter(({ proof }) => !/`[^`]+`|exclusion|open: |^the same|^this table/.test(proof))
    expect(bare).toEqual([])
    expect(points.filter(({ proof }) => proof.includes('exclusion') && !/exclusion[^:]*: ?\w/.test(proof))).toEqual([])
    expect([...etsi, ...requirements].filter(({ proof }) => /\bopen: /.test(proof)).map(({ what }) => what)).toEqual(
      open,
    )
  })
})
