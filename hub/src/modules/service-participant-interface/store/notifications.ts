import type { Sql } from '../../../platform/database.ts'
import type { NotificationStorage } from '../app/notifications/storage.ts'
import type { Notification, SentMail } from '../domain/notifications/notification.ts'

export const notificationRows: NotificationStorage = {
  async add(sql, { position, ...made }) {
    await sql`
      insert into participant_notification (id, tenant, owner, roles, email, kinds, types, household, subject, filter, state, xact, event,
        due_at, created_at, version)
      values (${made.id}, ${made.tenant}, ${made.owner}, ${made.roles as string[]}, ${made.email}, ${made.kinds as string[]},
        ${made.types as string[]}, ${made.household}, ${made.subject}, ${made.filter}, ${made.state},
        ${String(position.xact)}::xid8, ${position.id}, ${made.dueAt}, ${made.createdAt}, ${made.version})`
  },

  async page(sql, tenant, owner, limit, after) {
    const rows = await sql<Row[]>`
      select ${columns(sql)} from participant_notification
      where tenant = ${tenant} and id > ${after} ${owner === null ? sql`` : sql`and owner = ${owner}`} order by id limit ${limit}`
    return rows.map(notificationOf)
  },

  async count(sql, owner) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from participant_notification where owner = ${owner}`
    return row!.count
  },

  async find(sql, id, lock = false) {
    const rows = await sql<Row[]>`
      select ${columns(sql)} from participant_notification where id = ${id} ${lock ? sql`for update` : sql``}`
    return rows[0] === undefined ? null : notificationOf(rows[0])
  },

  async change(sql, { position, ...next }) {
    await sql`
      update participant_notification set kinds = ${next.kinds as string[]}, types = ${next.types as string[]},
        household = ${next.household}, subject = ${next.subject}, filter = ${next.filter}, state = ${next.state}, why = ${next.why},
        xact = ${String(position.xact)}::xid8, event = ${position.id}, due_at = ${next.dueAt}, failures = ${next.failures},
        version = ${next.version}
      where id = ${next.id}`
  },

  async remove(sql, id) {
    await sql`delete from participant_notification_mail where notification = ${id}`
    const rows = await sql`delete from participant_notification where id = ${id}`
    return rows.count > 0
  },

  async lease(sql, now, leasedUntil, end) {
    const rows = await sql<Row[]>`
      update participant_notification set leased_until = ${leasedUntil}
      where id = (
        select id from participant_notification
        where state = 'active' and due_at <= ${now} and (leased_until is null or leased_until <= ${now})
          and (xact, event) < (${String(end.xact)}::xid8, ${end.id}::bigint)
        order by due_at for update skip locked limit 1)
      returning ${columns(sql)}`
    return rows[0] === undefined ? null : notificationOf(rows[0])
  },

  async settle(sql, id, result) {
    const rows = await sql`
      update participant_notification set state = ${result.state}, why = ${result.why}, xact = ${String(result.position.xact)}::xid8,
        event = ${result.position.id}, due_at = ${result.dueAt}, hour_began = ${result.hourBegan}, hour_sent = ${result.hourSent},
        failures = ${result.failures}, last_error = ${result.lastError}, last_sent_at = ${result.lastSentAt}, leased_until = null
      where id = ${id} and version = ${result.version}`
    if (rows.count === 0) await sql`update participant_notification set leased_until = null where id = ${id}`
  },

  async addMail(sql, { nextTry, ...mail }) {
    await sql`insert into participant_notification_mail ${sql({ ...mail, next_try: nextTry })}`
  },

  async mails(sql, notification, limit, before) {
    return [
      ...(await sql<SentMail[]>`
        select id, tenant, notification, at, subject, events, outcome, detail, next_try as "nextTry"
        from participant_notification_mail
        where notification = ${notification} ${before === undefined ? sql`` : sql`and id < ${before}`}
        order by id desc limit ${limit}`),
    ]
  },

  async forgetMails(sql, before, limit) {
    const rows = await sql`
      delete from participant_notification_mail where id in (
        select id from participant_notification_mail where at < ${before} order by at limit ${limit})`
    return rows.count
  },

  async forgetUnconfirmed(sql, before) {
    await sql`delete from participant_notification where state = 'unconfirmed' and created_at < ${before}`
  },
}

type Row = Omit<Notification, 'position'> & { xact: string; event: number }

function notificationOf({ xact, event, ...notification }: Row): Notification {
  return { ...notification, position: { xact: Number(xact), id: event } }
}

function columns(sql: Sql) {
  return sql`id, tenant, owner, roles, email, kinds, types, household, subject, filter, state, why, xact::text as xact, event,
    due_at as "dueAt", hour_began as "hourBegan", hour_sent as "hourSent", failures, last_error as "lastError",
    last_sent_at as "lastSentAt", created_at as "createdAt", version`
}
