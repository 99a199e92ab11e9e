import type { Sealing } from '../../../../platform/sealing.ts'
import type { Webhook } from '../../domain/webhook.ts'
import type { ParticipantDependencies } from '../dependencies.ts'

/** In front of a stored secret that is sealed; older hubs stored them in the clear. */
const mark = 'sealed:'

/** The secret of webhook `id` as it is stored. */
export function sealedSecret(sealing: Sealing, id: string, secret: string): string {
  return mark + sealing.seal(`webhook ${id}`, Buffer.from(secret)).toString('base64')
}

/** @throws OutsideError `seal-broken` */
export function openedSecret(sealing: Sealing, { id, secret }: Pick<Webhook, 'id' | 'secret'>): string {
  if (!secret.startsWith(mark)) return secret
  return sealing.open(`webhook ${id}`, Buffer.from(secret.slice(mark.length), 'base64')).toString()
}

/** Those that messages are signed with now, the newest first. @throws OutsideError `seal-broken` */
export function secretsNow(
  { sealing, clock }: Pick<ParticipantDependencies, 'sealing' | 'clock'>,
  { id, secret, previousSecret, previousUntil }: Webhook,
): string[] {
  const before = previousUntil !== null && previousUntil.getTime() > clock.now() ? previousSecret : null
  return [secret, ...(before === null ? [] : [before])].map((each) => openedSecret(sealing, { id, secret: each }))
}

/** Seals what an older hub left in the clear. */
export async function sealOldSecrets({ database, sealing, storage }: ParticipantDependencies): Promise<void> {
  for (const { id, secret } of await storage.secretsWithout(database.sql, mark))
    await storage.setSecret(database.sql, id, sealedSecret(sealing, id, secret))
}
