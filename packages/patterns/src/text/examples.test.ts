import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkPattern } from './check.ts'
import { formatPattern } from './format.ts'
import { readPattern } from './read.ts'

const folder = new URL('../../../../examples/patterns/', import.meta.url)
const shipped = new URL('../../../../hub/src/patterns/', import.meta.url)
const files = filesOf(folder)

function filesOf(from: URL): readonly (readonly [file: string, text: string])[] {
  const names = readdirSync(from).filter((name) => name.endsWith('.pattern'))
  return names.map((name) => [name, readFileSync(new URL(name, from), 'utf8')])
}

describe('the example patterns', () => {
  const models = [...files, ...filesOf(shipped)].flatMap(([, text]) => readPattern(text).document ?? [])
  it.each(files)('%s is sound and formatted', (file, text) => {
    // A model of another house, which is not among the examples.
    const known = file === 'maintenance-window.pattern' ? {} : { models }
    expect(checkPattern(text, known).diagnostics).toEqual([])
    expect(formatPattern(text)).toBe(text)
  })

  it('there are some', () => {
    expect(files.length).toBeGreaterThanOrEqual(4)
  })

  it('the one of the documentation begins as the document there', () => {
    const page = readFileSync(new URL('../../../../docs/engine.md', import.meta.url), 'utf8')
    const documented = JSON.parse(/```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as object
    const text = files.find(([name]) => name === 'deliver.pattern')?.[1] ?? ''
    const { transitions, ...rest } = readPattern(text).document!
    expect(documented).toMatchObject(rest)
    for (const transition of (documented as { transitions: unknown[] }).transitions)
      expect(transitions).toContainEqual(transition)
  })
})
