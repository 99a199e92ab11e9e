import { describe, expect, it } from 'vitest'
import { checkPattern } from './check.ts'
import { describeDiagnostic } from './describe.ts'

function described(text: string, code: string): string {
  const diagnostic = checkPattern(text).diagnostics.find((each) => each.code === code)!
  return describeDiagnostic(diagnostic, text, 'a/m.pattern')
}

describe('a diagnostic for the terminal', () => {
  it('shows the line, and carets below the place', () => {
    expect(described('model m 1.0.0\nstates queued (initial), b (final)\non go: qeued -> b\n', 'unknown-state')).toBe(
      [
        'a/m.pattern:3:8: error: unknown state qeued, did you mean queued? [unknown-state]',
        ' 3 | on go: qeued -> b',
        '   |        ^^^^^',
      ].join('\n'),
    )
  })

  it('shows the way to the states that it speaks of', () => {
    expect(described('model m 1.0.0\nstates a (initial), b, c (final)\non go: a -> b\n', 'deadlock')).toBe(
      [
        'a/m.pattern:2:21: error: no signal leaves the states b [deadlock]',
        ' 2 | states a (initial), b, c (final)',
        '   |                     ^',
        '    after go ("go"): b',
      ].join('\n'),
    )
  })

  it('shows of a long line what stands around the place, and obeys no control character', () => {
    const text = `model m 1.0.0\nstates a (initial), b (final)\non go: a -> b\n  task x(a: '\u001B[31m${'y'.repeat(300)}' wrong)\n`
    const [, line, carets] = described(text, 'unexpected').split('\n')
    expect(line).toMatch(/^ 4 \| …y{59}' wrong\)$|^ 4 \| …y+' wrong\)$/)
    expect(carets?.indexOf('^')).toBe(line?.indexOf('wrong'))
    expect(described('model m 1.0.0 "\u001B[31m', 'unclosed-text')).not.toContain('\u001B')
  })
})
