import type { Scope } from '../../../platform/access.ts'

/** What one participant wants to hear of, and may. */
export interface Interest {
  /** Event types; `delivery.*` = all of that noun; empty = every type. */
  readonly types: readonly string[]
  readonly household?: string | undefined
  readonly subject?: string | undefined
  readonly scope: Scope
}

/** The parts of an event that decide who hears of it. */
export interface Addressed {
  readonly tenant: string
  readonly type: string
  readonly subject: string
  readonly household: string | null
}

/** Events of a household are for who may see that household; events of none (services, models) are for all. */
export function concerns(event: Addressed, interest: Interest): boolean {
  if (!mayHear(event, interest.scope)) return false
  if (interest.household !== undefined && event.household !== interest.household) return false
  if (interest.subject !== undefined && event.subject !== interest.subject) return false
  return interest.types.length === 0 || interest.types.some((type) => covers(type, event.type))
}

function mayHear(event: Addressed, scope: Scope): boolean {
  if (event.tenant !== scope.tenant) return false
  return scope.all || (event.household !== null && scope.households.includes(event.household))
}

function covers(wanted: string, type: string): boolean {
  return wanted === type || (wanted.endsWith('.*') && type.startsWith(wanted.slice(0, -1)))
}
