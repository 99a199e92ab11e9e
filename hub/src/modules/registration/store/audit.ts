import type { AuditStore } from '../app/storage.ts'

export const auditStore: AuditStore = {
  async append(sql, entries) {
    await sql`select audit_append(${entries.map((entry) => JSON.stringify(entry))}::text[])`
  },
}
