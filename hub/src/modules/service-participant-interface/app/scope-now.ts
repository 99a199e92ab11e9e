import type { Access, Principal, Role, Scope } from '../../../platform/access.ts'
import { CallerError } from '../../../platform/errors.ts'

/** What an account may hear of now, with no more than these roles; null when it is disabled or gone. */
export async function scopeNow(
  access: Access,
  { owner, roles }: { readonly owner: string; readonly roles: readonly Role[] },
): Promise<Scope | null> {
  const principal = await access.standing(owner, roles)
  return principal === null ? null : access.visible(principal, 'event.read')
}

/** Whether it may hear of events at all; the decision is in the audit. */
export function mayListen(access: Access, principal: Principal): boolean {
  try {
    access.scope(principal, 'event.read')
    return true
  } catch (error) {
    if (error instanceof CallerError) return false
    throw error
  }
}
