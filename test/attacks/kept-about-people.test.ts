import { answer } from '@sutler/client'
import { expect, test } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import type { Sql } from '../../hub/src/platform/database.ts'
import { composeHub } from '../support/composed-hub.ts'
import { secondPerson } from '../support/campaign-fleet.ts'

/**
 * Whatever table says who somebody is: it is shown to whoever asks what is kept about them, and after an erasure it is gone, or an
 * id without a name. A column that is new and looks like one of these fails the first test until its keeper knows it.
 */

/** Columns by name that hold an id of a person, or what somebody is called or reached by. */
const personal =
  /^(\w+_by|by_id|\w*_by_name|by_name|origin_name|author|actor|owners?|account|user_id|user_name|email|principal|developer)$/

/** Section of the export; and whether rows go with the person or stay with the id, as a record of what was done. */
type Treatment = readonly [shown: string | null, after: 'gone' | 'id']
const record: Treatment = [null, 'id']

const treatments: Readonly<Record<string, Treatment>> = {
  'definition_release_rule.changed_by': record,
  'definition_service.developer': record,
  'definition_version.published_by': record,
  'developer_log_request.asked_by': ['development.logRequests', 'id'],
  'developer_log_request.asked_by_name': ['development.logRequests', 'gone'],
  'developer_release_request.asked_by': ['development.releaseRequests', 'id'],
  'developer_release_request.asked_by_name': ['development.releaseRequests', 'gone'],
  'developer_release_request.decided_by': ['development.releaseRequests', 'id'],
  'developer_release_request.decided_by_name': ['development.releaseRequests', 'gone'],
  'developer_release_request.developer': record,
  'developer_trial.by_id': ['development.trials', 'id'],
  'developer_withdrawal.by_id': ['development.withdrawals', 'id'],
  'developer_withdrawal.by_name': ['development.withdrawals', 'gone'],
  'engine_migration.started_by': record,
  'engine_model.published_by': record,
  'engine_role.assigned_by': record,
  'entity_account.user_id': ['person.provisioned', 'gone'],
  'entity_account.user_name': ['person.provisioned', 'gone'],
  'entity_directory_link.user_id': ['person.directories', 'gone'],
  'entity_history.actor': record,
  // Of an attribute: `operator`, `scim` and so on.
  'entity_history.owner': record,
  'entity_import.started_by': record,
  'entity_membership.user_id': ['person.households', 'gone'],
  'entity_note.author': record,
  'entity_user.email': ['person.profile', 'gone'],
  'entity_user_group_member.user_id': ['person.groups', 'gone'],
  'order_campaign.created_by': ['orders.campaigns', 'id'],
  'order_campaign.started_by': ['orders.campaigns', 'id'],
  'order_campaign_act.principal': ['orders.campaigns', 'id'],
  'order_campaign_act.name': ['orders.campaigns', 'gone'],
  'order_order.origin_name': ['orders.orders', 'gone'],
  'order_order.requested_by': ['orders.orders', 'id'],
  'order_subscription.wished_by': record,
  'participant_notification.email': ['participation.notifications', 'gone'],
  'participant_notification.owner': ['participation.notifications', 'gone'],
  'participant_operation.started_by': ['participation.deviceOperations', 'id'],
  // For minutes.
  'participant_operation_preview.principal': record,
  'participant_tmf_cancellation.asked_by': ['participation.cancellations', 'id'],
  'participant_tmf_cancellation.owner': record,
  'participant_webhook.owner': ['participation.webhooks', 'gone'],
  'platform_event.owners': record,
  // For a day.
  'platform_idempotency.principal': record,
  'policy_approval.decided_by': ['answers.approvals', 'id'],
  'policy_consent_change.changed_by': ['answers.consents', 'id'],
  'policy_version.activated_by': ['answers.policies', 'id'],
  'policy_version.created_by': ['answers.policies', 'id'],
  'registration_account.user_id': ['access.account', 'gone'],
  'registration_api_key.account': ['access.apiKeys', 'gone'],
  'registration_claim.created_by': record,
  'registration_device_credential.created_by': record,
  'registration_device_identity.created_by': record,
  'registration_enrolment.decided_by': record,
  'registration_gateway_credential.created_by': record,
  'registration_identity.account': ['access.identities', 'gone'],
  'registration_invitation.created_by': record,
  'registration_invitation.email': ['access.invitations', 'gone'],
  'registration_invitation.user_id': ['access.invitations', 'gone'],
  'registration_session.account': ['access.sessions', 'gone'],
}

/** What rows about people refer to: what is in `x`, wherever it is. */
const referredTo = ['entity_household', 'entity_user_group', 'entity_directory', 'policy_consent']

/** Tables that have a row of the person’s already. */
const notSeeded = /^(entity_user|entity_account|registration_account|registration_session|platform_event)$/

interface Column {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly type: string
  /** It must be given. */
  readonly needed: boolean
  /** A value that its check allows; null = any. */
  readonly allowed: string | null
}

