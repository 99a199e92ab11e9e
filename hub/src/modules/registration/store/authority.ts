import type { AuthorityStore, StoredAuthority } from '../app/storage.ts'

interface AuthorityRow {
  id: string
  kind: 'root' | 'intermediate'
  name: string
  certificate: Buffer | null
  private_key: Buffer | null
}

export const authorityStore: AuthorityStore = {
  async lock(sql) {
    await sql`lock table registration_authority in share row exclusive mode`
  },

  async all(sql) {
    const rows = await sql<AuthorityRow[]>`
      select id, kind, name, certificate, private_key from registration_authority order by created_at, id`
    return rows.map(({ private_key, ...rest }): StoredAuthority => ({ ...rest, privateKey: private_key }))
  },

  async insert(sql, { id, kind, name, certificate, privateKey }, at) {
    // Later than all there are, also when this hub's clock is behind that of the one that made them: the last one signs.
    await sql`
      insert into registration_authority (id, kind, name, certificate, private_key, created_at)
      select ${id}, ${kind}, ${name}, ${certificate}, ${privateKey},
        greatest(${at}::timestamptz, max(created_at) + interval '1 millisecond')
      from registration_authority`
  },

  async forgetUncertified(sql) {
    await sql`delete from registration_authority where certificate is null`
  },

  async certify(sql, id, certificate) {
    await sql`update registration_authority set certificate = ${certificate} where id = ${id} and certificate is null`
  },

  async forgetKey(sql, id) {
    await sql`update registration_authority set private_key = null where id = ${id}`
  },
}
