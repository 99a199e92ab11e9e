create table consumer_device_log (
  id bigint not null generated always as identity,
  device text not null,
  request text not null,
  received_at timestamp with time zone not null,
  text text not null,
  constraint consumer_device_log_pkey PRIMARY KEY (id)
);

CREATE INDEX consumer_device_log_device ON public.consumer_device_log USING btree (device, id);

CREATE INDEX consumer_device_log_received ON public.consumer_device_log USING btree (received_at);

comment on table consumer_device_log is 'with entity_device (id) by device';

create table consumer_device_memory (
  device text not null,
  protocol text not null,
  version integer not null,
  value jsonb not null,
  changed_at timestamp with time zone not null,
  constraint consumer_device_memory_pkey PRIMARY KEY (device, protocol)
);

comment on table consumer_device_memory is 'with entity_device (id) by device';

create table consumer_file_facts (
  sha256 text not null,
  size bigint not null,
  sha1 text not null,
  md5 text not null,
  constraint consumer_file_facts_pkey PRIMARY KEY (sha256)
);

comment on table consumer_file_facts is 'of the installation';

create table consumer_output (
  id bigint not null generated always as identity,
  device text not null,
  delivery text,
  kind text not null,
  body jsonb not null,
  queued_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  done_at timestamp with time zone,
  result text,
  constraint consumer_output_pkey PRIMARY KEY (id)
) with (fillfactor=80);

CREATE INDEX consumer_output_delivery ON public.consumer_output USING btree (delivery) WHERE (done_at IS NULL);

CREATE INDEX consumer_output_device ON public.consumer_output USING btree (device, id);

CREATE INDEX consumer_output_done ON public.consumer_output USING btree (done_at) WHERE (done_at IS NOT NULL);

CREATE INDEX consumer_output_open ON public.consumer_output USING btree (device, id) WHERE (done_at IS NULL);

comment on table consumer_output is 'with entity_device (id) by device';

create table definition_blob (
  digest text not null,
  size bigint,
  claimed_at timestamp with time zone not null,
  lost_at timestamp with time zone,
  constraint definition_blob_pkey PRIMARY KEY (digest)
);

CREATE INDEX definition_blob_claimed_at ON public.definition_blob USING btree (claimed_at);

comment on table definition_blob is 'of the installation';

create table definition_component (
  service text not null,
  version text not null,
  "position" integer not null,
  name text not null,
  device_class text not null,
  compatibility text not null,
  restart text not null,
  health jsonb,
  manifest text not null,
  manifest_size integer not null,
  files integer not null,
  bytes bigint not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  after jsonb not null default '[]'::jsonb,
  role text not null default 'files'::text,
  reports jsonb,
  constraint definition_component_pkey PRIMARY KEY (tenant, service, version, "position"),
  constraint definition_component_tenant_service_version_name_key UNIQUE (tenant, service, version, name),
  constraint definition_component_manifest_fkey FOREIGN KEY (manifest) REFERENCES definition_manifest(digest),
  constraint definition_component_tenant_service_version_fkey FOREIGN KEY (tenant, service, version) REFERENCES definition_version(tenant, service, version),
  constraint definition_component_role CHECK ((role = ANY (ARRAY['files'::text, 'firmware'::text, 'unit'::text, 'configuration'::text])))
);

CREATE INDEX definition_component_manifest ON public.definition_component USING btree (manifest);

create table definition_manifest (
  digest text not null,
  claimed_at timestamp with time zone not null,
  indexed boolean not null default false,
  freed_at timestamp with time zone,
  constraint definition_manifest_pkey PRIMARY KEY (digest)
);

comment on table definition_manifest is 'of the installation, read by tenants';

create table definition_manifest_file (
  manifest text not null,
  digest text not null,
  constraint definition_manifest_file_pkey PRIMARY KEY (manifest, digest),
  constraint definition_manifest_file_digest_fkey FOREIGN KEY (digest) REFERENCES definition_blob(digest),
  constraint definition_manifest_file_manifest_fkey FOREIGN KEY (manifest) REFERENCES definition_manifest(digest)
);

CREATE INDEX definition_manifest_file_digest ON public.definition_manifest_file USING btree (digest);

comment on table definition_manifest_file is 'of the installation';

create table definition_patch (
  from_digest text not null,
  to_digest text not null,
  from_size bigint not null,
  to_size bigint not null,
  state text not null,
  attempts integer not null default 0,
  due_at timestamp with time zone not null,
  patch text,
  size bigint,
  used_at timestamp with time zone,
  detail text not null default ''::text,
  constraint definition_patch_pkey PRIMARY KEY (from_digest, to_digest),
  constraint definition_patch_patch_fkey FOREIGN KEY (patch) REFERENCES definition_blob(digest)
);

CREATE INDEX definition_patch_patch ON public.definition_patch USING btree (patch);

CREATE INDEX definition_patch_to ON public.definition_patch USING btree (to_digest);

CREATE INDEX definition_patch_wanted ON public.definition_patch USING btree (due_at) WHERE (state = 'wanted'::text);

comment on table definition_patch is 'of the installation';

create table definition_release_rule (
  tenant text not null default current_setting('sutler.tenant'::text, true),
  second_person boolean not null,
  changed_by text not null,
  changed_at timestamp with time zone not null,
  constraint definition_release_rule_pkey PRIMARY KEY (tenant)
);

create table definition_service (
  id text not null,
  title text not null,
  developer text not null,
  state text not null,
  created_at timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  categories text[] not null default '{}'::text[],
  parental integer not null default 0,
  revision bigint not null default 0,
  constraint definition_service_pkey PRIMARY KEY (tenant, id)
);

CREATE INDEX definition_service_categories ON public.definition_service USING gin (categories);

create table definition_trust_assignment (
  device text not null,
  version bigint not null,
  root bigint not null,
  snapshot bigint not null,
  content text not null,
  expires timestamp with time zone not null,
  bytes bytea not null,
  constraint definition_trust_assignment_pkey PRIMARY KEY (device)
);

comment on table definition_trust_assignment is 'with entity_device (id) by device';

create table definition_trust_file (
  role text not null,
  version bigint not null,
  bytes bytea not null,
  sha256 text not null,
  expires timestamp with time zone not null,
  created_at timestamp with time zone not null,
  warned_at timestamp with time zone,
  constraint definition_trust_file_pkey PRIMARY KEY (role, version)
);

comment on table definition_trust_file is 'of the installation, read by tenants';

create table definition_trust_online_key (
  key_id text not null,
  role text not null,
  scheme text not null,
  public text not null,
  seen_at timestamp with time zone not null,
  constraint definition_trust_online_key_pkey PRIMARY KEY (key_id)
);

comment on table definition_trust_online_key is 'of the installation, read by tenants';

create table definition_version (
  service text not null,
  version text not null,
  state text not null,
  notes text not null,
  relations jsonb not null,
  created_at timestamp with time zone not null,
  released_at timestamp with time zone,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  channel text,
  retired_at timestamp with time zone,
  freed_at timestamp with time zone,
  patches_planned_at timestamp with time zone,
  published_by text not null default ''::text,
  constraint definition_version_pkey PRIMARY KEY (tenant, service, version),
  constraint definition_version_tenant_service_fkey FOREIGN KEY (tenant, service) REFERENCES definition_service(tenant, id)
);

CREATE INDEX definition_version_retired ON public.definition_version USING btree (retired_at) WHERE ((retired_at IS NOT NULL) AND (freed_at IS NULL));

create table developer_log_request (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  service text not null,
  version text not null,
  device text not null,
  component text not null,
  why text not null,
  request text,
  refused text not null default ''::text,
  asked_by text not null,
  asked_by_name text not null,
  asked_at timestamp with time zone not null,
  constraint developer_log_request_pkey PRIMARY KEY (id)
);

CREATE INDEX developer_log_request_asked ON public.developer_log_request USING btree (asked_at);

CREATE INDEX developer_log_request_version ON public.developer_log_request USING btree (tenant, service, version, id);

create table developer_release_request (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  developer text not null,
  service text not null,
  version text not null,
  channel text not null,
  note text not null,
  state text not null,
  asked_by text not null,
  asked_by_name text not null,
  asked_at timestamp with time zone not null,
  decided_by text,
  decided_by_name text,
  decided_at timestamp with time zone,
  reason text not null default ''::text,
  constraint developer_release_request_pkey PRIMARY KEY (id),
  constraint developer_release_request_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text])))
);

CREATE INDEX developer_release_request_decided ON public.developer_release_request USING btree (decided_at) WHERE (decided_at IS NOT NULL);

CREATE INDEX developer_release_request_tenant ON public.developer_release_request USING btree (tenant, id);

CREATE UNIQUE INDEX developer_release_request_waiting ON public.developer_release_request USING btree (tenant, service, version) WHERE (state = 'waiting'::text);

create table developer_trial (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  service text not null,
  version text not null,
  household text not null,
  devices text[] not null,
  had text,
  order_id text not null,
  undo_order text,
  by_id text not null,
  at timestamp with time zone not null,
  constraint developer_trial_pkey PRIMARY KEY (id)
);

CREATE INDEX developer_trial_version ON public.developer_trial USING btree (tenant, service, version, id);

create table developer_withdrawal (
  tenant text not null default current_setting('sutler.tenant'::text, true),
  service text not null,
  version text not null,
  back_to text,
  reason text not null,
  by_id text not null,
  by_name text not null,
  decision text not null,
  state text not null,
  after_subscription text not null default ''::text,
  placed integer not null default 0,
  refused integer not null default 0,
  refusals jsonb not null default '[]'::jsonb,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  leased_until timestamp with time zone,
  constraint developer_withdrawal_pkey PRIMARY KEY (tenant, service, version),
  constraint developer_withdrawal_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text])))
);

CREATE INDEX developer_withdrawal_running ON public.developer_withdrawal USING btree (started_at) WHERE (state = 'running'::text);

create table engine_history (
  instance bigint not null,
  entry integer not null,
  at bigint not null,
  type text not null,
  signal_id text not null,
  outside boolean not null,
  body json not null,
  xact bigint default platform_xact(),
  constraint engine_history_pkey PRIMARY KEY (instance, entry)
);

CREATE INDEX engine_history_at ON public.engine_history USING brin (at, xact) WITH (pages_per_range='32', autosummarize='on');

CREATE UNIQUE INDEX engine_history_outside ON public.engine_history USING btree (instance, signal_id) WHERE outside;

comment on table engine_history is 'with engine_instance (key) by instance';

create table engine_instance (
  key bigint not null,
  model text not null,
  id text not null,
  version text not null,
  parent text,
  parent_as text,
  depth integer not null,
  call json not null,
  states json not null,
  data json not null,
  pending json not null,
  steps integer not null,
  entries integer not null,
  attention text,
  created_at bigint not null,
  changed_at bigint not null,
  ended_at bigint,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  constraint engine_instance_pkey PRIMARY KEY (key)
) with (fillfactor=70);

