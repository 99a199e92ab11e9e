import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ParticipantDependencies } from '../dependencies.ts'

/** What a link in an e-mail lets whoever has it do. */
export type LinkPurpose = 'confirm' | 'unsubscribe'

type LinkParts = Pick<ParticipantDependencies, 'sealing' | 'publicUrl'>

/** A link that needs no log-in: it says which notification, and is signed for this purpose. */
export function linkTo(deps: LinkParts, purpose: LinkPurpose, id: string): string {
  return `${deps.publicUrl().replace(/\/$/, '')}/notifications/${purpose}?token=${id}.${signature(deps, purpose, id)}`
}

/** The notification that a link’s token is good for, or null. */
export function linkedNotification(
  deps: Pick<LinkParts, 'sealing'>,
  purpose: LinkPurpose,
  token: string,
): string | null {
  const [, id = '', signed = ''] = /^(ntf-[a-z0-9]{1,60})\.([\w-]{43})$/.exec(token) ?? []
  if (id === '') return null
  return timingSafeEqual(Buffer.from(signed), Buffer.from(signature(deps, purpose, id))) ? id : null
}

function signature({ sealing }: Pick<LinkParts, 'sealing'>, purpose: LinkPurpose, id: string): string {
  return createHmac('sha256', sealing.derive('links in notifications')).update(`${purpose} ${id}`).digest('base64url')
}
