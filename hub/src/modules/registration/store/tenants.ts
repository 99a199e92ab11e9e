import type { TenantStore } from '../app/storage.ts'
import type { Tenant } from '../domain/tenant.ts'

interface Row {
  id: string
  name: string
  disabled: boolean
  version: number
  created_at: Date
}

export const tenantStore: TenantStore = {
  async insert(sql, { id, name, disabled, version, createdAt }) {
    const result = await sql`
      insert into registration_tenant (id, name, disabled, version, created_at)
      values (${id}, ${name}, ${disabled}, ${version}, ${new Date(createdAt)}) on conflict do nothing`
    return result.count === 1
  },

  async find(sql, id, lock = false) {
    const rows = await sql<Row[]>`
      select * from registration_tenant where id = ${id} ${lock ? sql`for update` : sql``}`
    return rows[0] ? tenantOf(rows[0]) : null
  },

  async page(sql, { limit, after = '' }) {
    const rows = await sql<Row[]>`select * from registration_tenant where id > ${after} order by id limit ${limit}`
    return rows.map(tenantOf)
  },

  async update(sql, { id, name, disabled, version }) {
    await sql`
      update registration_tenant set name = ${name}, disabled = ${disabled}, version = ${version} where id = ${id}`
  },
}

function tenantOf({ created_at: createdAt, ...row }: Row): Tenant {
  return { ...row, createdAt: createdAt.getTime() }
}