CREATE INDEX engine_instance_attention ON public.engine_instance USING btree (model, id) WHERE (attention IS NOT NULL);

CREATE INDEX engine_instance_ended ON public.engine_instance USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX engine_instance_parent ON public.engine_instance USING btree (parent, model, id) WHERE (parent IS NOT NULL);

CREATE INDEX engine_instance_tenant ON public.engine_instance USING btree (tenant, model, id);

CREATE UNIQUE INDEX engine_instance_url ON public.engine_instance USING btree (model, id);

create table engine_mailbox (
  seq bigint not null generated always as identity,
  instance bigint not null,
  at bigint not null,
  item json not null,
  constraint engine_mailbox_pkey PRIMARY KEY (seq)
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=5000, vacuum_truncate=off);

CREATE INDEX engine_mailbox_instance ON public.engine_mailbox USING btree (instance, seq);

comment on table engine_mailbox is 'with engine_instance (key) by instance';

create table engine_migration (
  id text not null,
  model text not null,
  from_version text not null,
  to_version text not null,
  states json not null,
  instances json,
  reason text not null,
  started_by text not null,
  state text not null,
  "position" text not null default ''::text,
  moved integer not null default 0,
  refused integer not null default 0,
  lease text,
  leased_until bigint not null default 0,
  created_at bigint not null,
  ended_at bigint,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  constraint engine_migration_pkey PRIMARY KEY (id)
);

CREATE INDEX engine_migration_model ON public.engine_migration USING btree (model, id);

CREATE INDEX engine_migration_running ON public.engine_migration USING btree (created_at) WHERE (state = 'running'::text);

create table engine_migration_refusal (
  migration text not null,
  instance text not null,
  reasons json not null,
  constraint engine_migration_refusal_pkey PRIMARY KEY (migration, instance),
  constraint engine_migration_refusal_migration_fkey FOREIGN KEY (migration) REFERENCES engine_migration(id) ON DELETE CASCADE
);

comment on table engine_migration_refusal is 'with engine_migration (id) by migration';

create table engine_model (
  seq bigint not null generated always as identity,
  name text not null,
  version text not null,
  digest text not null,
  document json not null,
  published_at timestamp with time zone not null default now(),
  text text,
  published_by text,
  constraint engine_model_pkey PRIMARY KEY (name, version),
  constraint engine_model_seq_key UNIQUE (seq)
);

comment on table engine_model is 'of the installation, read by tenants';

create table engine_role (
  role text not null,
  version text not null,
  assigned_by text not null,
  assigned_at timestamp with time zone not null,
  constraint engine_role_pkey PRIMARY KEY (role),
  constraint engine_role_role_version_fkey FOREIGN KEY (role, version) REFERENCES engine_model(name, version)
);

comment on table engine_role is 'of the installation, read by tenants';

create table engine_shared (
  model text not null,
  data json not null,
  constraint engine_shared_pkey PRIMARY KEY (model)
);

comment on table engine_shared is 'of the installation';

create table engine_task (
  instance bigint not null,
  key text not null,
  task text not null,
  args json not null,
  policy json not null,
  attempt integer not null default 0,
  due bigint not null,
  lease text,
  error text,
  running json,
  constraint engine_task_pkey PRIMARY KEY (instance, key)
);

CREATE INDEX engine_task_due ON public.engine_task USING btree (due);

comment on table engine_task is 'with engine_instance (key) by instance';

create table engine_timer (
  instance bigint not null,
  due bigint not null,
  constraint engine_timer_pkey PRIMARY KEY (instance)
);

CREATE INDEX engine_timer_due ON public.engine_timer USING btree (due);

comment on table engine_timer is 'with engine_instance (key) by instance';

create table entity_account (
  user_id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  user_name text not null,
  user_name_key text collate "C" not null generated always as (lower(user_name)) stored,
  external_id text,
  active boolean not null,
  attributes jsonb not null default '{}'::jsonb,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint entity_account_pkey PRIMARY KEY (user_id),
  constraint entity_account_tenant_user_name_key_key UNIQUE (tenant, user_name_key),
  constraint entity_account_user_id_fkey FOREIGN KEY (user_id) REFERENCES entity_user(id)
);

