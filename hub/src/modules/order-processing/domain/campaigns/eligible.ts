/** Whether a campaign's order makes sense for a device, and if not why not, in words that sort into a few kinds. Pure. */

import type { CampaignAction } from './document.ts'

export const skipKinds = [
  'quarantined',
  'decommissioned',
  'does-not-fit',
  'already-has-it',
  'household-has-it',
  'no-subscription',
  'not-suspended',
  'already-suspended',
  'other-tenant',
] as const
export type SkipKind = (typeof skipKinds)[number]

export interface Skip {
  readonly kind: SkipKind
  readonly reason: string
}

export interface Situation {
  readonly deviceState: 'active' | 'quarantined' | 'decommissioned'
  /** The household's living subscription to the service. */
  readonly subscription: { readonly version: string; readonly state: string } | null
  /** The version that the device proved to have; null = none. */
  readonly installed: string | null
  /** Why no component of the version fits the device; null = one does, or none is needed. */
  readonly misfit: string | null
}

/** @param version what is to be installed; null for what installs nothing */
export function skipOf(action: CampaignAction, service: string, version: string | null, of: Situation): Skip | null {
  if (of.deviceState !== 'active') return { kind: of.deviceState, reason: `the device is ${of.deviceState}` }
  const has = of.subscription
  if (action === 'add' && has !== null)
    return { kind: 'household-has-it', reason: `the household already has ${service} ${has.version}` }
  if (action !== 'add' && has === null)
    return { kind: 'no-subscription', reason: `the household has no subscription to ${service}` }
  const suspended = has?.state.includes('suspended') ?? false
  if (action === 'resume' && !suspended) return { kind: 'not-suspended', reason: `${service} is not suspended there` }
  if (action === 'suspend' && suspended)
    return { kind: 'already-suspended', reason: `${service} is suspended there already` }
  if (action !== 'add' && action !== 'modify') return null
  if (of.misfit !== null) return { kind: 'does-not-fit', reason: `does not fit: ${of.misfit}` }
  if (of.installed === version && has?.version === version)
    return { kind: 'already-has-it', reason: `the device already has ${service} ${version}` }
  return null
}
