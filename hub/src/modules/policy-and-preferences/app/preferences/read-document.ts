import { preferencesDocument, type PreferencesDocument } from '../../contract.ts'
import { RuleFault } from '../../domain/windows/fault.ts'
import { windowsOf } from '../../domain/windows/reading.ts'

/** Stored documents were checked when they were written; one from an older version that no longer fits counts as empty. */
export function readDocument(document: unknown): PreferencesDocument {
  const parsed = preferencesDocument.safeParse(document)
  if (!parsed.success) return {}
  try {
    windowsOf(parsed.data.windows ?? [])
    return parsed.data
  } catch (error) {
    if (error instanceof RuleFault) return {}
    throw error
  }
}
