import { sql, type Kysely } from 'kysely'

/** The log of a webhook says, too, which message was given up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table participant_webhook_attempt drop constraint participant_webhook_attempt_kind_check`.execute(db)
  await sql`
    alter table participant_webhook_attempt add constraint participant_webhook_attempt_kind_check
    check (kind in ('event', 'replay', 'resend', 'test', 'filter', 'skip'))`.execute(db)
}
