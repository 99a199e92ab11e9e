import type { Manifest } from '@sutler/device-model'
import semver from 'semver'
import { compatibilityMistake } from './compatibility.ts'
import { fileFindings } from './component-files.ts'
import {
  compositionLimits,
  installRoles,
  namePattern,
  type Composition,
  type CompositionComponent,
} from './composition.ts'
import { deviceClasses } from './vocabulary.ts'
import { place, textFindings, tooMany, type Finding } from './findings.ts'
import { relationMistakes } from './relation-mistakes.ts'
import { circleOf } from './stages.ts'

/** Every mistake of a composition for `service` at once, each with a JSON pointer; empty when it can be published. */
export function compositionFindings(service: string, composition: Composition): Finding[] {
  const found: Finding[] = []
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
  return [...found, ...orderFindings(composition.components), ...relationMistakes(service, composition.relations)]
}

/** What components say of the order among themselves. */
function orderFindings(components: readonly CompositionComponent[]): Finding[] {
  const names = components.map(({ name }) => name)
  const found: Finding[] = []
  for (const [at, { name, after }] of components.entries()) {
    const pointer = `/components/${at}/after`
    tooMany(found, pointer, after, compositionLimits.components)
    for (const [index, earlier] of after.slice(0, compositionLimits.components).entries()) {
      const here = `${pointer}/${index}`
      if (earlier === name) found.push(place(here, `is ${name} itself: a component cannot wait for itself`))
      else if (!names.includes(earlier)) found.push(place(here, `“${earlier}” is no component of this version`))
      else if (after.indexOf(earlier) < index) found.push(place(here, `names ${earlier} for the second time`))
    }
  }
  // Whatever is wrong with single names would only be told again.
  const circle = found.length > 0 ? null : circleOf(components)
  if (circle !== null) {
    const pointer = `/components/${names.indexOf(circle[0]!)}/after`
    found.push(place(pointer, `waits in a circle: ${circle.join(' after ')}; none of them could ever start`))
  }
  return found
}

/** What only devices without our agent go by. */
function roleFindings(pointer: string, { role = 'files', reports }: CompositionComponent): Finding[] {
  const found: Finding[] = []
  if (!(installRoles as readonly string[]).includes(role))
    found.push(place(`${pointer}/role`, `“${role}” is no role: use ${installRoles.join(', ')}`))
  for (const [key, value] of Object.entries(reports ?? {}))
    if (value === undefined) continue
    else if (key === 'name' && value === '') found.push(place(`${pointer}/reports/name`, 'is empty: leave it out'))
    else textFindings(found, `${pointer}/reports/${key}`, value, compositionLimits.reported)
  if (reports && reports.name === undefined && reports.version === undefined)
    found.push(place(`${pointer}/reports`, 'names nothing: give a name, a version or both, or leave it out'))
  return found
}

function componentFindings(pointer: string, component: CompositionComponent): Finding[] {
  const found: Finding[] = []
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
  found.push(...roleFindings(pointer, component))
  textFindings(found, `${pointer}/compatibility`, component.compatibility, compositionLimits.compatibility)
  const mistake = compatibilityMistake(component.compatibility)
  if (mistake !== null) found.push(place(`${pointer}/compatibility`, mistake))
  return [
    ...found,
    ...healthFindings(`${pointer}/health`, component.health),
    ...fileFindings(`${pointer}/files`, component.files),
  ]
}

function healthFindings(pointer: string, health: Manifest['health']): Finding[] {
  if (health === null) return []
  const found: Finding[] = []
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
