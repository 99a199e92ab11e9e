import { sql, type Kysely } from 'kysely'

/**
 * What SCIM keeps (docs/decisions/0036): of each person with an account how they are called where they come from and what was sent of
 * them, and groups of people with the roles that they give. Accounts themselves are registration's, which tells of them here.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_account (
      user_id text primary key references entity_user (id),
      tenant text not null default current_setting('sutler.tenant', true),
      user_name text not null,
      user_name_key text collate "C" not null generated always as (lower(user_name)) stored,
      external_id text,
      active boolean not null,
      attributes jsonb not null default '{}',
      version int not null default 1,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      unique (tenant, user_name_key)
    )`.execute(db)
  await sql`create index entity_account_tenant on entity_account (tenant, user_id)`.execute(db)
  await sql`create index entity_account_external on entity_account (tenant, external_id) where external_id is not null`.execute(
    db,
  )
  await sql`create index entity_user_email on entity_user (tenant, lower(email)) where email is not null`.execute(db)
  await sql`
    insert into entity_account (user_id, tenant, user_name, active, created_at, changed_at)
    select user_id, tenant, name, not disabled, created_at, created_at from registration.registration_account`.execute(
    db,
  )
  await groups(db)
}

async function groups(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table entity_user_group (
      id text primary key,
      tenant text not null default current_setting('sutler.tenant', true),
      name text not null,
      name_key text collate "C" not null generated always as (lower(name)) stored,
      external_id text,
      roles text[] not null default '{}',
      version int not null default 1,
      created_at timestamptz not null,
      changed_at timestamptz not null,
      unique (tenant, name_key)
    )`.execute(db)
  await sql`create index entity_user_group_tenant on entity_user_group (tenant, id)`.execute(db)
  await sql`
    create table entity_user_group_member (
      group_id text not null references entity_user_group (id) on delete cascade,
      user_id text not null references entity_user (id),
      primary key (group_id, user_id)
    )`.execute(db)
  await sql`create index entity_user_group_member_user on entity_user_group_member (user_id)`.execute(db)
  await sql`comment on table entity_user_group_member is 'with entity_user_group (id) by group_id'`.execute(db)
}
