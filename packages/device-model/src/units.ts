import type { Manifest } from './manifest.ts'
import type { Unit } from './report.ts'

/** What a device without our agent says of itself once it runs the component. */
export function reportedBy(manifest: Manifest): Unit {
  return {
    name: manifest.reports?.name ?? manifest.service,
    version: manifest.reports?.version ?? manifest.version,
  }
}

/** A unit as people read it, and as protocols name it that have one name for both: `guide-1.2.0`. */
export function unitLabel({ name, version }: Unit): string {
  return version === '' ? name : `${name}-${version}`
}

/** Whether two say the same, whatever of it is in the name. */
export function sameUnit(one: Unit, other: Unit): boolean {
  return unitLabel(one) === unitLabel(other)
}
