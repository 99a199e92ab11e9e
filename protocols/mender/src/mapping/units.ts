import { sameUnit, unitLabel, type Unit } from '@sutler/device-model'
import type { Provides } from '../wire/next.ts'

/** The one thing that every Mender device provides: the name of the artifact that it got last. */
export const artifactName = 'artifact_name'

/**
 * The name of the artifact that makes a device report this unit: `guide-1.2.0`, or the name alone where the component is
 * `reported` without a version. The artifact must be written with the same name: the client refuses another.
 */
export function artifactNameFor(reports: Unit): string {
  return unitLabel(reports)
}

/** `rootfs-image.guide.version`, `data-partition.guide.version`, `rootfs-image.version`: Mender's names for versions of software. */
const software = /^(?:[^.]+\.)?([^.]+)\.version$/

/**
 * What a device runs: its artifact by name, and the software that it provides by name and version, which is what tells of several
 * artifacts that stand beside each other.
 */
export function unitsOf(provides: Provides): Unit[] {
  const units: Unit[] = []
  for (const [name, version] of provides) {
    const named = software.exec(name)?.[1]
    if (named !== undefined) units.push({ name: named, version })
    else if (name !== artifactName) units.push({ name, version })
  }
  units.sort((one, other) => (one.name < other.name ? -1 : 1))
  return [{ name: provides.get(artifactName) ?? '', version: '' }, ...units]
}

/** What the device has where this artifact should be: the artifact or the software of this name, else the artifact that it has. */
export function foundFor(artifact: string, provides: Provides): Unit {
  const units = unitsOf(provides)
  return units.find((unit) => sameUnit(unit, { name: artifact, version: '' })) ?? units[0]!
}
