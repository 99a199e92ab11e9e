import { readdirSync, readFileSync } from 'node:fs'
import { compileModel, simulate, type SimulationLine } from '@sutler/engine'
import { describe, expect, it } from 'vitest'
import { fromScxml } from '../from-scxml.ts'
import { w3cMarkdown } from './markdown.ts'
import { type ScriptStep, w3cTests } from './table.ts'

const documents = w3cTests.flatMap(({ test, clause, documents: named }) =>
  Object.entries(named).map(([name, script]) => ({ test, clause, name, script })),
)
/** Names, the start, and `*` for events that the document does not name: nothing of it changes what these documents do. */
const harmless = new Set(['renamed', 'needs-start', 'wildcard'])

describe('the tests of the W3C for SCXML', () => {
  it.each(documents)('test $name (clause $clause) passes', ({ name, script }) => {
    const { model, losses } = fromScxml(documentOf(name))
    expect(losses.filter(({ code }) => !harmless.has(code))).toEqual([])
    const started = losses.some(({ code }) => code === 'needs-start') ? ['start', ...script] : script
    const lines = [...simulate(compileModel(model), started.map(lineOf))]
    expect(lines.findLast(({ outcome }) => outcome !== 'rejected')?.states, trace(lines)).toEqual(['pass'])
    expect(lines.some(({ outcome }) => outcome === 'failed')).toBe(false)
  })

  it('are listed in the table, each once and in order', () => {
    const numbers = w3cTests.map(({ test }) => test)
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
    expect(numbers).toHaveLength(200)
  })

  it('are in the documentation as they are in the table', () => {
    const page = readFileSync(new URL('../../../../../docs/reference/scxml.md', import.meta.url), 'utf8')
    expect(page).toContain(w3cMarkdown())
  })

  it('have a document or a reason, and every document is in the table', () => {
    for (const { documents: named, leftOut } of w3cTests) {
      expect(Object.keys(named).length > 0).toBe(leftOut === null)
      expect(leftOut?.length ?? Infinity).toBeGreaterThan(15)
    }
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.scxml'))
    expect(files.toSorted()).toEqual(documents.map(({ name }) => `test-${name}.scxml`).toSorted())
  })

  it('are named in their documents with the clause', () => {
    for (const { name, clause } of documents)
      expect(documentOf(name)).toContain(`W3C SCXML test ${name}, clause ${clause}:`)
  })
})

function documentOf(name: string): string {
  return readFileSync(new URL(`test-${name}.scxml`, import.meta.url), 'utf8')
}

function lineOf(step: ScriptStep): string {
  return JSON.stringify(typeof step === 'string' ? { signal: step } : step)
}

function trace(lines: readonly SimulationLine[]): string {
  return lines
    .map(({ signal, outcome, states, data }) => `${signal} ${outcome} ${states.join()} ${JSON.stringify(data)}`)
    .join('\n')
}
