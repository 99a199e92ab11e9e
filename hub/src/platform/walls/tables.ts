import type { Sql } from '../database.ts'

/** A table or sequence, as far as walls are concerned. */
export interface WalledTable {
  readonly schema: 'public' | 'registration'
  readonly name: string
  readonly kind: 'table' | 'sequence'
  /** Has a column `tenant`. */
  readonly tenant: boolean
  /** Row-level security is on. */
  readonly rls: boolean
  /** Its comment, where it says what it is (`marks` in plan.ts). */
  readonly mark: string | null
  /** `<login> <PRIVILEGE>`, of the logins asked for. */
  readonly grants: readonly string[]
  readonly policies: readonly string[]
}

/** Everything that a hub keeps in the database, from the catalogue; the log of migrations is the owner's alone. */
export async function readTables(sql: Sql, logins: readonly string[]): Promise<WalledTable[]> {
  return await sql<WalledTable[]>`
    select n.nspname as schema, c.relname as name, case c.relkind when 'S' then 'sequence' else 'table' end as kind,
      exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant' and not a.attisdropped) as tenant,
      c.relrowsecurity as rls, obj_description(c.oid, 'pg_class') as mark,
      array(select r.rolname || ' ' || a.privilege_type from aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
        where r.rolname::text = any(${logins as string[]}::text[])) as grants,
      array(select polname::text from pg_policy where polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'registration') and c.relname !~ '^kysely_' and c.relkind in ('r', 'p', 'S')
    order by n.nspname, c.relname collate "C"`
}
