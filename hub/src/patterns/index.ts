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

interface ShippedPattern {
  readonly model: Model
  /** As it was written, with its comments: what an operator reads and goes on from. */
  readonly text: string
}

/** Document and text of each. */
export const shippedTexts: readonly ShippedPattern[] = patternFiles.map(shipped)

/** Their documents. */
export const shippedPatterns: readonly Model[] = shippedTexts.map(({ model }) => model)

function shipped(file: string): ShippedPattern {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  const { document, diagnostics } = readPattern(text)
  if (document === null) throw new PatternError(diagnostics)
  return { model: document, text }
}
