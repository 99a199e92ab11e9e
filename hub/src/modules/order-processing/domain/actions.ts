import type { OrderAction } from './order.ts'

/** Which order may follow which: what a subscription is, or is on its way to be, decides what can be asked of it. */

/** What is known of a household's subscription to a service. */
export interface Standing {
  /** How it stands commercially, and technically. */
  readonly commercial: string
  readonly state: string
  /** What the newest order that is not over does with it; null when there is none. */
  readonly open: OrderAction | null
}

export type ActionRefusal = 'exists' | 'suspended' | 'not-suspended' | 'removing' | 'moving'

/** Where it is going: what the newest open order makes of it, otherwise what it is. */
export function headingOf({ commercial, state, open }: Standing): 'active' | 'suspended' | 'removing' | 'moving' {
  if (open === 'suspend') return 'suspended'
  if (open === 'remove') return 'removing'
  if (open === 'move') return 'moving'
  if (open !== null) return 'active'
  if (state === 'removing') return 'removing'
  return commercial === 'barred' ? 'suspended' : 'active'
}

/** Some device does not have it stopped, as it should. */
function isUsedAnyhow({ state, open }: Standing): boolean {
  return state === 'degraded' && open === null
}

/**
 * Why an action cannot follow; null when it can. The newest intention wins: a `modify` takes back a removal that is under way, a
 * `remove` takes the place of anything.
 */
export function actionRefusal(action: OrderAction, standing: Standing): ActionRefusal | null {
  if (action === 'add') return 'exists'
  const heading = headingOf(standing)
  if (action === 'remove') return heading === 'moving' ? 'moving' : null
  if (heading === 'moving') return 'moving'
  if (action === 'resume') return heading === 'suspended' ? null : heading === 'removing' ? 'removing' : 'not-suspended'
  if (heading === 'suspended') return action === 'suspend' && isUsedAnyhow(standing) ? null : 'suspended'
  if (heading === 'removing' && action !== 'modify') return 'removing'
  return null
}
