import { counted, createTerminal, painted } from '../terminal.ts'
import { checkSources, type CheckedSource } from './check-source.ts'
import { describedFinding, writtenFindings } from './finding-text.ts'
import { checkAtHub } from './hubs-check.ts'
import type { ModelSource } from './model-source.ts'
import { openSession } from '../session.ts'

/** Checks models and prints every finding. @returns whether they are sound */
export async function checkModels(
  sources: readonly ModelSource[],
  { hub, json }: { readonly hub: boolean; readonly json: boolean },
): Promise<boolean> {
  const checked = hub ? await checkAtHub((await openSession(json)).api, sources) : checkSources(sources)
  const all = checked.flatMap(({ diagnostics }) => diagnostics)
  const errors = all.filter(({ severity }) => severity === 'error').length
  const warnings = all.length - errors
  const files = checked.map(({ source, model, diagnostics }) => ({
    file: source.file,
    model: model && { name: model.model, version: model.version },
    findings: writtenFindings({ source, diagnostics }),
  }))
  createTerminal(json).result({ files, errors, warnings }, () =>
    [...checked.flatMap(findingsOf), summary(checked, errors, warnings)].join('\n'),
  )
  return errors === 0
}

/** With an empty line after each. */
function findingsOf({ source, diagnostics }: CheckedSource): string[] {
  return diagnostics.map((each) => `${describedFinding(source, each)}\n`)
}

function summary(checked: readonly CheckedSource[], errors: number, warnings: number): string {
  const found = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`
  const [only] = checked
  const what = checked.length === 1 ? only!.source.file : counted(checked.length, 'file')
  return painted(errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green', `${what}: ${found}`)
}
