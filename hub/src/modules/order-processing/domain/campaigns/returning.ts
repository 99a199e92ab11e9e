import type { CampaignAction } from './document.ts'

/** Whether a household that a campaign changed has to be brought back at all. Pure. */

export interface Found {
  /** The campaign's order. */
  readonly order: string
  /** The household's version before it; '' for none. */
  readonly before: string
  /** Its subscription now, and the last order that named it; null = there is none. */
  readonly standing: { readonly version: string; readonly state: string; readonly lastOrder: string | null } | null
}

/** Null: an order brings it back. Otherwise why there is nothing to do. */
export function nothingToReturn(
  action: CampaignAction,
  { order, before, standing }: Found,
): { readonly state: 'kept' | 'returned'; readonly reason: string } | null {
  const newer = standing?.lastOrder
  if (newer != null && newer !== order)
    return { state: 'kept', reason: `the household was changed since, by order ${newer}, and stays as it is` }
  const gone = standing === null
  if (action === 'remove') return gone ? null : { state: 'returned', reason: 'the service was not removed' }
  if (gone)
    return before === ''
      ? { state: 'returned', reason: 'the household does not have the service' }
      : { state: 'kept', reason: 'the subscription has ended since' }
  const suspended = standing.state.includes('suspended')
  if (action === 'suspend' && !suspended) return { state: 'returned', reason: 'the service was not suspended' }
  if (action === 'resume' && suspended) return { state: 'returned', reason: 'the service was not resumed' }
  return null
}
