import { hash } from 'node:crypto'
import type { CapabilityReport } from '@sutler/device-model'

/** Two digests of a capability report: of all of it, and of what does not change by mere use. */
export interface Fingerprint {
  readonly whole: Buffer
  /** Without free storage, which differs in almost every report: only changes of the rest are worth history and events. */
  readonly lasting: Buffer
}

export function fingerprint(report: CapabilityReport): Fingerprint {
  const lasting = canonical(report.storage ? { ...report, storage: { total: report.storage.total } } : report)
  return {
    lasting: hash('sha256', lasting, 'buffer'),
    whole: hash('sha256', `${report.storage?.free}\n${lasting}`, 'buffer'),
  }
}

/** JSON with sorted keys, so that equal reports have equal bytes however they were put together. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
}
