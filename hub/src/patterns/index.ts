import type { Model } from '@sutler/engine'
import { readFileSync } from 'node:fs'
import { PatternError, readPattern } from '@sutler/patterns'

/** The patterns that ship with the hub; a pattern comes after those it calls. */
export const patternFiles = [
  'service-order.pattern',
  'delivery.pattern',
  'service-lifecycle.pattern',
  'campaign.pattern',
] as const

/** Their documents. */
export const shippedPatterns: readonly Model[] = patternFiles.map(shipped)

function shipped(file: string): Model {
  const { document, diagnostics } = readPattern(readFileSync(new URL(file, import.meta.url), 'utf8'))
  if (document === null) throw new PatternError(diagnostics)
  return document
}
