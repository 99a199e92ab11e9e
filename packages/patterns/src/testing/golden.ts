import type { CheckOptions } from '@sutler/engine'
import { checkPattern } from '../text/check.ts'
import { describeDiagnostic } from '../text/describe.ts'

/** A wrong text, and all that is said of it. */
export interface GoldenCase {
  readonly title: string
  readonly text: string
  readonly said: string
}

/** Cases of a file: `=== title`, the text, `---`, what is said. */
export function goldenCases(file: string): GoldenCase[] {
  return file
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [, title = '', text = '', said = ''] = /^(.*)\n([\s\S]*?)^---\n([\s\S]*)$/m.exec(part) ?? []
      return { title, text, said: said.trimEnd() }
    })
}

/** What is said of a text, with what could stand there and the nearest name. */
export function saidOf(text: string, options: CheckOptions): string {
  return checkPattern(text, options)
    .diagnostics.map((diagnostic) => {
      const { expected, nearest } = diagnostic
      const lines = [describeDiagnostic(diagnostic, text, 'm.pattern')]
      if (expected !== undefined) lines.push(`  expected: ${expected.join(' ')}`)
      if (nearest !== undefined) lines.push(`  nearest: ${nearest}`)
      return lines.join('\n')
    })
    .join('\n')
}
