import type { Tx } from '../database.ts'
import { verifier, type Login, type Logins } from './logins.ts'
import { missing } from './plan.ts'
import { readTables } from './tables.ts'

/**
 * Makes the logins, and what each may do with which table, as far as that is missing: a hub that finds all in place changes
 * nothing and locks nothing. `sql` is the owner's; one hub at a time.
 */
export async function raiseWalls(sql: Tx['sql'], logins: Logins): Promise<void> {
  await sql`select pg_advisory_xact_lock(8481)`
  for (const login of Object.values(logins)) await ensureRole(sql, login)
  await ensureMember(sql, logins.registration.name, logins.hub.name)
  await ensureMember(sql, logins.registration_tenant.name, logins.tenant.name)
  // So that the owner's functions see what these logins do (0101_platform_as_owner).
  const [owner] = await sql<{ name: string; all: boolean }[]>`
    select quote_ident(rolname) as name, rolsuper as all from pg_roles where rolname = current_user`
  if (!owner!.all) for (const { name } of Object.values(logins)) await ensureMember(sql, owner!.name, name)
  await ensureConnect(sql, Object.values(logins))
  for (const { name } of [logins.registration, logins.registration_tenant]) {
    const [row] = await sql`select 1 where has_schema_privilege(${name}, 'registration', 'usage')`
    if (!row) await sql.unsafe(`grant usage on schema registration to ${name}`)
  }
  const names = Object.values(logins).map((login) => login.name)
  for (const statement of missing(await readTables(sql, names), logins)) await sql.unsafe(statement)
}

/** Roles belong to the whole server: another database's hub with the same key may be making it at this moment. */
async function ensureRole(sql: Tx['sql'], login: Login): Promise<void> {
  const found = await sql`select 1 from pg_roles where rolname = ${login.name}`
  if (found.length > 0) return
  await sql.unsafe(`
    do $$ begin
      create role ${login.name} login password '${verifier(login)}'
        nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
    exception when duplicate_object or unique_violation then null;
    end $$`)
}

async function ensureMember(sql: Tx['sql'], member: string, of: string): Promise<void> {
  const found = await sql`select 1 where pg_has_role(${member}, ${of}, 'usage')`
  if (found.length === 0) await sql.unsafe(`grant ${of} to ${member}`)
}

/** Only these logins, the owner and the server's own superusers come into the database. */
async function ensureConnect(sql: Tx['sql'], logins: readonly Login[]): Promise<void> {
  const [database] = await sql<{ name: string; open: boolean }[]>`
    select quote_ident(datname) as name, has_database_privilege('public', oid, 'connect') as open
    from pg_database where datname = current_database()`
  for (const { name } of logins) {
    const [granted] = await sql`
      select 1 from pg_database d, aclexplode(d.datacl) a
      where d.datname = current_database() and a.grantee = ${name}::regrole and a.privilege_type = 'CONNECT'`
    if (!granted) await sql.unsafe(`grant connect on database ${database!.name} to ${name}`)
  }
  if (database!.open) await sql.unsafe(`revoke connect, temporary on database ${database!.name} from public`)
}