CREATE INDEX entity_account_external ON public.entity_account USING btree (tenant, external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX entity_account_tenant ON public.entity_account USING btree (tenant, user_id);

create table entity_attribute (
  tenant text not null default current_setting('sutler.tenant'::text, true),
  kind text not null,
  name text not null,
  type text not null,
  required boolean not null,
  description text not null,
  bounds jsonb not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint entity_attribute_pkey PRIMARY KEY (tenant, kind, name),
  constraint entity_attribute_kind_check CHECK ((kind = ANY (ARRAY['device'::text, 'user'::text, 'household'::text]))),
  constraint entity_attribute_type_check CHECK ((type = ANY (ARRAY['string'::text, 'number'::text, 'boolean'::text, 'date'::text, 'enum'::text])))
);

create table entity_capabilities (
  device text not null,
  digest bytea not null,
  lasting_digest bytea not null,
  report jsonb not null,
  reported_at timestamp with time zone not null,
  constraint entity_capabilities_pkey PRIMARY KEY (device),
  constraint entity_capabilities_device_fkey FOREIGN KEY (device) REFERENCES entity_device(id)
) with (fillfactor=70);

comment on table entity_capabilities is 'with entity_device (id) by device';

create table entity_capabilities_history (
  id bigint not null generated always as identity,
  device text not null,
  report jsonb not null,
  reported_at timestamp with time zone not null,
  constraint entity_capabilities_history_pkey PRIMARY KEY (device, id),
  constraint entity_capabilities_history_device_fkey FOREIGN KEY (device) REFERENCES entity_device(id)
);

CREATE INDEX entity_capabilities_history_at ON public.entity_capabilities_history USING btree (reported_at);

comment on table entity_capabilities_history is 'with entity_device (id) by device';

create table entity_device (
  id text not null,
  household text not null,
  class text not null,
  serial text not null,
  name text not null,
  state text not null default 'active'::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  protocol text not null default 'native'::text,
  tags text[] not null default '{}'::text[],
  attributes jsonb not null default '{}'::jsonb,
  identities text[] not null default '{}'::text[],
  constraint entity_device_pkey PRIMARY KEY (id),
  constraint entity_device_household_tenant_fkey FOREIGN KEY (household, tenant) REFERENCES entity_household(id, tenant),
  constraint entity_device_state_check CHECK ((state = ANY (ARRAY['active'::text, 'quarantined'::text, 'decommissioned'::text])))
);

CREATE INDEX entity_device_household ON public.entity_device USING btree (household, id);

CREATE INDEX entity_device_serial ON public.entity_device USING btree (serial);

CREATE INDEX entity_device_tenant ON public.entity_device USING btree (tenant, id);

CREATE TRIGGER entity_device_found_delete AFTER DELETE ON public.entity_device REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_device_found();

CREATE TRIGGER entity_device_found_insert AFTER INSERT ON public.entity_device REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_device_found();

CREATE TRIGGER entity_device_found_update AFTER UPDATE ON public.entity_device REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_device_found();

create table entity_directory (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  name text not null,
  kind text not null,
  url text not null,
  settings jsonb not null,
  secret bytea,
  disabled boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint entity_directory_pkey PRIMARY KEY (id),
  constraint entity_directory_tenant_name_key UNIQUE (tenant, name),
  constraint entity_directory_kind_check CHECK ((kind = ANY (ARRAY['ldap'::text, 'http'::text])))
);

create table entity_directory_link (
  user_id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  directory text not null,
  entry text not null,
  refreshed_at timestamp with time zone not null,
  constraint entity_directory_link_pkey PRIMARY KEY (user_id),
  constraint entity_directory_link_directory_entry_key UNIQUE (directory, entry),
  constraint entity_directory_link_directory_fkey FOREIGN KEY (directory) REFERENCES entity_directory(id) ON DELETE CASCADE,
  constraint entity_directory_link_user_id_fkey FOREIGN KEY (user_id) REFERENCES entity_user(id)
);

create table entity_fleet (
  device text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  household text not null,
  class text collate "C" not null,
  serial text collate "C" not null,
  name text collate "C" not null,
  state text not null default 'active'::text,
  created_at timestamp with time zone not null,
  reported boolean not null default false,
  report_class text collate "C",
  model text collate "C",
  arch text collate "C",
  cpus double precision,
  os_name text collate "C",
  os_version text collate "C",
  os_version_key text collate "C" generated always as (entity_version_key(os_version)) stored,
  memory_total double precision,
  storage_total double precision,
  time_zone text collate "C",
  terms bigint[],
  protocol text collate "C" not null default 'native'::text,
  tags text[] not null default '{}'::text[],
  attributes jsonb not null default '{}'::jsonb,
  labels bigint[] generated always as (entity_labels(tags, attributes)) stored,
  constraint entity_fleet_pkey PRIMARY KEY (device),
  constraint entity_fleet_device_fkey FOREIGN KEY (device) REFERENCES entity_device(id)
);

CREATE INDEX entity_fleet_arch ON public.entity_fleet USING btree (tenant, arch, device);

CREATE INDEX entity_fleet_class ON public.entity_fleet USING btree (tenant, class, device);

CREATE INDEX entity_fleet_created_at ON public.entity_fleet USING btree (tenant, created_at);

CREATE INDEX entity_fleet_household ON public.entity_fleet USING btree (household, device);

CREATE INDEX entity_fleet_labels ON public.entity_fleet USING gin (labels) WITH (fastupdate=off);

CREATE INDEX entity_fleet_memory_total ON public.entity_fleet USING btree (tenant, memory_total);

CREATE INDEX entity_fleet_model ON public.entity_fleet USING btree (tenant, model, device);

CREATE INDEX entity_fleet_name ON public.entity_fleet USING btree (tenant, name, device);

CREATE INDEX entity_fleet_os_name ON public.entity_fleet USING btree (tenant, os_name, device);

CREATE INDEX entity_fleet_os_version ON public.entity_fleet USING btree (tenant, os_version, device);

CREATE INDEX entity_fleet_os_version_key ON public.entity_fleet USING btree (tenant, os_version_key);

CREATE INDEX entity_fleet_protocol ON public.entity_fleet USING btree (tenant, protocol, device) WHERE (protocol <> 'native'::text);

CREATE INDEX entity_fleet_report_class ON public.entity_fleet USING btree (tenant, report_class, device);

CREATE INDEX entity_fleet_serial ON public.entity_fleet USING btree (tenant, serial);

CREATE INDEX entity_fleet_state ON public.entity_fleet USING btree (tenant, state, device) WHERE (state <> 'active'::text);

CREATE INDEX entity_fleet_tenant ON public.entity_fleet USING btree (tenant, device);

CREATE INDEX entity_fleet_terms ON public.entity_fleet USING gin (terms) WITH (fastupdate=off);

CREATE INDEX entity_fleet_time_zone ON public.entity_fleet USING btree (tenant, time_zone, device);

create table entity_group (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  name text not null,
  kind text not null,
  filter text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint entity_group_pkey PRIMARY KEY (id),
  constraint entity_group_tenant_name_key UNIQUE (tenant, name),
  constraint entity_group_check CHECK (((kind = 'live'::text) = (filter IS NOT NULL))),
  constraint entity_group_kind_check CHECK ((kind = ANY (ARRAY['static'::text, 'live'::text])))
);

CREATE INDEX entity_group_tenant ON public.entity_group USING btree (tenant, id);

CREATE TRIGGER entity_group_found_delete AFTER DELETE ON public.entity_group REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_group_found();

CREATE TRIGGER entity_group_found_insert AFTER INSERT ON public.entity_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_group_found();

CREATE TRIGGER entity_group_found_update AFTER UPDATE ON public.entity_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_group_found();

create table entity_group_member (
  group_id text not null,
  device text not null,
  constraint entity_group_member_pkey PRIMARY KEY (group_id, device),
  constraint entity_group_member_device_fkey FOREIGN KEY (device) REFERENCES entity_device(id),
  constraint entity_group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES entity_group(id) ON DELETE CASCADE
);

CREATE INDEX entity_group_member_device ON public.entity_group_member USING btree (device);

comment on table entity_group_member is 'with entity_group (id) by group_id';

create table entity_group_use (
  group_id text not null,
  kind text not null,
  id text not null,
  name text not null,
  constraint entity_group_use_pkey PRIMARY KEY (group_id, kind, id),
  constraint entity_group_use_group_id_fkey FOREIGN KEY (group_id) REFERENCES entity_group(id)
);

CREATE INDEX entity_group_use_by ON public.entity_group_use USING btree (kind, id);

comment on table entity_group_use is 'with entity_group (id) by group_id';

create table entity_history (
  id bigint not null generated always as identity,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  kind text not null,
  subject text not null,
  at timestamp with time zone not null,
  owner text not null,
  actor jsonb,
  changes jsonb not null,
  constraint entity_history_pkey PRIMARY KEY (kind, subject, id),
  constraint entity_history_kind_check CHECK ((kind = ANY (ARRAY['device'::text, 'user'::text, 'household'::text]))),
  constraint entity_history_owner_check CHECK ((owner = ANY (ARRAY['operator'::text, 'directory'::text, 'scim'::text])))
);

CREATE INDEX entity_history_at ON public.entity_history USING btree (at);

create table entity_household (
  id text not null,
  name text not null,
  time_zone text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  tags text[] not null default '{}'::text[],
  attributes jsonb not null default '{}'::jsonb,
  kind text not null default 'household'::text,
  merged_into text,
  constraint entity_household_pkey PRIMARY KEY (id),
  constraint entity_household_id_tenant_key UNIQUE (id, tenant),
  constraint entity_household_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES entity_household(id),
  constraint entity_household_kind_check CHECK ((kind = ANY (ARRAY['household'::text, 'organisation'::text])))
);

CREATE INDEX entity_household_name ON public.entity_household USING btree (tenant, name COLLATE "C");

CREATE INDEX entity_household_tags ON public.entity_household USING gin (tags);

CREATE INDEX entity_household_tenant ON public.entity_household USING btree (tenant, id);

CREATE TRIGGER entity_household_found_delete AFTER DELETE ON public.entity_household REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_household_found();

CREATE TRIGGER entity_household_found_insert AFTER INSERT ON public.entity_household REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_household_found();

CREATE TRIGGER entity_household_found_update AFTER UPDATE ON public.entity_household REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_household_found();

create table entity_import (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  kind text not null,
  started_by text not null,
  state text not null,
  last_line integer not null default 0,
  made integer not null default 0,
  unchanged integer not null default 0,
  failed integer not null default 0,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint entity_import_pkey PRIMARY KEY (id),
  constraint entity_import_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cut-off'::text])))
);

CREATE INDEX entity_import_tenant ON public.entity_import USING btree (tenant, id);

create table entity_import_key (
  tenant text not null default current_setting('sutler.tenant'::text, true),
  kind text not null,
  key text not null,
  subject text not null,
  constraint entity_import_key_pkey PRIMARY KEY (tenant, kind, key)
);

create table entity_membership (
  user_id text not null,
  household text not null,
  constraint entity_membership_pkey PRIMARY KEY (user_id, household),
  constraint entity_membership_household_fkey FOREIGN KEY (household) REFERENCES entity_household(id),
  constraint entity_membership_user_id_fkey FOREIGN KEY (user_id) REFERENCES entity_user(id)
);

CREATE INDEX entity_membership_household ON public.entity_membership USING btree (household, user_id);

comment on table entity_membership is 'with entity_user (id) by user_id';

create table entity_note (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  kind text not null,
  subject text not null,
  author text not null,
  text text not null,
  created_at timestamp with time zone not null,
  constraint entity_note_pkey PRIMARY KEY (id),
  constraint entity_note_kind_check CHECK ((kind = ANY (ARRAY['device'::text, 'user'::text, 'household'::text])))
);

CREATE INDEX entity_note_subject ON public.entity_note USING btree (kind, subject, id);

create table entity_preference (
  kind text not null,
  id text not null,
  document jsonb not null,
  version integer not null,
  updated_at timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  constraint entity_preference_pkey PRIMARY KEY (kind, id),
  constraint entity_preference_kind_check CHECK ((kind = ANY (ARRAY['tenant'::text, 'household'::text, 'user'::text, 'device'::text])))
);

create table entity_presence (
  device text not null,
  reachable boolean not null,
  changed_at timestamp with time zone not null,
  constraint entity_presence_pkey PRIMARY KEY (device),
  constraint entity_presence_device_fkey FOREIGN KEY (device) REFERENCES entity_device(id)
) with (fillfactor=70);

CREATE INDEX entity_presence_changed ON public.entity_presence USING btree (changed_at, device);

comment on table entity_presence is 'with entity_device (id) by device';

create table entity_presence_sample (
  tenant text not null default current_setting('sutler.tenant'::text, true),
  at timestamp with time zone not null,
  devices integer not null,
  reachable integer not null,
  constraint entity_presence_sample_pkey PRIMARY KEY (tenant, at)
);

CREATE INDEX entity_presence_sample_at ON public.entity_presence_sample USING btree (at);

create table entity_search (
  id text collate "C" not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  kind text not null,
  household text,
  label text not null,
  detail text,
  words text collate "C" not null,
  constraint entity_search_pkey PRIMARY KEY (id)
);

CREATE INDEX entity_search_household ON public.entity_search USING btree (household) WHERE (household IS NOT NULL);

CREATE INDEX entity_search_tenant ON public.entity_search USING btree (tenant, kind, id);

CREATE INDEX entity_search_words ON public.entity_search USING gin (entity_search_grams(tenant, kind, words));

create table entity_user (
  id text not null,
  name text not null,
  email text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  tags text[] not null default '{}'::text[],
  attributes jsonb not null default '{}'::jsonb,
  merged_into text,
  erased_at timestamp with time zone,
  constraint entity_user_pkey PRIMARY KEY (id),
  constraint entity_user_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES entity_user(id)
);

CREATE INDEX entity_user_email ON public.entity_user USING btree (tenant, lower(email)) WHERE (email IS NOT NULL);

CREATE INDEX entity_user_tags ON public.entity_user USING gin (tags);

CREATE INDEX entity_user_tenant ON public.entity_user USING btree (tenant, id);

CREATE TRIGGER entity_user_found_delete AFTER DELETE ON public.entity_user REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_user_found();

CREATE TRIGGER entity_user_found_insert AFTER INSERT ON public.entity_user REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_user_found();

CREATE TRIGGER entity_user_found_update AFTER UPDATE ON public.entity_user REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_user_found();

create table entity_user_group (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  name text not null,
  name_key text collate "C" not null generated always as (lower(name)) stored,
  external_id text,
  roles text[] not null default '{}'::text[],
  version integer not null default 1,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint entity_user_group_pkey PRIMARY KEY (id),
  constraint entity_user_group_tenant_name_key_key UNIQUE (tenant, name_key)
);

CREATE INDEX entity_user_group_tenant ON public.entity_user_group USING btree (tenant, id);

CREATE TRIGGER entity_user_group_found_delete AFTER DELETE ON public.entity_user_group REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_user_group_found();

CREATE TRIGGER entity_user_group_found_insert AFTER INSERT ON public.entity_user_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_user_group_found();

CREATE TRIGGER entity_user_group_found_update AFTER UPDATE ON public.entity_user_group REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION entity_user_group_found();

create table entity_user_group_member (
  group_id text not null,
  user_id text not null,
  constraint entity_user_group_member_pkey PRIMARY KEY (group_id, user_id),
  constraint entity_user_group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES entity_user_group(id) ON DELETE CASCADE,
  constraint entity_user_group_member_user_id_fkey FOREIGN KEY (user_id) REFERENCES entity_user(id)
);

CREATE INDEX entity_user_group_member_user ON public.entity_user_group_member USING btree (user_id);

comment on table entity_user_group_member is 'with entity_user_group (id) by group_id';

create table order_adoption (
  tenant text not null default current_setting('sutler.tenant'::text, true),
  service text not null,
  version text not null,
  component text not null,
  standing text not null,
  devices integer not null
);

CREATE INDEX order_adoption_service ON public.order_adoption USING btree (tenant, service);

create table order_adoption_day (
  tenant text not null default current_setting('sutler.tenant'::text, true),
  service text not null,
  version text not null,
  day date not null,
  confirmed integer not null,
  failed integer not null
);

CREATE INDEX order_adoption_day_day ON public.order_adoption_day USING btree (day);

CREATE INDEX order_adoption_day_version ON public.order_adoption_day USING btree (tenant, service, version, day);

create table order_campaign (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  name text not null,
  document jsonb not null,
  created_by text not null,
  decision text not null,
  state text not null,
  why text not null,
  since timestamp with time zone not null,
  version text,
  plan_number integer not null default 1,
  plan_cursor text,
  planned_at timestamp with time zone,
  started_by text,
  started_decision text,
  started_at timestamp with time zone,
  counted_from timestamp with time zone,
  resumed_at timestamp with time zone,
  current_wave integer not null default 0,
  tripped text,
  waived text[] not null default '{}'::text[],
  ran_ms bigint not null default 0,
  tokens double precision not null default 0,
  looked_at timestamp with time zone,
  quiet integer not null default 0,
  joined_to text,
  cancelled_to text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint order_campaign_pkey PRIMARY KEY (id)
);

CREATE INDEX order_campaign_tenant ON public.order_campaign USING btree (tenant, id);

create table order_campaign_act (
  id text not null,
  campaign text not null,
  act text not null,
  wave integer,
  principal text not null,
  name text not null,
  decision text not null,
  reason text not null,
  at timestamp with time zone not null,
  constraint order_campaign_act_pkey PRIMARY KEY (id),
  constraint order_campaign_act_campaign_fkey FOREIGN KEY (campaign) REFERENCES order_campaign(id)
);

CREATE INDEX order_campaign_act_campaign ON public.order_campaign_act USING btree (campaign, id);

comment on table order_campaign_act is 'with order_campaign (id) by campaign';

create table order_campaign_count (
  campaign text not null,
  plan integer not null,
  what text not null,
  key text not null,
  devices bigint not null,
  constraint order_campaign_count_pkey PRIMARY KEY (campaign, plan, what, key)
);

comment on table order_campaign_count is 'with order_campaign (id) by campaign';

create table order_campaign_settled (
  id bigint not null generated always as identity,
  campaign text not null,
  order_id text not null,
  constraint order_campaign_settled_pkey PRIMARY KEY (id)
);

CREATE INDEX order_campaign_settled_campaign ON public.order_campaign_settled USING btree (campaign, id);

comment on table order_campaign_settled is 'with order_campaign (id) by campaign';

create table order_campaign_tally (
  id bigint not null generated always as identity,
  campaign text not null,
  wave integer not null,
  open integer not null default 0,
  done integer not null default 0,
  failed integer not null default 0,
  cancelled integer not null default 0,
  returning_open integer not null default 0,
  returned integer not null default 0,
  kept integer not null default 0,
  not_returned integer not null default 0,
  constraint order_campaign_tally_pkey PRIMARY KEY (id)
);

CREATE INDEX order_campaign_tally_campaign ON public.order_campaign_tally USING btree (campaign, id);

comment on table order_campaign_tally is 'with order_campaign (id) by campaign';

create table order_campaign_target (
  campaign text not null,
  device text not null,
  household text not null,
  zone text not null,
  band integer not null,
  lot integer not null,
  plan integer not null,
  state text not null,
  kind text not null default ''::text,
  reason text not null default ''::text,
  wave integer not null default 0,
  order_id text,
  before text,
  back_order text,
  constraint order_campaign_target_pkey PRIMARY KEY (campaign, device)
) with (fillfactor=85);

CREATE INDEX order_campaign_target_back ON public.order_campaign_target USING btree (back_order) WHERE (back_order IS NOT NULL);

CREATE INDEX order_campaign_target_next ON public.order_campaign_target USING btree (campaign, band, zone, lot, household) WHERE (state = 'planned'::text);

CREATE INDEX order_campaign_target_order ON public.order_campaign_target USING btree (order_id) WHERE (order_id IS NOT NULL);

CREATE INDEX order_campaign_target_state ON public.order_campaign_target USING btree (campaign, state, device);

comment on table order_campaign_target is 'with order_campaign (id) by campaign';

create table order_campaign_wave (
  campaign text not null,
  number integer not null,
  band integer not null,
  take integer,
  to_lot integer,
  size integer not null default 0,
  open integer not null default 0,
  done integer not null default 0,
  failed integer not null default 0,
  cancelled integer not null default 0,
  returning_open integer not null default 0,
  returned integer not null default 0,
  kept integer not null default 0,
  not_returned integer not null default 0,
  began_at timestamp with time zone,
  placed_at timestamp with time zone,
  passed_at timestamp with time zone,
  constraint order_campaign_wave_pkey PRIMARY KEY (campaign, number),
  constraint order_campaign_wave_campaign_fkey FOREIGN KEY (campaign) REFERENCES order_campaign(id)
);

comment on table order_campaign_wave is 'with order_campaign (id) by campaign';

create table order_delivery (
  id text not null,
  order_id text not null,
  item text not null,
  subscription text not null,
  household text not null,
  device text not null,
  kind text not null,
  service text not null,
  version text not null,
  component text not null,
  manifest text,
  manifest_size integer not null,
  files integer not null,
  bytes bigint not null,
  epoch bigint not null generated always as identity,
  state text not null,
  detail text not null default ''::text,
  stage text not null default ''::text,
  done bigint not null default 0,
  total bigint not null default 0,
  proof jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  turn integer not null default 0,
  purpose text not null default 'carry-out'::text,
  unreached boolean not null default false,
  silent boolean not null default false,
  constraint order_delivery_pkey PRIMARY KEY (id),
  constraint order_delivery_item_fkey FOREIGN KEY (item) REFERENCES order_item(id),
  constraint order_delivery_order_id_fkey FOREIGN KEY (order_id) REFERENCES order_order(id)
) with (fillfactor=70);

CREATE INDEX order_delivery_device ON public.order_delivery USING btree (device, id);

CREATE INDEX order_delivery_household ON public.order_delivery USING btree (household, id);

CREATE INDEX order_delivery_order ON public.order_delivery USING btree (order_id);

CREATE INDEX order_delivery_service ON public.order_delivery USING btree (tenant, service, version, id);

CREATE INDEX order_delivery_subscription ON public.order_delivery USING btree (subscription, id);

CREATE INDEX order_delivery_tenant ON public.order_delivery USING btree (tenant, id);

create table order_drift (
  device text not null,
  service text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  household text not null,
  subscription text not null,
  version text not null,
  component text not null,
  detail text not null,
  since timestamp with time zone not null,
  wanted text not null,
  constraint order_drift_pkey PRIMARY KEY (device, service),
  constraint order_drift_wanted CHECK ((wanted = ANY (ARRAY['installed'::text, 'suspended'::text, 'absent'::text])))
);

CREATE INDEX order_drift_subscription ON public.order_drift USING btree (subscription);

create table order_failure (
  tenant text not null default current_setting('sutler.tenant'::text, true),
  service text not null,
  version text not null,
  delivery text not null,
  constraint order_failure_pkey PRIMARY KEY (tenant, service, version, delivery)
);

create table order_item (
  id text not null,
  order_id text not null,
  "position" integer not null,
  action text not null,
  service text not null,
  version text not null,
  subscription text,
  state text not null,
  detail text not null default ''::text,
  phase text not null default 'begun'::text,
  origin text not null default 'wished'::text,
  because text not null default ''::text,
  channel text,
  to_household text,
  after jsonb not null default '[]'::jsonb,
  before jsonb,
  reasons jsonb not null default '[]'::jsonb,
  attempts integer not null default 1,
  undoes boolean not null default false,
  constraint order_item_pkey PRIMARY KEY (id),
  constraint order_item_order_id_fkey FOREIGN KEY (order_id) REFERENCES order_order(id),
  constraint order_item_subscription_fkey FOREIGN KEY (subscription) REFERENCES order_subscription(id)
);

CREATE INDEX order_item_order ON public.order_item USING btree (order_id);

CREATE INDEX order_item_service ON public.order_item USING btree (service, order_id);

CREATE INDEX order_item_subscription ON public.order_item USING btree (subscription);

CREATE INDEX order_item_to_household ON public.order_item USING btree (to_household) WHERE (to_household IS NOT NULL);

comment on table order_item is 'with order_order (id) by order_id';

create table order_order (
  id text not null,
  household text not null,
  requested_by text not null,
  decision text not null,
  reference text,
  state text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  origin_kind text not null default 'person'::text,
  origin_id text not null default ''::text,
  origin_name text,
  origin_cause text,
  priority smallint not null default 4,
  requested_start timestamp with time zone,
  requested_completion timestamp with time zone,
  expected_completion timestamp with time zone,
  all_or_nothing boolean not null default false,
  conducted boolean not null default false,
  detail text not null default ''::text,
  milestones jsonb not null default '[]'::jsonb,
  jeopardy jsonb,
  settled_at timestamp with time zone,
  phase text not null default 'settled'::text,
  undoing text,
  request jsonb,
  constraint order_order_pkey PRIMARY KEY (id)
);

CREATE INDEX order_order_cause ON public.order_order USING btree (origin_cause) WHERE (origin_cause IS NOT NULL);

CREATE INDEX order_order_household ON public.order_order USING btree (household, id);

CREATE INDEX order_order_jeopardy ON public.order_order USING btree (tenant, id) WHERE (jeopardy IS NOT NULL);

CREATE INDEX order_order_origin ON public.order_order USING btree (tenant, origin_kind, origin_id, id);

CREATE INDEX order_order_reference ON public.order_order USING btree (tenant, reference) WHERE (reference IS NOT NULL);

CREATE INDEX order_order_requested_by ON public.order_order USING btree (requested_by, id);

CREATE INDEX order_order_state ON public.order_order USING btree (tenant, state, id);

CREATE INDEX order_order_tenant ON public.order_order USING btree (tenant, id);

create table order_outcome (
  tenant text not null default current_setting('sutler.tenant'::text, true),
  hour timestamp with time zone not null,
  state text not null,
  deliveries integer not null,
  constraint order_outcome_state_check CHECK ((state = ANY (ARRAY['confirmed'::text, 'failed'::text, 'cancelled'::text])))
);

CREATE INDEX order_outcome_hour ON public.order_outcome USING btree (tenant, hour);

create table order_standing (
  device text not null,
  service text not null,
  standing text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  epoch bigint not null,
  version text,
  component text not null,
  constraint order_standing_pkey PRIMARY KEY (device, service, standing),
  constraint order_standing_standing_check CHECK ((standing = ANY (ARRAY['installed'::text, 'pending'::text, 'failed'::text])))
) with (fillfactor=80);

CREATE TRIGGER order_standing_counted_insert AFTER INSERT ON public.order_standing REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION order_standing_counted();

CREATE TRIGGER order_standing_counted_update AFTER UPDATE ON public.order_standing REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION order_standing_counted();

create table order_subscription (
  id text not null,
  household text not null,
  service text not null,
  version text not null,
  state text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  commercial text not null default 'requested'::text,
  pinned text,
  channel text,
  wished_by text,
  constraint order_subscription_pkey PRIMARY KEY (id)
);

CREATE UNIQUE INDEX order_subscription_living ON public.order_subscription USING btree (household, service) WHERE (state <> 'ended'::text);

CREATE INDEX order_subscription_service ON public.order_subscription USING btree (tenant, service, id);

CREATE INDEX order_subscription_tenant ON public.order_subscription USING btree (tenant, id);

create table participant_notification (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  owner text not null,
  roles text[] not null,
  email text not null,
  kinds text[] not null,
  types text[] not null,
  household text,
  subject text,
  filter text not null,
  state text not null,
  why text,
  xact xid8 not null,
  event bigint not null,
  due_at timestamp with time zone not null,
  hour_began timestamp with time zone,
  hour_sent integer not null default 0,
  failures integer not null default 0,
  last_error text,
  last_sent_at timestamp with time zone,
  leased_until timestamp with time zone,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  constraint participant_notification_pkey PRIMARY KEY (id),
  constraint participant_notification_state_check CHECK ((state = ANY (ARRAY['unconfirmed'::text, 'active'::text, 'disabled'::text]))),
  constraint participant_notification_why_check CHECK ((why = ANY (ARRAY['unsubscribed'::text, 'failing'::text, 'refused'::text, 'account'::text])))
);

CREATE INDEX participant_notification_due ON public.participant_notification USING btree (due_at) WHERE (state = 'active'::text);

CREATE INDEX participant_notification_owner ON public.participant_notification USING btree (owner, id);

CREATE INDEX participant_notification_tenant ON public.participant_notification USING btree (tenant, id);

create table participant_notification_mail (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  notification text not null,
  at timestamp with time zone not null,
  subject text not null,
  events integer not null,
  outcome text not null,
  detail text not null,
  next_try timestamp with time zone,
  constraint participant_notification_mail_pkey PRIMARY KEY (id),
  constraint participant_notification_mail_outcome_check CHECK ((outcome = ANY (ARRAY['taken'::text, 'refused'::text, 'failed'::text])))
);

CREATE INDEX participant_notification_mail_at ON public.participant_notification_mail USING btree (at);

CREATE INDEX participant_notification_mail_notification ON public.participant_notification_mail USING btree (notification, id);

create table participant_operation (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  selection jsonb not null,
  operation jsonb not null,
  started_by text not null,
  decision text not null,
  state text not null,
  why text not null default ''::text,
  planned integer not null,
  done integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  per_minute integer not null,
  cursor text not null default ''::text,
  lease text,
  leased_until timestamp with time zone,
  next_at timestamp with time zone not null,
  tries integer not null default 0,
  until timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint participant_operation_pkey PRIMARY KEY (id),
  constraint participant_operation_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
);

CREATE INDEX participant_operation_due ON public.participant_operation USING btree (next_at) WHERE (state = 'running'::text);

CREATE INDEX participant_operation_tenant ON public.participant_operation USING btree (tenant, id);

create table participant_operation_exception (
  operation text not null,
  device text not null,
  outcome text not null,
  code text not null,
  detail text not null,
  constraint participant_operation_exception_pkey PRIMARY KEY (operation, device),
  constraint participant_operation_exception_operation_fkey FOREIGN KEY (operation) REFERENCES participant_operation(id),
  constraint participant_operation_exception_outcome_check CHECK ((outcome = ANY (ARRAY['skipped'::text, 'failed'::text])))
);

comment on table participant_operation_exception is 'with participant_operation (id) by operation';

create table participant_operation_preview (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  principal text not null,
  selection jsonb not null,
  operation jsonb not null,
  counted integer not null,
  expires_at timestamp with time zone not null,
  constraint participant_operation_preview_pkey PRIMARY KEY (id)
);

CREATE INDEX participant_operation_preview_tenant ON public.participant_operation_preview USING btree (tenant, id);

create table participant_tmf_cancellation (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  order_id text not null,
  household text not null,
  owner text not null,
  reason text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  constraint participant_tmf_cancellation_pkey PRIMARY KEY (id)
);

CREATE INDEX participant_tmf_cancellation_order ON public.participant_tmf_cancellation USING btree (order_id);

CREATE INDEX participant_tmf_cancellation_tenant ON public.participant_tmf_cancellation USING btree (tenant, id);

create table participant_tmf_order (
  order_id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  kept jsonb not null,
  constraint participant_tmf_order_pkey PRIMARY KEY (order_id)
);

create table participant_webhook (
  id text not null,
  owner text not null,
  url text not null,
  types text[] not null,
  secret text not null,
  state text not null,
  xact xid8 not null,
  event bigint not null,
  failures integer not null default 0,
  retry_at timestamp with time zone,
  last_error text,
  last_success_at timestamp with time zone,
  leased_until timestamp with time zone,
  created_at timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  api text,
  query text not null default ''::text,
  name text not null default ''::text,
  roles text[] not null,
  household text,
  subject text,
  filter text not null default ''::text,
  previous_secret text,
  previous_until timestamp with time zone,
  why text,
  replay jsonb,
  last_duration integer not null default 0,
  version integer not null default 1,
  constraint participant_webhook_pkey PRIMARY KEY (id),
  constraint participant_webhook_api_check CHECK ((api = ANY (ARRAY['serviceOrdering'::text, 'serviceInventory'::text, 'serviceCatalogManagement'::text]))),
  constraint participant_webhook_why_check CHECK ((why = ANY (ARRAY['asked'::text, 'failing'::text, 'gone'::text, 'account'::text])))
);

CREATE INDEX participant_webhook_owner ON public.participant_webhook USING btree (owner, id);

CREATE INDEX participant_webhook_tenant ON public.participant_webhook USING btree (tenant, id);

create table participant_webhook_attempt (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  webhook text not null,
  kind text not null,
  event text not null,
  type text not null,
  at timestamp with time zone not null,
  outcome text not null,
  status integer,
  duration integer not null,
  detail text,
  answer text not null,
  try integer not null,
  next_try timestamp with time zone,
  constraint participant_webhook_attempt_pkey PRIMARY KEY (id),
  constraint participant_webhook_attempt_kind_check CHECK ((kind = ANY (ARRAY['event'::text, 'replay'::text, 'resend'::text, 'test'::text, 'filter'::text, 'skip'::text]))),
  constraint participant_webhook_attempt_outcome_check CHECK ((outcome = ANY (ARRAY['delivered'::text, 'failed'::text])))
);

CREATE INDEX participant_webhook_attempt_at ON public.participant_webhook_attempt USING btree (at);

CREATE INDEX participant_webhook_attempt_webhook ON public.participant_webhook_attempt USING btree (webhook, id);

create table platform_event (
  id bigint not null generated always as identity,
  xact xid8 not null default ((platform_xact())::text)::xid8,
  at timestamp with time zone not null default now(),
  type text not null,
  subject text not null,
  household text,
  data jsonb not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  owners text[] not null default '{}'::text[],
  constraint platform_event_pkey PRIMARY KEY (id)
);

CREATE INDEX platform_event_position ON public.platform_event USING btree (xact, id);

create table platform_idempotency (
  principal text not null,
  key text not null,
  request bytea not null,
  status integer,
  headers jsonb,
  body text,
  created_at timestamp with time zone not null default now(),
  tenant text not null default current_setting('sutler.tenant'::text, true),
  constraint platform_idempotency_pkey PRIMARY KEY (principal, key)
);

CREATE INDEX platform_idempotency_created ON public.platform_idempotency USING btree (created_at);

create table policy_answer (
  id bigint not null generated always as identity,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  delivery text not null,
  device text not null,
  household text not null,
  at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  times integer not null default 1,
  latest boolean not null default true,
  verdict text not null,
  until timestamp with time zone,
  why text not null,
  rules jsonb not null,
  constraint policy_answer_pkey PRIMARY KEY (id),
  constraint policy_answer_verdict_check CHECK ((verdict = ANY (ARRAY['now'::text, 'later'::text, 'never'::text])))
);

CREATE INDEX policy_answer_delivery ON public.policy_answer USING btree (delivery, id);

CREATE INDEX policy_answer_last_at ON public.policy_answer USING btree (last_at);

CREATE UNIQUE INDEX policy_answer_latest ON public.policy_answer USING btree (delivery) WHERE latest;

CREATE INDEX policy_answer_waiting ON public.policy_answer USING btree (device) WHERE (latest AND (verdict = 'later'::text) AND (until IS NULL));

create table policy_approval (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  policy text not null,
  name text not null,
  version integer not null,
  firing text,
  delivery text,
  household text,
  question text not null,
  asked text not null,
  otherwise text not null,
  state text not null,
  until timestamp with time zone not null,
  asked_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  reason text not null default ''::text,
  decision text not null default ''::text,
  constraint policy_approval_pkey PRIMARY KEY (id),
  constraint policy_approval_policy_delivery_key UNIQUE (policy, delivery)
);

CREATE INDEX policy_approval_tenant ON public.policy_approval USING btree (tenant, id);

CREATE INDEX policy_approval_waiting ON public.policy_approval USING btree (until) WHERE (state = 'waiting'::text);

create table policy_consent (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  household text not null,
  kind text not null,
  target text not null,
  state text not null,
  asked_for text,
  changed_at timestamp with time zone not null,
  constraint policy_consent_pkey PRIMARY KEY (id),
  constraint policy_consent_household_kind_target_key UNIQUE (household, kind, target),
  constraint policy_consent_kind_check CHECK ((kind = ANY (ARRAY['service'::text, 'category'::text, 'update'::text]))),
  constraint policy_consent_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'granted'::text, 'denied'::text, 'revoked'::text])))
);

