import { answer, type Schemas, type SutlerClient } from '@sutler/client'
import type { Model } from '@sutler/engine'
import type { Diagnostic } from '@sutler/patterns'
import { checkSources, readSource, type CheckedSource } from './check-source.ts'
import type { ModelSource } from './model-source.ts'

/** A model as the API takes it. */
export function authored(source: ModelSource): Schemas['AuthoredModel'] {
  if (source.format === 'pattern') return { text: source.text }
  return { document: readSource(source).document as Record<string, unknown> }
}

/** As `checkSources`, and the hub says which tasks and other models there are. Nothing is stored. */
export async function checkAtHub(api: SutlerClient, sources: readonly ModelSource[]): Promise<CheckedSource[]> {
  const here = checkSources(sources)
  const names = here.flatMap(({ model }) => model?.model ?? [])
  const checked: CheckedSource[] = []
  for (const found of here) {
    const there = await hubsCheck(api, found.source)
    // What is given along with it needs not be published yet.
    const more = there.diagnostics.filter((each) => !isAbout(each, names) && !isAmong(each, found.diagnostics))
    checked.push({ ...found, diagnostics: [...found.diagnostics, ...more] })
  }
  return checked
}

/** What the hub says of one model. */
export async function hubsCheck(api: SutlerClient, source: ModelSource): Promise<CheckedSource> {
  // A document that is no JSON cannot be sent.
  if (readSource(source).document === undefined) return checkSources([source])[0]!
  const { model, findings } = answer(await api.POST('/api/v1/models/check', { body: authored(source) }))
  return { source, model: model as Model | null, diagnostics: placed(source, findings) }
}

function isAbout({ code, message }: Diagnostic, models: readonly string[]): boolean {
  return code === 'unknown-model' && models.some((name) => message.split(/[\s,]+/).includes(name))
}

function isAmong({ code, message, range }: Diagnostic, all: readonly Diagnostic[]): boolean {
  return all.some(
    (each) => each.code === code && each.message === message && each.range.start.offset === range.start.offset,
  )
}

/** The hub's findings at their places in the author's file. */
export function placed(source: ModelSource, findings: readonly Schemas['ModelFinding'][]): Diagnostic[] {
  const { placeOf } = readSource(source)
  return findings.map(({ code, severity, message, pointer, line, column, nearest, witness }) => ({
    code,
    severity,
    message,
    range: pointer === undefined ? pointAt(source.text, line ?? 1, column ?? 1) : placeOf(pointer),
    ...(nearest !== undefined && { nearest }),
    ...(witness !== undefined && { witness }),
  }))
}

/** The place of one character. */
function pointAt(text: string, line: number, column: number): Diagnostic['range'] {
  const before = text.split('\n', line - 1)
  const offset = before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1
  return { start: { line, column, offset }, end: { line, column: column + 1, offset: offset + 1 } }
}
