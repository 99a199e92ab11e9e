import type { Sql } from '../../../platform/database.ts'
import type { WebhookStorage } from '../app/storage.ts'
import type { Attempt, Webhook } from '../domain/webhook.ts'

/** A receiver that answers more slowly is served beside those that fail, milliseconds. */
const slow = 2_000

export const webhookRows: WebhookStorage = {
  async addWebhook(sql, { position, types, roles, ...webhook }) {
    await sql`
      insert into participant_webhook (id, tenant, owner, roles, name, url, types, household, subject, filter, api, query, secret,
        state, why, xact, event, created_at, version)
      values (${webhook.id}, ${webhook.tenant}, ${webhook.owner}, ${roles as string[]}, ${webhook.name}, ${webhook.url},
        ${types as string[]}, ${webhook.household}, ${webhook.subject}, ${webhook.filter}, ${webhook.api}, ${webhook.query},
        ${webhook.secret}, ${webhook.state}, ${webhook.why}, ${String(position.xact)}::xid8, ${position.id}, ${webhook.createdAt},
        ${webhook.version})`
  },

  async webhooks(sql, tenant, owner, limit, after) {
    const rows = await sql<WebhookRow[]>`
      select ${columns(sql)} from participant_webhook
      where tenant = ${tenant} and id > ${after} ${owner === null ? sql`` : sql`and owner = ${owner}`} order by id limit ${limit}`
    return rows.map(webhookOf)
  },

  async countWebhooks(sql, owner) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from participant_webhook where owner = ${owner}`
    return row!.count
  },

  async webhook(sql, id, lock = false) {
    const rows = await sql<WebhookRow[]>`
      select ${columns(sql)} from participant_webhook where id = ${id} ${lock ? sql`for update` : sql``}`
    return rows[0] === undefined ? null : webhookOf(rows[0])
  },

  async changeWebhook(sql, id, change) {
    await sql`
      update participant_webhook set name = ${change.name}, url = ${change.url}, types = ${change.types as string[]},
        household = ${change.household}, subject = ${change.subject}, filter = ${change.filter}, state = ${change.state},
        why = ${change.why}, xact = ${String(change.position.xact)}::xid8, event = ${change.position.id},
        replay = ${json(sql, change.replay)}, failures = ${change.failures}, retry_at = ${change.retryAt},
        secret = ${change.secret}, previous_secret = ${change.previousSecret}, previous_until = ${change.previousUntil},
        version = ${change.version}
      where id = ${id}`
  },

  async secretsWithout(sql, beginning) {
    return [
      ...(await sql<Pick<Webhook, 'id' | 'secret'>[]>`
        select id, secret from participant_webhook where not starts_with(secret, ${beginning}) order by id`),
    ]
  },

  async setSecret(sql, id, secret) {
    await sql`update participant_webhook set secret = ${secret} where id = ${id}`
  },

  async removeWebhook(sql, id) {
    await sql`delete from participant_webhook_attempt where webhook = ${id}`
    const rows = await sql`delete from participant_webhook where id = ${id}`
    return rows.count > 0
  },

  async leaseWebhook(sql, now, leasedUntil, end, ailing) {
    const rows = await sql<WebhookRow[]>`
      update participant_webhook set leased_until = ${leasedUntil}
      where id = (
        select id from participant_webhook
        where state = 'active' and (retry_at is null or retry_at <= ${now})
          and (leased_until is null or leased_until <= ${now})
          and ((xact, event) < (${String(end.xact)}::xid8, ${end.id}::bigint) or replay is not null)
          and (failures > 0 or last_duration > ${slow}) = ${ailing}
        order by leased_until nulls first, id for update skip locked limit 1)
      returning ${columns(sql)}`
    return rows[0] === undefined ? null : webhookOf(rows[0])
  },

  async settleWebhook(sql, id, result, rest) {
    if ((await settled(sql, id, result, rest)) === 0)
      await sql`update participant_webhook set leased_until = null where id = ${id}`
  },

  async addAttempts(sql, attempts) {
    if (attempts.length === 0) return
    await sql`
      insert into participant_webhook_attempt ${sql(
        attempts.map(({ nextTry, ...attempt }) => ({ ...attempt, next_try: nextTry })),
      )}`
  },

  async attempts(sql, webhook, { limit, before, outcome }) {
    return [
      ...(await sql<Attempt[]>`
        select id, tenant, webhook, kind, event, type, at, outcome, status, duration, detail, answer, try, next_try as "nextTry"
        from participant_webhook_attempt
        where webhook = ${webhook} ${before === undefined ? sql`` : sql`and id < ${before}`}
          ${outcome === undefined ? sql`` : sql`and outcome = ${outcome}`}
        order by id desc limit ${limit}`),
    ]
  },

  async forgetAttempts(sql, before, limit) {
    const rows = await sql`
      delete from participant_webhook_attempt where id in (
        select id from participant_webhook_attempt where at < ${before} order by at limit ${limit})`
    return rows.count
  },
}

async function settled(...[sql, id, result, rest]: Parameters<WebhookStorage['settleWebhook']>): Promise<number> {
  const rows = await sql`
    update participant_webhook set xact = ${String(result.position.xact)}::xid8, event = ${result.position.id},
      replay = ${json(sql, result.replay)}, failures = ${result.failures}, retry_at = ${result.retryAt},
      last_error = ${result.lastError}, last_success_at = ${result.lastSuccessAt}, last_duration = ${result.lastDuration},
      state = ${result.state}, why = ${result.why}, leased_until = ${rest}
    where id = ${id} and version = ${result.version}`
  return rows.count
}

function json(sql: Sql, value: object | null) {
  return value === null ? null : sql.json(value as never)
}

type WebhookRow = Omit<Webhook, 'position'> & { xact: string; event: number }

function webhookOf({ xact, event, ...webhook }: WebhookRow): Webhook {
  return { ...webhook, position: { xact: Number(xact), id: event } }
}

function columns(sql: Sql) {
  return sql`id, tenant, owner, roles, name, url, types, household, subject, filter, api, query, secret,
    previous_secret as "previousSecret", previous_until as "previousUntil", state, why, xact::text as xact, event, replay, failures,
    retry_at as "retryAt", last_error as "lastError", last_success_at as "lastSuccessAt", last_duration as "lastDuration",
    created_at as "createdAt", version`
}
