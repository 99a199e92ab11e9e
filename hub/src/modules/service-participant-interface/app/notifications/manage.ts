import { notFound, type Principal } from '../../../../platform/access.ts'
import type { Tx } from '../../../../platform/database.ts'
import { CallerError, OutsideError } from '../../../../platform/errors.ts'
import { mailNotConfigured } from '../../../../platform/mail.ts'
import { newId } from '../../../../platform/ids.ts'
import { TokenBuckets } from '../../../../platform/token-buckets.ts'
import { confirmationMail } from '../../domain/notifications/message.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import { mailFailed, tooManyNotifications } from '../../errors.ts'
import type { NotificationDependencies } from './dependencies.ts'
import { linkedNotification, linkTo } from './links.ts'

/** Of one account, at most. */
const mostOfOne = 20
/** Questions to addresses that one account may have sent: five at once, then one in ten minutes. */
const questions = { burst: 5, perSecond: 1 / 600, keys: 10_000 }

export type WantedNotification = Pick<Notification, 'email' | 'kinds' | 'types' | 'household' | 'subject' | 'filter'>
export type NotificationChange = {
  readonly [Key in keyof Omit<WantedNotification, 'email'>]?: Notification[Key] | undefined
} & {
  readonly state?: 'active' | 'disabled' | undefined
}

export type NotificationApp = ReturnType<typeof managing>

/** What people want to be told of by e-mail. */
export function managing(deps: NotificationDependencies) {
  const { access, clock, database, mailer, notifications, storage } = deps
  const asked = new TokenBuckets(questions)

  const own = async (principal: Principal, id: string, action: 'notification.read' | 'notification.write', tx?: Tx) => {
    const found = await notifications.find(tx?.sql ?? database.sql, id, tx !== undefined)
    if (found === null) throw new CallerError(notFound, `There is no notification ${id}.`)
    const { tenant, owner } = found
    access.authorise(principal, action, { tenant, owner })
    return found
  }

  /** Whoever reads an address agrees, or wants no more, by a link: nobody is logged in. */
  const byLink = async (
    id: string,
    change: (current: Notification) => Partial<Notification> | null,
  ): Promise<Notification | null> =>
    database.transaction(async (tx) => {
      const current = await notifications.find(tx.sql, id, true)
      const changed = current && change(current)
      if (!changed) return current
      const next = { ...current, ...changed, version: current.version + 1 }
      await notifications.change(tx.sql, next)
      note(tx, `notification.${next.state === 'active' ? 'confirmed' : 'ended'}`, next)
      return next
    })

  return {
    own,

    /**
     * Asks whoever reads the address whether messages may be sent there; none is before that.
     * @throws CallerError `mail-not-configured` (409), `too-many-notifications` (409); OutsideError `mail-failed` (503)
     */
    async add(principal: Principal, wanted: WantedNotification): Promise<Notification> {
      access.authorise(principal, 'notification.write', { owner: principal.id })
      if (mailer === null) throw new CallerError(mailNotConfigured, 'The hub has no mail server.')
      if ((await notifications.count(database.sql, principal.id)) >= mostOfOne)
        throw new CallerError(tooManyNotifications, `${principal.name} has ${mostOfOne} already.`)
      if (asked.tryTake(principal.id, clock.monotonic()) > 0)
        throw new CallerError(tooManyNotifications, 'Too many addresses were asked lately; try again in ten minutes.')
      const now = new Date(clock.now())
      const made: Notification = {
        ...wanted,
        id: newId('ntf', clock.now()),
        tenant: principal.tenant,
        owner: principal.id,
        roles: principal.roles,
        state: 'unconfirmed',
        why: null,
        position: await storage.end(database.sql),
        dueAt: now,
        hourBegan: null,
        hourSent: 0,
        failures: 0,
        lastError: null,
        lastSentAt: null,
        createdAt: now,
        version: 1,
      }
      const link = linkTo(deps, 'confirm', made.id)
      const mailed = await mailer.send(confirmationMail(made.email, principal.name, deps.publicUrl(), link))
      if (mailed.outcome !== 'taken') throw new OutsideError(mailFailed, `The mail server: ${mailed.detail}`)
      await database.transaction(async (tx) => {
        await notifications.add(tx.sql, made)
        note(tx, 'notification.created', made)
      })
      return made
    },

    /** @param admit sees it under its lock and throws when it must not be changed. @throws CallerError `not-found` (404), `forbidden` (403) */
    async change(
      principal: Principal,
      id: string,
      { state, ...changes }: NotificationChange,
      admit: (current: Notification) => void,
    ): Promise<Notification> {
      const end = await storage.end(database.sql)
      return database.transaction(async (tx) => {
        const current = await own(principal, id, 'notification.write', tx)
        admit(current)
        const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
        const next = { ...current, ...given, version: current.version + 1, ...switched(current, state, end) }
        await notifications.change(tx.sql, next)
        note(tx, 'notification.changed', next)
        return next
      })
    },

    async remove(principal: Principal, id: string): Promise<void> {
      const found = await own(principal, id, 'notification.write')
      await database.transaction(async (tx) => {
        await notifications.remove(tx.sql, id)
        note(tx, 'notification.removed', found)
      })
    },

    /** The notification that a token is for; null when it is good no more. */
    async linked(purpose: 'confirm' | 'unsubscribe', token: string): Promise<Notification | null> {
      const id = linkedNotification(deps, purpose, token)
      return id === null ? null : notifications.find(database.sql, id)
    },

    async confirm(id: string): Promise<Notification | null> {
      const end = await storage.end(database.sql)
      return byLink(id, ({ state }) =>
        state === 'unconfirmed' ? { state: 'active', position: end, dueAt: new Date(clock.now()) } : null,
      )
    },

    unsubscribe: (id: string): Promise<Notification | null> =>
      byLink(id, ({ state }) => (state === 'active' ? { state: 'disabled', why: 'unsubscribed' } : null)),
  }
}

/** Only the reader of the address makes one active that was not confirmed, or was ended by them. */
function switched(
  { state, why }: Notification,
  wanted: 'active' | 'disabled' | undefined,
  end: Notification['position'],
): Partial<Notification> {
  if (wanted === undefined || wanted === state || state === 'unconfirmed') return {}
  if (wanted === 'disabled') return { state: 'disabled', why: null }
  return why === 'unsubscribed' || why === 'refused' ? {} : { state: 'active', why: null, failures: 0, position: end }
}

/** For the audit alone; whose address it is, it does not say. */
function note(tx: Tx, type: string, { id, tenant, owner }: Notification): void {
  tx.audit.events.push({ type, subject: id, tenant, household: null, data: { account: owner } })
}