CREATE INDEX policy_consent_tenant ON public.policy_consent USING btree (tenant, id);

create table policy_consent_change (
  consent text not null,
  number integer not null,
  state text not null,
  at timestamp with time zone not null,
  changed_by text,
  reason text not null,
  decision text,
  delivery text,
  constraint policy_consent_change_pkey PRIMARY KEY (consent, number),
  constraint policy_consent_change_consent_fkey FOREIGN KEY (consent) REFERENCES policy_consent(id)
);

comment on table policy_consent_change is 'with policy_consent (id) by consent';

create table policy_cursor (
  name text not null,
  xact xid8 not null,
  event bigint not null,
  constraint policy_cursor_pkey PRIMARY KEY (name)
);

comment on table policy_cursor is 'of the installation: up to where policies have judged the event log';

create table policy_due (
  policy text not null,
  version integer not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  due_at timestamp with time zone not null,
  zones text[],
  constraint policy_due_pkey PRIMARY KEY (policy, due_at)
);

CREATE INDEX policy_due_at ON public.policy_due USING btree (due_at);

create table policy_firing (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  policy text not null,
  version integer not null,
  name text not null,
  cause jsonb not null,
  cause_id text not null,
  subject text not null,
  household text,
  at timestamp with time zone not null,
  state text not null,
  detail text not null,
  clauses jsonb not null,
  actions jsonb not null,
  depth integer not null,
  authority text not null,
  leased_until timestamp with time zone,
  constraint policy_firing_pkey PRIMARY KEY (id),
  constraint policy_firing_policy_cause_id_subject_key UNIQUE (policy, cause_id, subject)
);

