import semver from 'semver'
import type { Relation, VersionDefinition } from './definition.ts'

/** One service version of a set that is to run side by side in a household. */
export type RelatedVersion = Pick<VersionDefinition, 'service' | 'version' | 'relations'>

/** A relation that the set breaks. `detail` is a sentence that names both services, the versions and the range. */
export interface RelationFinding {
  readonly kind: 'requires' | 'conflicts'
  readonly service: string
  readonly version: string
  readonly relation: Relation
  readonly detail: string
}

/**
 * Which `requires` and `conflicts` relations a set of service versions breaks; empty when it may run side by side. The set
 * is the whole household as it would be: `conflicts` therefore also speaks for services that are already there.
 */
export function relationFindings(versions: readonly RelatedVersion[]): RelationFinding[] {
  return versions.flatMap((subject) =>
    subject.relations.flatMap((relation): RelationFinding[] => {
      const others = versions.filter((other) => other.service === relation.service && other !== subject)
      const within = others.find((other) => satisfies(other.version, relation.range))
      const { service, version } = subject
      if (relation.kind === 'requires' && within === undefined) {
        return [{ kind: 'requires', service, version, relation, detail: missing(subject, relation, others) }]
      }
      if (relation.kind === 'conflicts' && within !== undefined) {
        const detail =
          `${service} ${version} cannot run beside ${within.service} ${within.version} ` +
          `(it conflicts with ${relation.range}): remove one of them`
        return [{ kind: 'conflicts', service, version, relation, detail }]
      }
      return []
    }),
  )
}

function missing(subject: RelatedVersion, relation: Relation, others: readonly RelatedVersion[]): string {
  const needs = `${subject.service} ${subject.version} requires ${relation.service} ${relation.range}`
  const present = others.map((other) => other.version).join(', ')
  return present === ''
    ? `${needs}, which the household does not have: order ${relation.service} as well`
    : `${needs}, but the household has ${relation.service} ${present}: update it first`
}

/** A household's test versions count too: what is there is there, pre-release or not. */
function satisfies(version: string, range: string): boolean {
  return semver.satisfies(version, range, { includePrerelease: true })
}
