import type { Schemas } from '@sutler/client'

export type ApiKey = Schemas['ApiKey']

export function stateOf({ revokedAt, expiresAt }: ApiKey): 'active' | 'revoked' | 'ended' {
  if (revokedAt !== null) return 'revoked'
  return Date.parse(expiresAt) < Date.now() ? 'ended' : 'active'
}
