import semver from 'semver'
import { compositionLimits, namePattern, type Composition } from './composition.ts'
import { relationKinds } from './vocabulary.ts'
import { place, tooMany, type Finding } from './findings.ts'

type Relations = Composition['relations']

/** Every mistake in a version's relations that can be seen without other services' versions. */
export function relationMistakes(service: string, relations: Relations): Finding[] {
  const found: Finding[] = []
  tooMany(found, '/relations', relations, compositionLimits.relations)
  const seen = new Set<string>()
  for (const [at, { kind, service: other, range }] of relations.entries()) {
    const pointer = `/relations/${at}`
    if (!(relationKinds as readonly string[]).includes(kind)) {
      found.push(place(`${pointer}/kind`, `“${kind}” is no relation: use ${relationKinds.join(', ')}`))
    }
    if (!namePattern.test(other)) found.push(place(`${pointer}/service`, `“${other}” is not the id of a service`))
    if (other === service)
      found.push(place(`${pointer}/service`, `is ${service} itself: a version needs no relation to its own service`))
    const mistake = rangeMistake(range)
    if (mistake !== null) found.push(place(`${pointer}/range`, mistake))
    if (seen.has(`${kind} ${other}`))
      found.push(place(pointer, `is the second “${kind} ${other}”: combine the ranges with ||`))
    seen.add(`${kind} ${other}`)
  }
  // Ranges are compared only where all of them are ranges.
  return found.length > 0 ? found : contradictions(relations)
}

function rangeMistake(range: string): string | null {
  const shown = `“${range.slice(0, 80)}”`
  if (range.length > compositionLimits.range || semver.validRange(range) === null)
    return `${shown} is not a range of semantic versions such as ^1.2.0 or >=2 <4`
  return semver.minVersion(range) === null ? `${shown} has no version in it: no version could ever meet it` : null
}

const wanting = new Set(['requires', 'extends', 'recommends'])
const forbidding = new Set(['conflicts', 'replaces'])

/** Relations to the same service of which one asks for nothing but what the other rules out. */
function contradictions(relations: Relations): Finding[] {
  const found: Finding[] = []
  for (const [at, relation] of relations.entries()) {
    const others = relations.slice(0, at).filter(({ service }) => service === relation.service)
    for (const other of others) {
      const detail = contradiction(relation, other)
      if (detail !== null) found.push(place(`/relations/${at}`, detail))
    }
  }
  return found
}

function contradiction(one: Relations[number], other: Relations[number]): string | null {
  const said = `${one.kind} ${one.service} ${one.range}, and it ${other.kind} ${other.range}`
  const [wants, forbids] = wanting.has(one.kind) ? [one, other] : [other, one]
  if (!wanting.has(wants.kind)) return null
  if (forbidding.has(forbids.kind))
    return semver.subset(wants.range, forbids.range, { includePrerelease: true })
      ? `can never be met: the version ${said}, which leaves nothing`
      : null
  return semver.intersects(wants.range, forbids.range, { includePrerelease: true })
    ? null
    : `can never be met: the version ${said}, and no version is in both`
}
