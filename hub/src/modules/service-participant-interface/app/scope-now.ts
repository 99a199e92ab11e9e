import type { Access, Role, Scope } from '../../../platform/access.ts'

/** What an account may hear of now, with no more than these roles; null when it is disabled or gone. */
export async function scopeNow(
  access: Access,
  { owner, roles }: { readonly owner: string; readonly roles: readonly Role[] },
): Promise<Scope | null> {
  const principal = await access.standing(owner, roles)
  return principal === null ? null : access.visible(principal, 'event.read')
}