CREATE INDEX policy_firing_at ON public.policy_firing USING btree (at);

CREATE INDEX policy_firing_household ON public.policy_firing USING btree (household, id) WHERE (household IS NOT NULL);

CREATE INDEX policy_firing_open ON public.policy_firing USING btree (id) WHERE (state = 'open'::text);

CREATE INDEX policy_firing_policy ON public.policy_firing USING btree (policy, id);

CREATE INDEX policy_firing_tenant ON public.policy_firing USING btree (tenant, id);

create table policy_hold (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  policy text not null,
  name text not null,
  version integer not null,
  firing text not null,
  household text,
  until timestamp with time zone not null,
  deliveries text not null,
  why text not null,
  constraint policy_hold_pkey PRIMARY KEY (id)
);

CREATE INDEX policy_hold_tenant ON public.policy_hold USING btree (tenant, until);

create table policy_hour (
  policy text not null,
  hour timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  held integer not null,
  passed integer not null,
  constraint policy_hour_pkey PRIMARY KEY (policy, hour)
);

create table policy_metered_use (
  device text not null,
  delivery text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  month text not null,
  bytes bigint not null,
  at timestamp with time zone not null,
  constraint policy_metered_use_pkey PRIMARY KEY (device, delivery)
);

CREATE INDEX policy_metered_use_at ON public.policy_metered_use USING btree (at);

