import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clausesNamed, clausesOf } from './clauses.ts'
import { titlesOf } from './titles.ts'

const root = new URL('../../', import.meta.url).pathname
const page = readFileSync(`${root}docs/engine.md`, 'utf8')

/** Clause → the files whose tests name it. */
function namedClauses(): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>()
  const files = globSync('{packages,hub,test,agent,protocols,simulators}/**/*.test.ts', {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  })
  for (const file of files) {
    const text = readFileSync(`${root}${file}`, 'utf8')
    if (!text.includes('semantics ')) continue
    for (const clause of titlesOf(file, text).flatMap(clausesNamed)) {
      named.set(clause, (named.get(clause) ?? new Set()).add(file))
    }
  }
  return named
}

describe('the clauses of docs/engine.md', () => {
  const clauses = clausesOf(page)
  const named = namedClauses()

  it('are all found, each once', () => {
    expect(clauses.length).toBeGreaterThan(100)
    expect(new Set(clauses).size).toBe(clauses.length)
    expect(clauses).toEqual(expect.arrayContaining(['2.1', '2.12', '2, errors', '2, macrostep', '2, numbers of steps']))
    expect(clauses).toEqual(expect.arrayContaining(['3.1', '5.12', '9, deadlock', '10, order', '11, runaway']))
  })

  it('are each named by a test', () => {
    expect(clauses.filter((clause) => !named.has(clause))).toEqual([])
  })

  it('are the only ones that tests name', () => {
    const strange = [...named].filter(([clause]) => !clauses.includes(clause))
    expect(strange.map(([clause, files]) => `${clause}: ${[...files].join(', ')}`)).toEqual([])
  })
})

describe('the scan', () => {
  it('reads names of tests, of templates and of tables', () => {
    const text = `
      it('semantics 2.6: one', () => {})
      it(\`semantics 2.7, semantics 9, deadlock: \${two}\`, () => {})
      it.each([['runaway', 1], ['too-deep', 2]])('semantics 11, %s: %j', () => {})
      other('semantics 2.1')`
    expect(titlesOf('a.test.ts', text).flatMap(clausesNamed)).toEqual([
      '2.6',
      '2.7',
      '9, deadlock',
      '11, runaway',
      '11, too-deep',
    ])
  })

  it('takes no whole section for a clause', () => {
    expect(clausesNamed('semantics 9: everything')).toEqual([])
  })
})
