import type { Scope } from '../../../platform/access.ts'
import { judge, type Judged } from './event-filter.ts'
import type { LoggedEvent } from './logged-event.ts'

/** What one participant wants to hear of. */
export interface Wish {
  /** Event types; `delivery.*` = all of that noun; empty = every type. */
  readonly types: readonly string[]
  readonly household?: string | null | undefined
  readonly subject?: string | null | undefined
  /** A CEL expression over `event`; empty or absent = every event. */
  readonly filter?: string | undefined
}

/** What one participant wants to hear of, and may. */
export interface Interest extends Wish {
  readonly scope: Scope
}

/** Whether a participant is told of the event. A filter that fails on it counts as not matching; the mistake says why. */
export function heard(event: LoggedEvent, interest: Interest): Judged {
  if (!mayHear(event, interest.scope) || !wants(event, interest)) return { holds: false, mistake: null }
  return judge(interest.filter ?? '', event)
}

export function concerns(event: LoggedEvent, interest: Interest): boolean {
  return heard(event, interest).holds
}

/** Events of a household are for who may see that household, of a principal for that principal; others for who may see all. */
export function mayHear({ tenant, household, owners }: LoggedEvent, scope: Scope): boolean {
  if (tenant !== scope.tenant) return false
  if (scope.all || (household !== null && scope.households.includes(household))) return true
  return scope.owner !== '' && owners.includes(scope.owner)
}

function wants(event: LoggedEvent, { types, household, subject }: Wish): boolean {
  if ((household ?? event.household) !== event.household) return false
  if ((subject ?? event.subject) !== event.subject) return false
  return types.length === 0 || types.some((type) => covers(type, event.type))
}

function covers(wanted: string, type: string): boolean {
  return wanted === type || (wanted.endsWith('.*') && type.startsWith(wanted.slice(0, -1)))
}
