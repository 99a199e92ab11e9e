import type { Sql } from '../../platform/database.ts'

export interface AssignedRole {
  readonly role: string
  readonly version: string
  readonly assignedBy: string
  readonly assignedAt: Date
}

/** All choices; there are few roles. */
export async function readRoles(sql: Sql): Promise<AssignedRole[]> {
  return await sql<AssignedRole[]>`
    select role, version, assigned_by as "assignedBy", assigned_at as "assignedAt" from engine_role order by role limit 1000`
}

export async function writeRole(sql: Sql, { role, version, assignedBy, assignedAt }: AssignedRole): Promise<void> {
  await sql`
    insert into engine_role (role, version, assigned_by, assigned_at) values (${role}, ${version}, ${assignedBy}, ${assignedAt})
    on conflict (role) do update set version = excluded.version, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at`
}

export async function deleteRole(sql: Sql, role: string): Promise<void> {
  await sql`delete from engine_role where role = ${role}`
}
