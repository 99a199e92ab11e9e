import { formatPattern, PatternError } from '@sutler/patterns'
import { CommandError } from '../command-error.ts'
import { writeOutput } from '../write-output.ts'
import { ModelSourceError } from './model-source-error.ts'
import type { ModelSource } from './model-source.ts'

/**
 * Pattern text in its usual form.
 * @throws ModelSourceError when it has mistakes, CommandError `not-a-pattern`
 */
export function usualForm(source: ModelSource): string {
  if (source.format !== 'pattern')
    throw new CommandError(
      'not-a-pattern',
      `${source.file} is a JSON document`,
      'Only pattern text has a usual form: sutler model export --to pattern makes it.',
    )
  try {
    return formatPattern(source.text)
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    throw new ModelSourceError([{ source, diagnostics: error.diagnostics }])
  }
}

/** Prints the usual form of each, or rewrites the files that do not have it. @returns the files that did not have it */
export async function formatModels(
  sources: readonly ModelSource[],
  how: 'print' | 'write' | 'check',
): Promise<string[]> {
  const changed: string[] = []
  // All are read before any is written.
  for (const [source, formatted] of sources.map((each) => [each, usualForm(each)] as const)) {
    if (formatted !== source.text) changed.push(source.file)
    if (how === 'print' || (how === 'write' && source.file === '<stdin>')) await writeOutput(undefined, formatted)
    else if (how === 'write' && formatted !== source.text) await writeOutput(source.file, formatted)
  }
  return changed
}
