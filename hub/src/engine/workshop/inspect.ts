import type { Finding } from '@sutler/engine'
import { readPattern, type Diagnostic, type Range } from '@sutler/patterns'
import { inspectDocument, type Authored, type Inspection, type ModelFinding, type Surroundings } from '../authored.ts'

/** Findings named in one answer. */
const most = 1_000

/** Everything that there is to say of a model. Nothing is stored. */
export function inspect(authored: Authored, surroundings: Surroundings): Inspection {
  const { model, findings } =
    'text' in authored ? inspectText(authored.text, surroundings) : inspectDocument(authored.document, surroundings)
  return { model, findings: findings.slice(0, most) }
}

/** A text with mistakes of its own is not looked into further: it may be about to say something else. */
function inspectText(text: string, surroundings: Surroundings): Inspection {
  const { document, diagnostics, placeOf } = readPattern(text)
  const own = diagnostics.map(ofText)
  if (document === null) return { model: null, findings: own }
  const { model, findings } = inspectDocument(document, surroundings)
  return { model, findings: [...own, ...findings.map((finding) => placed(finding, placeOf))] }
}

function ofText({ code, severity, message, range, nearest, witness }: Diagnostic): ModelFinding {
  const { line, column } = range.start
  return { code, severity, message, line, column, ...(nearest && { nearest }), ...(witness && { witness }) }
}

function placed(finding: Finding, placeOf: (pointer: string) => Range): ModelFinding {
  const { line, column } = placeOf(finding.pointer).start
  return { ...finding, line, column }
}