create table policy_policy (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  name text not null,
  newest integer not null,
  active integer,
  device_group text,
  created_at timestamp with time zone not null,
  constraint policy_policy_pkey PRIMARY KEY (id),
  constraint policy_policy_tenant_name_key UNIQUE (tenant, name)
);

CREATE INDEX policy_policy_tenant ON public.policy_policy USING btree (tenant, id);

create table policy_run (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  policy text not null,
  version integer not null,
  cause jsonb not null,
  given jsonb not null,
  zones text[],
  depth integer not null,
  "position" text not null,
  open boolean not null,
  not_before timestamp with time zone not null,
  seen bigint not null default 0,
  created_at timestamp with time zone not null,
  constraint policy_run_pkey PRIMARY KEY (id)
);

CREATE INDEX policy_run_open ON public.policy_run USING btree (not_before) WHERE open;

create table policy_trial (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  policy text not null,
  version integer not null,
  at timestamp with time zone not null,
  result jsonb not null,
  constraint policy_trial_pkey PRIMARY KEY (id)
);

CREATE INDEX policy_trial_policy ON public.policy_trial USING btree (policy, id);

create table policy_version (
  policy text not null,
  version integer not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  state text not null,
  document jsonb not null,
  types text[] not null,
  trigger text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  activated_by text,
  activated_at timestamp with time zone,
  decision text,
  trial text,
  since xid8,
  fired bigint not null default 0,
  detail text not null default ''::text,
  constraint policy_version_pkey PRIMARY KEY (policy, version),
  constraint policy_version_policy_fkey FOREIGN KEY (policy) REFERENCES policy_policy(id)
);

CREATE INDEX policy_version_active ON public.policy_version USING btree (trigger, policy) WHERE (state = 'active'::text);

create table registration.registration_account (
  user_id text not null,
  name text not null,
  password text,
  roles text[] not null,
  disabled boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  constraint registration_account_pkey PRIMARY KEY (user_id),
  constraint registration_account_name_key UNIQUE (name)
);

CREATE INDEX registration_account_tenant ON registration.registration_account USING btree (tenant, user_id);

create table registration.registration_api_key (
  id text not null,
  token_hash bytea not null,
  account text not null,
  name text not null,
  roles text[] not null,
  actions text[],
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  last_used_at timestamp with time zone,
  expiry_told boolean not null default false,
  constraint registration_api_key_pkey PRIMARY KEY (id),
  constraint registration_api_key_token_hash_key UNIQUE (token_hash),
  constraint registration_api_key_account_fkey FOREIGN KEY (account) REFERENCES registration.registration_account(user_id)
);

CREATE INDEX registration_api_key_account ON registration.registration_api_key USING btree (account, id);

comment on table registration.registration_api_key is 'with registration_account (user_id) by account';

create table registration.registration_audit_chain (
  chain smallint not null,
  "position" bigint not null,
  hash bytea not null,
  constraint registration_audit_chain_pkey PRIMARY KEY (chain),
  constraint registration_audit_chain_chain_check CHECK (((chain >= 0) AND (chain <= 63)))
) with (fillfactor=20);

comment on table registration.registration_audit_chain is 'of the installation, append-only';

create table registration.registration_audit_entry (
  chain smallint not null,
  "position" bigint not null,
  hash bytea not null,
  entry text not null,
  tenant text not null,
  at timestamp with time zone not null,
  about text[] not null,
  constraint registration_audit_entry_pkey PRIMARY KEY (chain, "position")
);

CREATE INDEX registration_audit_entry_about ON registration.registration_audit_entry USING gin (about) WITH (gin_pending_list_limit='2048');

CREATE INDEX registration_audit_entry_time ON registration.registration_audit_entry USING btree (tenant, at, chain, "position");

comment on table registration.registration_audit_entry is 'append-only';

create table registration.registration_audit_head (
  number bigint not null,
  at timestamp with time zone not null,
  head text not null,
  signature text not null,
  cut text,
  constraint registration_audit_head_pkey PRIMARY KEY (number)
);

CREATE INDEX registration_audit_head_at ON registration.registration_audit_head USING btree (at);

comment on table registration.registration_audit_head is 'of the installation, read by tenants; append-only';

create table registration.registration_audit_key (
  single boolean not null default true,
  public_key text not null,
  sealed bytea not null,
  constraint registration_audit_key_pkey PRIMARY KEY (single),
  constraint registration_audit_key_single_check CHECK (single)
);

comment on table registration.registration_audit_key is 'of the installation';

create table registration.registration_authority (
  id text not null,
  kind text not null,
  name text not null,
  certificate bytea,
  private_key bytea,
  created_at timestamp with time zone not null,
  constraint registration_authority_pkey PRIMARY KEY (id),
  constraint registration_authority_kind_check CHECK ((kind = ANY (ARRAY['root'::text, 'intermediate'::text])))
);

CREATE UNIQUE INDEX registration_authority_root ON registration.registration_authority USING btree (kind) WHERE (kind = 'root'::text);

comment on table registration.registration_authority is 'of the installation';

create table registration.registration_certificate (
  serial text not null,
  number bigint not null generated always as identity,
  tenant text not null,
  device text not null,
  public_key bytea not null,
  issued_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  replaced_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint registration_certificate_pkey PRIMARY KEY (serial),
  constraint registration_certificate_device_fkey FOREIGN KEY (device) REFERENCES registration.registration_device(device)
);

CREATE INDEX registration_certificate_device ON registration.registration_certificate USING btree (device, number);

CREATE INDEX registration_certificate_expires ON registration.registration_certificate USING btree (expires_at);

CREATE INDEX registration_certificate_revoked ON registration.registration_certificate USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);

create table registration.registration_claim (
  id text not null,
  secret_hash bytea not null,
  household text not null,
  serial text,
  uses integer not null,
  used integer not null default 0,
  created_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  device text,
  approval text not null default 'none'::text,
  serial_prefix text,
  order_id text,
  kind text not null default 'token'::text,
  constraint registration_claim_pkey PRIMARY KEY (id),
  constraint registration_claim_secret_hash_key UNIQUE (secret_hash),
  constraint registration_claim_check CHECK ((used <= uses)),
  constraint registration_claim_kind_check CHECK ((kind = ANY (ARRAY['token'::text, 'certificate'::text]))),
  constraint registration_claim_uses_check CHECK ((uses > 0))
);

CREATE INDEX registration_claim_household ON registration.registration_claim USING btree (household, id);

CREATE INDEX registration_claim_tenant ON registration.registration_claim USING btree (tenant, id);

create table registration.registration_device (
  device text not null,
  household text not null,
  claim text,
  public_key bytea,
  enrolled_at timestamp with time zone not null,
  last_connect bigint not null default 0,
  revoked_at timestamp with time zone,
  quarantined_at timestamp with time zone,
  key_revoked boolean not null default false,
  connections bigint not null default 0,
  boot text,
  boot_connection bigint not null default 0,
  boots text[] not null default '{}'::text[],
  tenant text not null default current_setting('sutler.tenant'::text, true),
  protocol text not null default 'native'::text,
  protocol_changed_at timestamp with time zone,
  constraint registration_device_pkey PRIMARY KEY (device),
  constraint registration_device_public_key_key UNIQUE (public_key),
  constraint registration_device_claim_fkey FOREIGN KEY (claim) REFERENCES registration.registration_claim(id),
  constraint registration_device_native CHECK (((protocol <> 'native'::text) OR ((claim IS NOT NULL) AND (public_key IS NOT NULL)))),
  constraint registration_device_protocol_check CHECK ((protocol = ANY (ARRAY['native'::text, 'ddi'::text, 'mender'::text, 'cwmp'::text, 'usp'::text, 'lwm2m'::text])))
) with (fillfactor=80);

CREATE INDEX registration_device_protocol_changed ON registration.registration_device USING btree (protocol_changed_at) WHERE (protocol_changed_at IS NOT NULL);

CREATE INDEX registration_device_quarantined ON registration.registration_device USING btree (quarantined_at) WHERE (quarantined_at IS NOT NULL);

CREATE INDEX registration_device_revoked ON registration.registration_device USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);

create table registration.registration_device_credential (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  identity text not null,
  kind text not null,
  username text,
  digest bytea,
  subject text,
  sealed bytea,
  gateway text,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint registration_device_credential_pkey PRIMARY KEY (id),
  constraint registration_device_credential_gateway_fkey FOREIGN KEY (gateway) REFERENCES registration.registration_gateway_credential(id),
  constraint registration_device_credential_identity_fkey FOREIGN KEY (identity) REFERENCES registration.registration_device_identity(id) ON DELETE CASCADE,
  constraint registration_device_credential_check CHECK (((kind = ANY (ARRAY['password'::text, 'psk'::text, 'connection-request'::text])) = (sealed IS NOT NULL))),
  constraint registration_device_credential_check1 CHECK (((kind = 'gateway'::text) = (gateway IS NOT NULL))),
  constraint registration_device_credential_kind_check CHECK ((kind = ANY (ARRAY['token'::text, 'password'::text, 'psk'::text, 'certificate'::text, 'public-key'::text, 'gateway'::text, 'connection-request'::text])))
);

CREATE INDEX registration_device_credential_gateway ON registration.registration_device_credential USING btree (gateway) WHERE (gateway IS NOT NULL);

CREATE INDEX registration_device_credential_identity ON registration.registration_device_credential USING btree (identity);

CREATE UNIQUE INDEX registration_device_credential_psk ON registration.registration_device_credential USING btree (username) WHERE (kind = 'psk'::text);

create table registration.registration_device_identity (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  protocol text not null,
  scope text not null,
  identity text not null,
  device text not null,
  class text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint registration_device_identity_pkey PRIMARY KEY (id),
  constraint registration_device_identity_device_protocol_key UNIQUE (device, protocol),
  constraint registration_device_identity_protocol_scope_identity_key UNIQUE (protocol, scope, identity),
  constraint registration_device_identity_device_fkey FOREIGN KEY (device) REFERENCES registration.registration_device(device),
  constraint registration_device_identity_identity_check CHECK (((octet_length(identity) >= 1) AND (octet_length(identity) <= 1024))),
  constraint registration_device_identity_protocol_check CHECK ((protocol = ANY (ARRAY['ddi'::text, 'mender'::text, 'cwmp'::text, 'usp'::text, 'lwm2m'::text])))
);