async function columnsOf(sql: Sql): Promise<Column[]> {
  return sql<Column[]>`
    select c.table_schema as schema, c.table_name as "table", c.column_name as name, c.data_type as type,
      c.is_nullable = 'NO' and c.column_default is null and c.is_generated = 'NEVER' and c.is_identity = 'NO' as needed,
      (select substring(pg_get_constraintdef(k.oid) from ('\\(' || c.column_name || ' = ANY \\(ARRAY\\[''([^'']+)'))
        from pg_constraint k where k.contype = 'c' and k.conrelid = (c.table_schema || '.' || c.table_name)::regclass
          and pg_get_constraintdef(k.oid) like '%(' || c.column_name || ' = ANY%' limit 1) as allowed
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema in ('public', 'registration') and t.table_type = 'BASE TABLE' order by 2, c.ordinal_position`
}

const keyOf = ({ table, name }: Column): string => `${table}.${name}`

/** A row of the table in which all that is personal says this person, whatever else is in it. */
async function seed(sql: Sql, columns: readonly Column[], person: { id: string; name: string; email: string }) {
  const { schema, table } = columns[0]!
  const given = columns.filter((each) => each.needed || each.name === 'tenant' || keyOf(each) in treatments)
  const values = given.map((column): string => {
    const { name, type, allowed } = column
    if (!(keyOf(column) in treatments)) return known[name] ?? allowed ?? filling[type] ?? 'x'
    return name === 'email' ? person.email : /(^|_)name$/.test(name) ? person.name : person.id
  })
  await sql.unsafe(
    `insert into ${schema}.${table} (${given.map(({ name }) => `"${name}"`).join()})
     select ${values.map((_, i) => `$${i + 1}::text::${cast(given[i]!)}`).join()}`,
    values,
  )
}

const known: Readonly<Record<string, string>> = { tenant: 'main', time_zone: 'UTC' }

const filling: Readonly<Record<string, string>> = {
  integer: '1',
  smallint: '1',
  bigint: '1',
  boolean: 'false',
  jsonb: '{}',
  json: '{}',
  ARRAY: '{}',
  bytea: '\\x00',
  xid8: '1',
  'double precision': '1',
  date: '2100-01-01',
  'timestamp with time zone': '2100-01-01T00:00:00Z',
}

function cast({ type }: Column): string {
  return type === 'ARRAY' ? 'text[]' : type
}

test('every column that says who somebody is has a treatment, and no other', async () => {
  const hub = await composeHub({ clock: systemClock })
  try {
    const all = await columnsOf(hub.database.owner.sql)
    const found = all.filter((each) => personal.test(each.name) || keyOf(each) in treatments).map(keyOf)
    expect(found.toSorted()).toEqual(Object.keys(treatments).toSorted())
  } finally {
    await hub.stop()
  }
}, 120_000)

test('what any module keeps about somebody is in their export, and after an erasure nothing has their name or address', async () => {
  const hub = await composeHub({ clock: systemClock })
  const { sql } = hub.database.owner
  try {
    await secondPerson(hub, 'xanthippe', 'sponsor')
    const [account] = await sql<
      { id: string }[]
    >`select user_id as id from registration.registration_account where name = 'xanthippe'`
    const person = { id: account!.id, name: 'xanthippe', email: 'xanthippe@example.org' }
    await hub.api.PATCH('/api/v1/users/{id}', {
      params: { path: { id: person.id } },
      headers: { 'if-match': '*' },
      body: { email: person.email },
    })
    const tables = Map.groupBy(await columnsOf(sql), ({ table }) => table)
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      for (const table of referredTo) await seed(tx, tables.get(table)!, person)
      for (const [table, columns] of tables)
        if (!notSeeded.test(table) && columns.some((each) => treatments[keyOf(each)]?.[0]))
          await seed(tx, columns, person)
    })
    const about = { params: { path: { id: person.id } } }
    const exported = answer(await hub.api.POST('/api/v1/users/{id}/export', about)).data as Record<
      string,
      Record<string, unknown>
    >
    const empty = [...new Set(Object.values(treatments).flatMap(([shown]) => shown ?? []))].filter((shown) => {
      const [part, list] = shown.split('.')
      const kept = exported[part!]?.[list!]
      return kept === undefined || kept === null || (Array.isArray(kept) && kept.length === 0)
    })
    expect(empty).toEqual([])

    const erased = await hub.api.POST('/api/v1/users/{id}/erasure', { ...about, headers: { 'if-match': '*' } })
    expect(erased.response.status).toBe(200)
    const left: string[] = []
    for (const [table, columns] of tables)
      for (const each of columns.filter((column) => keyOf(column) in treatments)) {
        const at = `${each.schema}.${table}`
        const values = await sql.unsafe(
          `select "${each.name}"::text as value from ${at} where "${each.name}"::text like any ($1)`,
          [[`%${person.id}%`, `%${person.name}%`]],
        )
        if (values.length > 0 && treatments[keyOf(each)]![1] === 'gone') left.push(keyOf(each))
      }
    expect(left).toEqual([])
    const named: string[] = []
    for (const [table, [column]] of tables) {
      const rows = await sql.unsafe(
        `select 1 from ${column!.schema}.${table} as t where t::text like '%xanthippe%' limit 1`,
      )
      if (rows.length > 0) named.push(table)
    }
    expect(named).toEqual([])
  } finally {
    await hub.stop()
  }
}, 120_000)
