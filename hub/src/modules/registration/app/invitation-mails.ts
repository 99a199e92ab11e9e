import { CallerError } from '../../../platform/errors.ts'
import { mailNotConfigured, type Mailed } from '../../../platform/mail.ts'
import { invitationMail } from '../domain/invitation-mail.ts'
import type { Invitation } from '../domain/invitation.ts'
import type { RegistrationDependencies } from './dependencies.ts'

/** Links of invitations by e-mail. */
export function invitationMails({ mailer, publicUrl, log }: RegistrationDependencies) {
  return {
    /** @throws CallerError `mail-not-configured` (409) */
    requireServer(): void {
      if (mailer === null) throw new CallerError(mailNotConfigured, 'The hub has no mail server.')
    },

    /** @param by the name of whoever invites. @returns what became of it; the link is good in any case */
    async send({ id, email, expiresAt }: Invitation, by: string, link: string): Promise<Mailed['outcome']> {
      if (mailer === null || email === null) return 'failed'
      const mailed = await mailer.send({ to: email, ...invitationMail(by, publicUrl(), link, new Date(expiresAt)) })
      if (mailed.outcome !== 'taken')
        log.warn({ invitation: id, detail: mailed.detail }, 'an invitation could not be sent by e-mail')
      return mailed.outcome
    },
  }
}