create table registration.registration_enrolment (
  id text not null,
  tenant text not null,
  household text,
  claim text,
  public_key bytea,
  serial text not null,
  class text,
  state text not null,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  protocol text not null default 'native'::text,
  identity text,
  gateway text,
  device text,
  says jsonb not null default '{}'::jsonb,
  source text not null default ''::text,
  seen_at timestamp with time zone,
  constraint registration_enrolment_pkey PRIMARY KEY (id),
  constraint registration_enrolment_claim_public_key_key UNIQUE (claim, public_key),
  constraint registration_enrolment_claim_fkey FOREIGN KEY (claim) REFERENCES registration.registration_claim(id),
  constraint registration_enrolment_device_fkey FOREIGN KEY (device) REFERENCES registration.registration_device(device),
  constraint registration_enrolment_gateway_fkey FOREIGN KEY (gateway) REFERENCES registration.registration_gateway_credential(id),
  constraint registration_enrolment_identity_check CHECK (((octet_length(identity) >= 1) AND (octet_length(identity) <= 1024))),
  constraint registration_enrolment_native CHECK (
CASE
    WHEN (protocol = 'native'::text) THEN ((claim IS NOT NULL) AND (public_key IS NOT NULL) AND (household IS NOT NULL) AND (class IS NOT NULL))
    ELSE ((identity IS NOT NULL) AND (seen_at IS NOT NULL) AND ((gateway IS NOT NULL) OR (public_key IS NOT NULL)))
END),
  constraint registration_enrolment_protocol_check CHECK ((protocol = ANY (ARRAY['native'::text, 'ddi'::text, 'mender'::text, 'cwmp'::text, 'usp'::text, 'lwm2m'::text]))),
  constraint registration_enrolment_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'refused'::text, 'enrolled'::text])))
);

CREATE INDEX registration_enrolment_expires ON registration.registration_enrolment USING btree (expires_at);

CREATE UNIQUE INDEX registration_enrolment_foreign ON registration.registration_enrolment USING btree (tenant, protocol, identity, COALESCE(gateway, ''::text), COALESCE(sha256(public_key), '\x'::bytea)) WHERE (protocol <> 'native'::text);

CREATE INDEX registration_enrolment_source ON registration.registration_enrolment USING btree (tenant, source) WHERE ((protocol <> 'native'::text) AND (state = 'waiting'::text));

CREATE INDEX registration_enrolment_tenant ON registration.registration_enrolment USING btree (tenant, state, id);

create table registration.registration_gateway_credential (
  id text not null,
  tenant text not null default current_setting('sutler.tenant'::text, true),
  protocol text not null,
  kind text not null,
  name text not null,
  username text,
  digest bytea,
  sealed bytea,
  household text,
  class text,
  approval text not null default 'person'::text,
  created_by text not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint registration_gateway_credential_pkey PRIMARY KEY (id),
  constraint registration_gateway_credential_check CHECK ((((kind = 'token'::text) = (digest IS NOT NULL)) AND ((kind = 'token'::text) = (sealed IS NULL)))),
  constraint registration_gateway_credential_check1 CHECK (((kind = 'token'::text) = (username IS NULL))),
  constraint registration_gateway_credential_kind_check CHECK ((kind = ANY (ARRAY['token'::text, 'password'::text, 'psk'::text]))),
  constraint registration_gateway_credential_protocol_check CHECK ((protocol = ANY (ARRAY['ddi'::text, 'mender'::text, 'cwmp'::text, 'usp'::text, 'lwm2m'::text])))
);

CREATE UNIQUE INDEX registration_gateway_credential_digest ON registration.registration_gateway_credential USING btree (protocol, digest) WHERE (revoked_at IS NULL);

CREATE INDEX registration_gateway_credential_tenant ON registration.registration_gateway_credential USING btree (tenant, id);

CREATE UNIQUE INDEX registration_gateway_credential_username ON registration.registration_gateway_credential USING btree (protocol, username) WHERE (revoked_at IS NULL);

create table registration.registration_identity (
  tenant text not null,
  issuer text not null,
  subject text not null,
  account text not null,
  mapped boolean not null,
  created_at timestamp with time zone not null,
  constraint registration_identity_pkey PRIMARY KEY (tenant, issuer, subject),
  constraint registration_identity_account_fkey FOREIGN KEY (account) REFERENCES registration.registration_account(user_id)
);

CREATE INDEX registration_identity_account ON registration.registration_identity USING btree (account);

create table registration.registration_identity_provider (
  id text not null,
  tenant text not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  client_secret bytea,
  scopes text[] not null,
  roles_claim text,
  roles_by_value jsonb not null,
  disabled boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint registration_identity_provider_pkey PRIMARY KEY (id),
  constraint registration_identity_provider_tenant_issuer_client_id_key UNIQUE (tenant, issuer, client_id)
);

create table registration.registration_installation (
  single boolean not null default true,
  hub text not null,
  file_link_secret bytea not null,
  created_at timestamp with time zone not null,
  constraint registration_installation_pkey PRIMARY KEY (single),
  constraint registration_installation_single_check CHECK (single)
);

comment on table registration.registration_installation is 'of the installation';

create table registration.registration_invitation (
  id text not null,
  tenant text not null,
  token_hash bytea not null,
  roles text[] not null,
  user_id text,
  households text[] not null,
  email text,
  created_by text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint registration_invitation_pkey PRIMARY KEY (id),
  constraint registration_invitation_token_hash_key UNIQUE (token_hash)
);

CREATE INDEX registration_invitation_expires ON registration.registration_invitation USING btree (expires_at);

create table registration.registration_oidc_login (
  state_hash bytea not null,
  tenant text not null,
  browser_hash bytea not null,
  provider text not null,
  expires_at timestamp with time zone not null,
  constraint registration_oidc_login_pkey PRIMARY KEY (state_hash),
  constraint registration_oidc_login_provider_fkey FOREIGN KEY (provider) REFERENCES registration.registration_identity_provider(id) ON DELETE CASCADE
);

CREATE INDEX registration_oidc_login_expires ON registration.registration_oidc_login USING btree (expires_at);

CREATE INDEX registration_oidc_login_provider ON registration.registration_oidc_login USING btree (provider);

create table registration.registration_session (
  token_hash bytea not null,
  account text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  id text not null,
  kind text not null,
  last_used_at timestamp with time zone not null,
  constraint registration_session_pkey PRIMARY KEY (token_hash),
  constraint registration_session_id_key UNIQUE (id),
  constraint registration_session_account_fkey FOREIGN KEY (account) REFERENCES registration.registration_account(user_id),
  constraint registration_session_kind_check CHECK ((kind = ANY (ARRAY['token'::text, 'browser'::text])))
);

CREATE INDEX registration_session_account ON registration.registration_session USING btree (account, created_at);

CREATE INDEX registration_session_expires ON registration.registration_session USING btree (expires_at);

comment on table registration.registration_session is 'with registration_account (user_id) by account';

create table registration.registration_tenant (
  id text not null,
  name text not null,
  disabled boolean not null default false,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint registration_tenant_pkey PRIMARY KEY (id)
);

comment on table registration.registration_tenant is 'of the installation';

create sequence engine_instance_key;

