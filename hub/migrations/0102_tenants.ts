import { sql, type Kysely } from 'kysely'

/**
 * Every row is a tenant's (docs/decisions/0012). What is there already is that of `main`, the installation's own. A request's
 * connection was born with its tenant, which is the default; work for many tenants has to say it. Rows that hang on another
 * row are its tenant's, as their comment says: hub/src/platform/walls/plan.ts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tenants(db)
  for (const table of owned) {
    await sql`alter table ${sql.raw(table)} add column tenant text not null default 'main'`.execute(db)
    await sql`
      alter table ${sql.raw(table)} alter column tenant set default current_setting('sutler.tenant', true)`.execute(db)
  }
  for (const [table, comment] of Object.entries(marked))
    await sql`comment on table ${sql.raw(table)} is ${sql.lit(comment)}`.execute(db)
  await services(db)
  await lists(db)
}

const owned = [
  'entity_household',
  'entity_user',
  'entity_device',
  'entity_preference',
  'definition_service',
  'definition_version',
  'definition_component',
  'order_order',
  'order_subscription',
  'order_delivery',
  'participant_webhook',
  'platform_event',
  'platform_idempotency',
  'engine_instance',
  'engine_migration',
  'registration.registration_account',
  'registration.registration_claim',
]

const marked = {
  entity_membership: 'with entity_user (id) by user_id',
  entity_presence: 'with entity_device (id) by device',
  entity_capabilities: 'with entity_device (id) by device',
  entity_capabilities_history: 'with entity_device (id) by device',
  order_item: 'with order_order (id) by order_id',
  consumer_output: 'with entity_device (id) by device',
  engine_history: 'with engine_instance (key) by instance',
  engine_mailbox: 'with engine_instance (key) by instance',
  engine_task: 'with engine_instance (key) by instance',
  engine_timer: 'with engine_instance (key) by instance',
  engine_migration_refusal: 'with engine_migration (id) by migration',
  engine_model: 'of the installation, read by tenants',
  engine_shared: 'of the installation',
  'registration.registration_session': 'with registration_account (user_id) by account',
  'registration.registration_api_key': 'with registration_account (user_id) by account',
  'registration.registration_device': 'with registration_claim (id) by claim',
}

async function tenants(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table registration.registration_tenant (
      id text primary key,
      name text not null,
      disabled boolean not null default false,
      version int not null default 1,
      created_at timestamptz not null
    )`.execute(db)
  await sql`comment on table registration.registration_tenant is 'of the installation'`.execute(db)
  await sql`insert into registration.registration_tenant (id, name, created_at) values ('main', 'main', now())`.execute(
    db,
  )
}

/** People name services: two tenants may use one name, and do not hear of one another by it. */
async function services(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table definition_component drop constraint definition_component_service_version_fkey,
      drop constraint definition_component_pkey, drop constraint definition_component_service_version_name_key`.execute(
    db,
  )
  await sql`
    alter table definition_version drop constraint definition_version_service_fkey,
      drop constraint definition_version_pkey`.execute(db)
  await sql`alter table definition_service drop constraint definition_service_pkey, add primary key (tenant, id)`.execute(
    db,
  )
  await sql`
    alter table definition_version add primary key (tenant, service, version),
      add foreign key (tenant, service) references definition_service (tenant, id)`.execute(db)
  await sql`
    alter table definition_component add primary key (tenant, service, version, position),
      add unique (tenant, service, version, name),
      add foreign key (tenant, service, version) references definition_version (tenant, service, version)`.execute(db)
}

/** A tenant's lists are by id; a device is of its household's tenant. */
async function lists(db: Kysely<unknown>): Promise<void> {
  for (const table of [
    'entity_household',
    'entity_user',
    'entity_device',
    'order_order',
    'order_subscription',
    'order_delivery',
    'participant_webhook',
  ])
    await sql`create index ${sql.raw(`${table}_tenant`)} on ${sql.raw(table)} (tenant, id)`.execute(db)
  await sql`create index engine_instance_tenant on engine_instance (tenant, model, id)`.execute(db)
  await sql`
    create index registration_account_tenant on registration.registration_account (tenant, user_id)`.execute(db)
  await sql`create index registration_claim_tenant on registration.registration_claim (tenant, id)`.execute(db)
  await sql`alter table entity_household add unique (id, tenant)`.execute(db)
  await sql`
    alter table entity_device drop constraint entity_device_household_fkey,
      add foreign key (household, tenant) references entity_household (id, tenant)`.execute(db)
}
