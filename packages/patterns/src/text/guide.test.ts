import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkPattern } from './check.ts'
import { formatPattern } from './format.ts'

const page = readFileSync(new URL('../../../../docs/guide/patterns.md', import.meta.url), 'utf8')

describe('the guide to the language', () => {
  it('is itself one pattern, sound and in the usual form', () => {
    const text = [...page.matchAll(/```pattern\n([\s\S]*?)```/g)].map(([, block]) => block).join('\n')
    expect(checkPattern(text).diagnostics).toEqual([])
    expect(formatPattern(text)).toBe(text)
  })

  it('lists every code of a mistake of writing', () => {
    const golden = readFileSync(new URL('diagnostics.golden.txt', import.meta.url), 'utf8')
    const tables = page + readFileSync(new URL('../../../../docs/engine.md', import.meta.url), 'utf8')
    const said = [...golden.matchAll(/ \[([a-z-]+)\]$/gm)].map(([, code]) => code!)
    const unlisted = [...new Set(said)].filter((code) => !tables.includes(`\`${code}\``))
    expect(unlisted).toEqual([])
  })
})
