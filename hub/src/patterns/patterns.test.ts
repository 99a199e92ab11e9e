import { check } from '@sutler/engine'
import { checkPattern, formatPattern } from '@sutler/patterns'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { patternFiles, shippedPatterns } from './index.ts'

describe('the shipped patterns', () => {
  it.each(shippedPatterns.map((model) => [model.model, model] as const))('%s is proved sound', (_, model) => {
    expect(check(model)).toEqual([])
  })
})

describe('the text of the shipped patterns', () => {
  it.each(patternFiles)('%s is formatted, and nothing is to be said of it', (file) => {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8')
    expect(formatPattern(text)).toBe(text)
    expect(checkPattern(text, { models: shippedPatterns }).diagnostics).toEqual([])
  })
})
