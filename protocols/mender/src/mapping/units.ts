import { unitLabel, type Unit } from '@sutler/device-model'
import type { Provides } from '../wire/next.ts'

/** The one thing that every Mender device provides: the name of the artifact that it runs. */
export const artifactName = 'artifact_name'

/**
 * The name of the artifact that makes a device report this unit: `guide-1.2.0`, or the name alone where the component is
 * `reported` without a version. The artifact must be written with the same name: the client refuses another.
 */
export function artifactNameFor(reports: Unit): string {
  return unitLabel(reports)
}

/** What a device runs: its artifact by name, and beside it whatever its artifacts provide (`rootfs-image.version`, …). */
export function unitsOf(provides: Provides): Unit[] {
  const beside = [...provides].filter(([name]) => name !== artifactName)
  return [
    { name: provides.get(artifactName) ?? '', version: '' },
    ...beside.map(([name, version]) => ({ name, version })).sort((one, other) => (one.name < other.name ? -1 : 1)),
  ]
}
