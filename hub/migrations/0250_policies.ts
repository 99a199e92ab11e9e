import { sql, type Kysely } from 'kysely'

/** Policies: versions, how far the event log has been judged, what is due, and every firing with what held and what did not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await policies(db)
  await work(db)
  await outcomes(db)
}

const tenant = sql`tenant text not null default current_setting('sutler.tenant', true)`

async function policies(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table policy_policy (
      id text primary key,
      ${tenant},
      name text not null,
      newest int not null,
      -- The version in force; null = none.
      active int,
      -- Only for devices of this group; null = for the whole tenant.
      device_group text,
      created_at timestamptz not null,
      unique (tenant, name)
    )`.execute(db)
  await sql`create index policy_policy_tenant on policy_policy (tenant, id)`.execute(db)
  await sql`
    create table policy_version (
      policy text not null references policy_policy (id),
      version int not null,
      ${tenant},
      state text not null,
      document jsonb not null,
      -- Of the events that set it off; empty when it is something else.
      types text[] not null,
      trigger text not null,
      created_by text not null,
      created_at timestamptz not null,
      activated_by text,
      activated_at timestamptz,
      decision text,
      trial text,
      -- Only events of transactions after this one set it off.
      since xid8,
      fired bigint not null default 0,
      detail text not null default '',
      primary key (policy, version)
    )`.execute(db)
  await sql`create index policy_version_active on policy_version (trigger, policy) where state = 'active'`.execute(db)
  await sql`
    create table policy_trial (
      id text primary key,
      ${tenant},
      policy text not null,
      version int not null,
      at timestamptz not null,
      result jsonb not null
    )`.execute(db)
  await sql`create index policy_trial_policy on policy_trial (policy, id)`.execute(db)
}

async function work(db: Kysely<unknown>): Promise<void> {
  await sql`create table policy_cursor (name text primary key, xact xid8 not null, event bigint not null)`.execute(db)
  await sql`comment on table policy_cursor is 'of the installation: up to where policies have judged the event log'`.execute(
    db,
  )
  await sql`
    create table policy_due (
      policy text not null,
      version int not null,
      ${tenant},
      due_at timestamptz not null,
      -- Of the devices whose clocks then show the policy's time; null = it is not about devices' time.
      zones text[],
      primary key (policy, due_at)
    )`.execute(db)
  await sql`create index policy_due_at on policy_due (due_at)`.execute(db)
  await sql`
    create table policy_run (
      id text primary key,
      ${tenant},
      policy text not null,
      version int not null,
      cause jsonb not null,
      -- What its expressions see beside what it goes through.
      given jsonb not null,
      zones text[],
      depth int not null,
      -- It has gone through everything up to this id.
      position text not null,
      open boolean not null,
      not_before timestamptz not null,
      seen bigint not null default 0,
      created_at timestamptz not null
    )`.execute(db)
  await sql`create index policy_run_open on policy_run (not_before) where open`.execute(db)
  // Firings per hour: what the hourly limit is measured by, and how many of those that did not hold are kept.
  await sql`
    create table policy_hour (
      policy text not null,
      hour timestamptz not null,
      ${tenant},
      held int not null,
      passed int not null,
      primary key (policy, hour)
    )`.execute(db)
}

async function outcomes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table policy_firing (
      id text primary key,
      ${tenant},
      policy text not null,
      version int not null,
      name text not null,
      cause jsonb not null,
      -- The same cause sets the same policy off for the same thing once.
      cause_id text not null,
      subject text not null,
      household text,
      at timestamptz not null,
      state text not null,
      detail text not null,
      clauses jsonb not null,
      actions jsonb not null,
      -- How many firings of policies led to this one.
      depth int not null,
      authority text not null,
      leased_until timestamptz,
      unique (policy, cause_id, subject)
    )`.execute(db)
  await sql`create index policy_firing_tenant on policy_firing (tenant, id)`.execute(db)
  await sql`create index policy_firing_policy on policy_firing (policy, id)`.execute(db)
  await sql`create index policy_firing_household on policy_firing (household, id) where household is not null`.execute(
    db,
  )
  await sql`create index policy_firing_open on policy_firing (id) where state = 'open'`.execute(db)
  await sql`create index policy_firing_at on policy_firing (at)`.execute(db)
  await sql`
    create table policy_hold (
      id text primary key,
      ${tenant},
      policy text not null,
      name text not null,
      version int not null,
      firing text not null,
      -- Null = of all of the tenant.
      household text,
      until timestamptz not null,
      deliveries text not null,
      why text not null
    )`.execute(db)
  await sql`create index policy_hold_tenant on policy_hold (tenant, until)`.execute(db)
  await sql`
    create table policy_approval (
      id text primary key,
      ${tenant},
      policy text not null,
      name text not null,
      version int not null,
      firing text,
      delivery text,
      household text,
      question text not null,
      asked text not null,
      otherwise text not null,
      state text not null,
      until timestamptz not null,
      asked_at timestamptz not null,
      decided_by text,
      decided_at timestamptz,
      reason text not null default '',
      decision text not null default '',
      unique (policy, delivery)
    )`.execute(db)
  await sql`create index policy_approval_tenant on policy_approval (tenant, id)`.execute(db)
  await sql`create index policy_approval_waiting on policy_approval (until) where state = 'waiting'`.execute(db)
}
