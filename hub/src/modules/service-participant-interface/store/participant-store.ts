import type { Sql } from '../../../platform/database.ts'
import { horizon } from '../../../platform/horizon.ts'
import type { ParticipantStorage, Webhook } from '../app/storage.ts'
import type { Position } from '../domain/position.ts'
import type { LoggedEvent } from '../domain/webhook-message.ts'

/** The event log as a reader sees it, and the webhooks. */
export const participantStore: ParticipantStorage = {
  async eventsAfter(sql: Sql, position: Position, limit: number) {
    // Two statements: the second one's snapshot is the later one.
    const before = await horizon(sql)
    const rows = await sql<(Omit<LoggedEvent, 'position'> & { xact: string; id: number })[]>`
      select xact::text as xact, id, at, tenant, type, subject, household, data from platform_event
      where (xact, id) > (${String(position.xact)}::xid8, ${position.id}::bigint) and xact < ${before}::xid8
      order by platform_event.xact, platform_event.id limit ${limit}`
    return rows.map(({ xact, id, ...event }) => ({ ...event, position: { xact: Number(xact), id } }))
  },

  async end(sql: Sql) {
    // Everything older than this transaction has been seen; nothing of it has: ids begin at 1.
    return { xact: Number(await horizon(sql)), id: 0 }
  },

  async prune(sql: Sql, before: Date, limit: number) {
    const rows = await sql`
      delete from platform_event where id in (
        select id from platform_event where at < ${before} order by xact, id limit ${limit})`
    return rows.count
  },

  async addWebhook(sql: Sql, webhook: Webhook) {
    await sql`
      insert into participant_webhook (id, tenant, owner, url, types, api, query, households, secret, state, xact, event, created_at)
      values (${webhook.id}, ${webhook.tenant}, ${webhook.owner}, ${webhook.url}, ${webhook.types as string[]},
        ${webhook.api}, ${webhook.query}, ${webhook.households as string[] | null}, ${webhook.secret}, ${webhook.state},
        ${String(webhook.position.xact)}::xid8, ${webhook.position.id}, ${webhook.createdAt})`
  },

  async webhooks(sql: Sql, tenant: string, owner: string | null, limit: number, after: string) {
    const rows = await sql<WebhookRow[]>`
      select ${columns(sql)} from participant_webhook
      where tenant = ${tenant} and id > ${after} ${owner === null ? sql`` : sql`and owner = ${owner}`} order by id limit ${limit}`
    return rows.map(webhookOf)
  },

  async webhook(sql: Sql, id: string) {
    const rows = await sql<WebhookRow[]>`select ${columns(sql)} from participant_webhook where id = ${id}`
    return rows[0] === undefined ? null : webhookOf(rows[0])
  },

  async secretsWithout(sql: Sql, beginning: string) {
    return [
      ...(await sql<Pick<Webhook, 'id' | 'secret'>[]>`
        select id, secret from participant_webhook where not starts_with(secret, ${beginning}) order by id`),
    ]
  },

  async setSecret(sql: Sql, id: string, secret: string) {
    await sql`update participant_webhook set secret = ${secret} where id = ${id}`
  },

  async removeWebhook(sql: Sql, id: string) {
    const rows = await sql`delete from participant_webhook where id = ${id}`
    return rows.count > 0
  },

  async leaseWebhook(sql: Sql, now: Date, leasedUntil: Date, end: Position) {
    const rows = await sql<WebhookRow[]>`
      update participant_webhook set leased_until = ${leasedUntil}
      where id = (
        select id from participant_webhook
        where state = 'active' and (retry_at is null or retry_at <= ${now})
          and (leased_until is null or leased_until <= ${now})
          and (xact, event) < (${String(end.xact)}::xid8, ${end.id}::bigint)
        order by id for update skip locked limit 1)
      returning ${columns(sql)}`
    return rows[0] === undefined ? null : webhookOf(rows[0])
  },

  async settleWebhook(sql: Sql, id: string, result) {
    await sql`
      update participant_webhook set xact = ${String(result.position.xact)}::xid8, event = ${result.position.id},
        failures = ${result.failures}, retry_at = ${result.retryAt}, last_error = ${result.lastError},
        last_success_at = ${result.lastSuccessAt}, state = ${result.state}, leased_until = null
      where id = ${id}`
  },
}

type WebhookRow = Omit<Webhook, 'position'> & { xact: string; event: number }

function webhookOf({ xact, event, ...webhook }: WebhookRow): Webhook {
  return { ...webhook, position: { xact: Number(xact), id: event } }
}

function columns(sql: Sql) {
  return sql`id, tenant, owner, url, types, api, query, households, secret, state, xact::text as xact, event, failures, retry_at as "retryAt",
    last_error as "lastError", last_success_at as "lastSuccessAt", created_at as "createdAt"`
}
