import type { CapabilityReport } from '@sutler/device-model'
import { compatibilityRefusal } from '@sutler/composition'
import type { ComponentDefinition, VersionDefinition } from './definition.ts'
import { isPublic } from './lifecycle.ts'

/** What is looked at of a component. */
type Fitting = Pick<ComponentDefinition, 'name' | 'compatibility' | 'role' | 'files'> & { readonly deviceClass: string }

/** The component a device gets, or why none fits it, as a sentence a person can act on. */
export type Fit<C = ComponentDefinition> =
  | { readonly component: C }
  | { readonly component: null; readonly reason: string }

/** Why a version that is not released goes to a device only where that is a test device, as a sentence; null where it may. */
export function untested(
  { service, version, state }: Pick<VersionDefinition, 'service' | 'version' | 'state'>,
  tester: boolean,
): string | null {
  if (tester || isPublic(state)) return null
  return `${service} ${version} is only a ${state}, and the device is no test device`
}

/**
 * Chooses the first component of `version` that is made for the device's class and whose compatibility expression holds
 * over its capability report, of those that its protocol can carry to it. A device that has never reported (`report` null) gets a component only if that asks nothing.
 */
export function fit<C extends Fitting>(
  version: Pick<VersionDefinition, 'service' | 'version'> & { readonly components: readonly C[] },
  report: CapabilityReport | null,
  deviceClass: string,
): Fit<C> {
  const name = `${version.service} ${version.version}`
  const candidates = version.components.filter((component) => component.deviceClass === deviceClass)
  if (candidates.length === 0) {
    const classes = [...new Set(version.components.map((component) => component.deviceClass))].join(', ')
    return { component: null, reason: `${name} has no component for a ${deviceClass}; it is made for ${classes}` }
  }
  const reasons: string[] = []
  for (const component of candidates) {
    const reason = compatibilityRefusal(component.compatibility, report) ?? uncarried(component, report)
    if (reason === null) return { component }
    reasons.push(`component ${component.name} ${reason}`)
  }
  return { component: null, reason: `${name} does not fit this ${deviceClass}: ${reasons.join('; ')}` }
}

/** Why the device's protocol cannot carry a component to it, to be read after “component x”; null when it can. */
export function uncarried(
  { role, files }: Pick<ComponentDefinition, 'role' | 'files'>,
  report: CapabilityReport | null,
): string | null {
  const limits = report?.limits
  const sentence = limits?.[role] ?? (files > 1 ? limits?.['several-files'] : undefined)
  return sentence === undefined ? null : `cannot be brought to it: ${sentence}`
}
