import { redact } from '@sutler/device-model'

/** Failures whose words differ only in what changes from device to device. */
export interface FailureGroup {
  /** The device's error code, else `health-check`, `declined`, `not-reached`, `silent` or `other`. */
  readonly code: string
  /** What they have in common; `…` stands where they differ. */
  readonly pattern: string
  /** One of them in full, redacted. */
  readonly example: string
  readonly count: number
  readonly newest: Date
  readonly devices: readonly Sample[]
}

export interface Sample {
  readonly device: string
  readonly delivery: string
  readonly component: string
  readonly at: string
}

export interface Failure {
  readonly detail: string
  readonly count: number
  readonly newest: Date
  readonly samples: readonly Sample[]
}

/** Devices that a group names. */
const named = 5

/** Most frequent first; those that are equally frequent by their newest. */
export function failureGroups(failures: readonly Failure[]): FailureGroup[] {
  const groups = new Map<string, FailureGroup>()
  for (const { detail, count, newest, samples } of failures) {
    const example = redact(detail).text
    const [code, pattern] = [codeOf(detail), patternOf(example)]
    const name = `${code} ${pattern}`
    const known = groups.get(name)
    const devices = [...(known?.devices ?? []), ...samples].toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, named)
    const latest = known !== undefined && known.newest > newest
    groups.set(name, {
      code,
      pattern,
      example: latest ? known.example : example,
      count: count + (known?.count ?? 0),
      newest: latest ? known.newest : newest,
      devices,
    })
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count || b.newest.getTime() - a.newest.getTime())
}

/** By the hub's own sentences (domain/proof.ts of order-processing, the delivery pattern) and the codes that devices send. */
export function codeOf(detail: string): string {
  const said = /^(?:failed|rolled-back|declined by the device): ?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?:[: ]|$)/.exec(detail)
  if (said !== null && said[1] !== 'no') return said[1]!
  if (detail.startsWith('health check')) return 'health-check'
  if (/files are not as ordered|the device reported|the device says it runs/.test(detail)) return 'other-content'
  if (detail.includes('could not be reached')) return 'not-reached'
  if (detail.includes('never reported')) return 'silent'
  return 'other'
}

/** Without digests, ids, numbers and what was redacted. */
export function patternOf(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8,}\b/gi, '…')
    .replace(/\b[a-z]{2,5}[-_](?=[a-z0-9-]*\d)[a-z0-9-]{8,}\b/g, '…')
    .replace(/\[[a-z-]+\]/g, '…')
    .replace(/\d+(?:[.,:]\d+)*/g, '…')
    .replace(/…(?:[ ,.:/-]*…)+/g, '…')
    .slice(0, 300)
}