CREATE OR REPLACE FUNCTION registration.audit_add_head(number bigint, head text, signature text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'registration', 'pg_catalog', 'pg_temp'
AS $function$
      insert into registration.registration_audit_head (number, at, head, signature)
      values (audit_add_head.number, (audit_add_head.head::jsonb->>'at')::timestamptz, audit_add_head.head, audit_add_head.signature)
    $function$;

CREATE OR REPLACE FUNCTION public.audit_append(entries text[], tenants text[], times text[], subjects text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'registration', 'pg_catalog', 'pg_temp'
AS $function$
    declare
      link smallint;
      place bigint;
      previous bytea;
      hashes bytea[] := '{}';
    begin
      for turn in 0..63 loop
        select c.chain, c.position, c.hash into link, place, previous from registration_audit_chain c
        where c.chain = (pg_backend_pid() + turn) % 64 for update skip locked;
        exit when found;
      end loop;
      if link is null then
        select c.chain, c.position, c.hash into link, place, previous from registration_audit_chain c
        where c.chain = pg_backend_pid() % 64 for update;
      end if;
      for i in 1..cardinality(entries) loop
        previous := sha256(previous || sha256(convert_to(entries[i], 'UTF8')));
        hashes[i] := previous;
      end loop;
      insert into registration_audit_entry (chain, position, hash, entry, tenant, at, about)
      select link, place + r.n, r.hash, r.entry, r.tenant, r.at::timestamptz, r.about::text[]
      from unnest(hashes, entries, tenants, times, subjects) with ordinality as r (hash, entry, tenant, at, about, n);
      update registration_audit_chain c set position = place + cardinality(entries), hash = previous where c.chain = link;
    end $function$;

CREATE OR REPLACE FUNCTION public.audit_broken()
 RETURNS TABLE(chain smallint, place bigint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'registration', 'pg_catalog', 'pg_temp'
AS $function$
      with linked as (
        select e.chain, e.position as place, e.hash, sha256(convert_to(e.entry, 'UTF8')) as digest,
          lag(e.hash) over own as previous, lag(e.position) over own as before
        from registration_audit_entry e
        window own as (partition by e.chain order by e.position)
      ), wrong as (
        select l.chain, l.place from linked l
        where l.previous is not null and (l.before <> l.place - 1 or l.hash <> sha256(l.previous || l.digest))
        union all
        select c.chain, c.position from registration_audit_chain c
        join (select l.chain, max(l.place) as place from linked l group by l.chain) ends on ends.chain = c.chain
        join registration_audit_entry e on e.chain = c.chain and e.position = ends.place
        where e.position <> c.position or e.hash <> c.hash
      )
      select w.chain, min(w.place) from wrong w group by w.chain order by w.chain
    $function$;

CREATE OR REPLACE FUNCTION registration.audit_cut(upto bigint, statement text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'registration', 'pg_catalog', 'pg_temp'
AS $function$
    declare
      fields jsonb;
    begin
      select h.head::jsonb into fields from registration_audit_head h where h.number = upto for update;
      if fields is null or (select h.at from registration_audit_head h where h.number = upto) > now() - interval '30 days' then
        raise exception 'head % is too new to cut the audit at', upto;
      end if;
      delete from registration_audit_entry e using (
        select (o - 1)::smallint as link, (c->>0)::bigint as place
        from jsonb_array_elements(fields->'chains') with ordinality as t(c, o)) as ends
      where e.chain = ends.link and e.position <= ends.place;
      delete from registration_audit_head h where h.number < upto;
      update registration_audit_head h set cut = statement where h.number = upto;
    end $function$;

CREATE OR REPLACE FUNCTION registration.audit_rows(wanted text, link smallint, after bigint, until bigint, most integer)
 RETURNS TABLE("position" bigint, hash bytea, entry text, digest bytea, tenant text, at timestamp with time zone, about text[])
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'registration', 'pg_catalog', 'pg_temp'
AS $function$
      select e.position, e.hash, case when own.yes then e.entry end,
        case when not own.yes then sha256(convert_to(e.entry, 'UTF8')) end,
        case when own.yes then e.tenant end, case when own.yes then e.at end, case when own.yes then e.about end
      from registration_audit_entry e,
        lateral (select coalesce(nullif(current_setting('sutler.tenant', true), ''), wanted) = wanted
          and starts_with(substr(e.entry, 34), '"tenant":' || to_json(wanted)::text || ',') as yes) as own
      where e.chain = link and e.position > after and e.position <= until order by e.position limit most
    $function$;

CREATE OR REPLACE FUNCTION registration.audit_strays()
 RETURNS TABLE(chain smallint, "position" bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'registration', 'pg_catalog', 'pg_temp'
AS $function$
      select e.chain, e.position from registration_audit_entry e
      left join registration_audit_chain c on c.chain = e.chain
      where e.position > coalesce(c.position, -1) order by e.chain, e.position limit 100
    $function$;

CREATE OR REPLACE FUNCTION public.engine_summarise_history()
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      select brin_summarize_new_values('public.engine_history_at')
    $function$;

CREATE OR REPLACE FUNCTION public.entity_device_found()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
       begin
         if tg_op = 'DELETE' then
           delete from entity_search where id in (select id from old_rows);
           return null;
         end if;
         insert into entity_search (id, tenant, kind, household, label, detail, words)
         select n.id, n.tenant, 'device', n.household, n.name, n.serial, entity_search_fold(variadic array[n.name, n.serial] || n.tags) || entity_search_known_as(n.serial, n.identities)
         from new_rows n
         on conflict (id) do update set household = excluded.household, label = excluded.label, detail = excluded.detail,
           words = excluded.words
           where (entity_search.household, entity_search.label, entity_search.detail, entity_search.words)
             is distinct from (excluded.household, excluded.label, excluded.detail, excluded.words);
         return null;
       end $function$;

CREATE OR REPLACE FUNCTION public.entity_fleet_report(devices text[])
 RETURNS void
 LANGUAGE sql
AS $function$
      update entity_fleet f set reported = true,
        report_class = left(c.report->>'class', 256),
        model = left(c.report#>>'{hardware,model}', 256),
        arch = left(c.report#>>'{hardware,arch}', 256),
        cpus = (c.report#>'{hardware,cpus}')::float8,
        os_name = left(c.report#>>'{os,name}', 256),
        os_version = left(c.report#>>'{os,version}', 256),
        memory_total = (c.report#>'{memory,total}')::float8,
        storage_total = (c.report#>'{storage,total}')::float8,
        time_zone = left(c.report->>'timeZone', 256),
        terms = entity_terms(c.report)
      from entity_capabilities c
      where c.device = any(devices) and f.device = c.device
    $function$;

CREATE OR REPLACE FUNCTION public.entity_group_found()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        if tg_op = 'DELETE' then
          delete from entity_search where id in (select id from old_rows);
        else
          insert into entity_search (id, tenant, kind, household, label, detail, words)
          select n.id, n.tenant, 'group', null, n.name, n.kind, entity_search_fold(n.name)
          from new_rows n
          on conflict (id) do update set household = excluded.household, label = excluded.label, detail = excluded.detail,
            words = excluded.words
          where (entity_search.household, entity_search.label, entity_search.detail)
            is distinct from (excluded.household, excluded.label, excluded.detail);
        end if;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION public.entity_household_found()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
         begin
           if tg_op = 'DELETE' then
             delete from entity_search where id in (select id from old_rows);
             return null;
           end if;
           delete from entity_search where id in (select n.id from new_rows n where not (n.merged_into is null));
           insert into entity_search (id, tenant, kind, household, label, detail, words)
           select n.id, n.tenant, 'household', n.id, n.name, n.time_zone, entity_search_fold(variadic array[n.name] || n.tags)
           from new_rows n where n.merged_into is null
           on conflict (id) do update set household = excluded.household, label = excluded.label, detail = excluded.detail,
             words = excluded.words
             where (entity_search.household, entity_search.label, entity_search.detail, entity_search.words)
               is distinct from (excluded.household, excluded.label, excluded.detail, excluded.words);
           return null;
         end $function$;

CREATE OR REPLACE FUNCTION public.entity_labels(tags text[], attributes jsonb)
 RETURNS bigint[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
      select coalesce(array_agg(term), '{}') from (
        select entity_term('tag', tag, '', '') as term from unnest(tags) as tag
        union all
        select unnest(array[entity_term('attribute', key, '', ''), entity_term('attribute is', key, value, '')])
        from jsonb_each_text(attributes)) as terms
    $function$;

CREATE OR REPLACE FUNCTION public.entity_search_fold(VARIADIC texts text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ((' '::text || btrim(regexp_replace(lower(regexp_replace(NORMALIZE("left"(array_to_string(texts, ' '::text), 512), NFKD), '[\u0300-\u036F]'::text, ''::text, 'g'::text)), '\s+'::text, ' '::text, 'g'::text))) || ' '::text);

CREATE OR REPLACE FUNCTION public.entity_search_grams(tenant text, kind text, words text)
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT DISTINCT hashtext(((((entity_search_grams.tenant || ' '::text) || entity_search_grams.kind) || ' '::text) || substr(entity_search_grams.words, i.i, 3))) AS hashtext FROM generate_series(1, GREATEST((length(entity_search_grams.words) - 2), 1)) i(i));

CREATE OR REPLACE FUNCTION public.entity_search_known_as(serial text, identities text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (entity_search_fold(VARIADIC ARRAY(SELECT DISTINCT plain.plain FROM unnest((entity_search_known_as.serial || entity_search_known_as.identities)) name(name), LATERAL regexp_replace(lower("left"(name.name, 128)), '[^a-z0-9]+'::text, ''::text, 'g'::text) plain(plain) WHERE (plain.plain <> lower("left"(name.name, 128))) ORDER BY plain.plain)) || entity_search_fold(VARIADIC identities));

CREATE OR REPLACE FUNCTION public.entity_term(kind text, a text, b text, c text)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(c, hashtextextended(b, hashtextextended(a, hashtextextended(kind, (0)::bigint))));

CREATE OR REPLACE FUNCTION public.entity_terms(report jsonb)
 RETURNS bigint[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
      select coalesce(array_agg(term), '{}') from (
        select entity_term('feature', feature, '', '') as term from jsonb_array_elements_text(report->'features') as feature
        union all
        select unnest(array[entity_term('runtime', key, '', ''), entity_term('runtime is', key, value, '')])
        from jsonb_each_text(report->'runtimes')
        union all
        select unnest(array[
          entity_term('installed', i.service, '', ''), entity_term('installed version', i.service, i.version, ''),
          entity_term('installed component', i.service, '', i.component),
          entity_term('installed version of component', i.service, i.version, i.component)])
        from jsonb_to_recordset(report->'installed') as i(service text, version text, component text)) as terms
    $function$;

CREATE OR REPLACE FUNCTION public.entity_user_found()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
         begin
           if tg_op = 'DELETE' then
             delete from entity_search where id in (select id from old_rows);
             return null;
           end if;
           delete from entity_search where id in (select n.id from new_rows n where not (n.merged_into is null and n.erased_at is null));
           insert into entity_search (id, tenant, kind, household, label, detail, words)
           select n.id, n.tenant, 'user', null::text, n.name, n.email, entity_search_fold(variadic array[n.name, n.email] || n.tags)
           from new_rows n where n.merged_into is null and n.erased_at is null
           on conflict (id) do update set household = excluded.household, label = excluded.label, detail = excluded.detail,
             words = excluded.words
             where (entity_search.household, entity_search.label, entity_search.detail, entity_search.words)
               is distinct from (excluded.household, excluded.label, excluded.detail, excluded.words);
           return null;
         end $function$;

CREATE OR REPLACE FUNCTION public.entity_user_group_found()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      if tg_op = 'DELETE' then
        delete from entity_search where id in (select id from old_rows);
        return null;
      end if;
      insert into entity_search (id, tenant, kind, label, words)
      select n.id, n.tenant, 'user-group', n.name, entity_search_fold(n.name) from new_rows n
      on conflict (id) do update set label = excluded.label, words = excluded.words
        where entity_search.label is distinct from excluded.label;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.entity_version_key(version text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
    declare
      m text[];
    begin
      if length(version) > 128 then return null; end if;
      m := regexp_match(version,
        '^v?([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.([0-9]{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$');
      if m is null then return null; end if;
      version := lpad(m[1], 9, '0') || '.' || lpad(coalesce(m[2], '0'), 9, '0') || '.' || lpad(coalesce(m[3], '0'), 9, '0');
      if m[4] is null then return version || '~'; end if;
      if m[4] ~ '(^|\.)(\.|$)' then return null; end if;
      return version || '-' || (
        select string_agg(
          case when id ~ '^[0-9]+$' then '0' || lpad(length(plain)::text, 3, '0') || plain else '1' || id end || '!', '' order by n)
        from (select id, n, regexp_replace(id, '^0+(?=[0-9])', '') as plain
          from unnest(string_to_array(m[4], '.')) with ordinality as u(id, n)) as identifiers);
    end $function$;

CREATE OR REPLACE FUNCTION public.order_standing_counted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      if tg_op = 'INSERT' then
        insert into order_adoption (tenant, service, version, component, standing, devices)
        select tenant, service, version, component, standing, count(*) from new_rows where version is not null
        group by tenant, service, version, component, standing;
      else
        insert into order_adoption (tenant, service, version, component, standing, devices)
        select tenant, service, version, component, standing, sum(devices) from (
          select tenant, service, version, component, standing, 1 as devices from new_rows
          union all select tenant, service, version, component, standing, -1 from old_rows) as changes
        where version is not null group by tenant, service, version, component, standing having sum(devices) <> 0;
      end if;
      return null;
    end $function$;

CREATE OR REPLACE FUNCTION public.platform_horizon()
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      with next as materialized (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as id)
      select next.id - coalesce(max(running.distance) filter (where running.distance < 2147483648), 0)
        + public.platform_xact_shift()
      from next left join lateral (
        select (next.id - backend_xid::text::bigint) & 4294967295 as distance
        from pg_stat_activity where datname = current_database() and backend_xid is not null
      ) running on true
      group by next.id
    $function$;

CREATE OR REPLACE FUNCTION public.platform_xact()
 RETURNS bigint
 LANGUAGE sql
AS $function$select pg_current_xact_id()::text::bigint + public.platform_xact_shift()$function$;

CREATE OR REPLACE FUNCTION public.platform_xact_shift()
 RETURNS bigint
 LANGUAGE sql
 STABLE
AS $function$select 0::bigint$function$;
