import type { Manifest } from '@sutler/device-model'
import semver from 'semver'
import type { ErrorPlace } from '../../../platform/errors.ts'
import { compatibilityMistake } from './compatibility.ts'
import { fileFindings } from './component-files.ts'
import { compositionLimits, namePattern, type Composition, type CompositionComponent } from './composition.ts'
import { deviceClasses, relationKinds } from './definition.ts'
import { place, textFindings, tooMany } from './findings.ts'

/** Every mistake of a composition for `service` at once, each with a JSON pointer; empty when it can be published. */
export function compositionFindings(service: string, composition: Composition): ErrorPlace[] {
  const found: ErrorPlace[] = []
  // Build metadata is refused: two versions that differ only in it would have no order.
  if (semver.valid(composition.version) !== composition.version) {
    found.push(place('/version', `“${composition.version}” is not a semantic version such as 1.4.0 or 2.0.0-beta.1`))
  }
  textFindings(found, '/version', composition.version, compositionLimits.version)
  textFindings(found, '/notes', composition.notes, compositionLimits.notes)
  if (composition.components.length === 0) {
    found.push(place('/components', 'is empty: a version needs at least one component with at least one file'))
  }
  tooMany(found, '/components', composition.components, compositionLimits.components)
  const names = new Set<string>()
  for (const [at, component] of composition.components.entries()) {
    const pointer = `/components/${at}`
    if (names.has(component.name))
      found.push(place(`${pointer}/name`, `“${component.name}” is already the name of another component`))
    names.add(component.name)
    found.push(...componentFindings(pointer, component))
  }
  return [...found, ...relationMistakes(service, composition.relations)]
}

function componentFindings(pointer: string, component: CompositionComponent): ErrorPlace[] {
  const found: ErrorPlace[] = []
  if (!namePattern.test(component.name)) {
    found.push(place(`${pointer}/name`, `“${component.name}” is not a name: 2 to 63 of a–z, 0–9 and -, first a letter`))
  }
  if (!(deviceClasses as readonly string[]).includes(component.deviceClass)) {
    found.push(
      place(`${pointer}/deviceClass`, `“${component.deviceClass}” is no device class: use ${deviceClasses.join(', ')}`),
    )
  }
  if (component.restart !== 'none' && component.restart !== 'device') {
    found.push(place(`${pointer}/restart`, `“${component.restart}” is not possible: use none or device`))
  }
  textFindings(found, `${pointer}/compatibility`, component.compatibility, compositionLimits.compatibility)
  const mistake = compatibilityMistake(component.compatibility)
  if (mistake !== null) found.push(place(`${pointer}/compatibility`, mistake))
  return [
    ...found,
    ...healthFindings(`${pointer}/health`, component.health),
    ...fileFindings(`${pointer}/files`, component.files),
  ]
}

function healthFindings(pointer: string, health: Manifest['health']): ErrorPlace[] {
  if (health === null) return []
  const found: ErrorPlace[] = []
  if (health.run.length === 0) {
    found.push(
      place(`${pointer}/run`, 'is empty: give the program and its arguments, for example ["node", "health.mjs"]'),
    )
  }
  tooMany(found, `${pointer}/run`, health.run, compositionLimits.healthWords)
  for (const [at, word] of health.run.entries()) {
    textFindings(found, `${pointer}/run/${at}`, word, compositionLimits.healthWord)
    if (word === '') found.push(place(`${pointer}/run/${at}`, 'is empty'))
  }
  const seconds = health.timeoutSeconds
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > compositionLimits.healthSeconds) {
    found.push(
      place(`${pointer}/timeoutSeconds`, `must be a whole number from 1 to ${compositionLimits.healthSeconds}`),
    )
  }
  return found
}

function relationMistakes(service: string, relations: Composition['relations']): ErrorPlace[] {
  const found: ErrorPlace[] = []
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
    if (range.length > compositionLimits.range || semver.validRange(range) === null) {
      found.push(
        place(
          `${pointer}/range`,
          `“${range.slice(0, 80)}” is not a range of semantic versions such as ^1.2.0 or >=2 <4`,
        ),
      )
    }
    if (seen.has(`${kind} ${other}`))
      found.push(place(pointer, `is the second “${kind} ${other}”: combine the ranges with ||`))
    seen.add(`${kind} ${other}`)
  }
  return found
}
