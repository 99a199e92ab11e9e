import type { DirectoryLink, DirectoryStore } from '../app/directories/storage.ts'
import type { Directory } from '../domain/directories/directory.ts'

interface Row {
  id: string
  tenant: string
  name: string
  kind: Directory['kind']
  url: string
  settings: Directory['settings']
  secret: Buffer | null
  disabled: boolean
  version: number
  created_at: Date
}

export const directoryStore: DirectoryStore = {
  async insert(sql, { id, tenant, name, kind, url, settings, createdAt }, secret) {
    const { count } = await sql`
      insert into entity_directory (id, tenant, name, kind, url, settings, secret, created_at)
      values (${id}, ${tenant}, ${name}, ${kind}, ${url}, ${sql.json(settings as never)}, ${secret}, ${new Date(createdAt)})
      on conflict do nothing`
    return count === 1
  },

  async find(sql, id, lock = false) {
    const rows = await sql<Row[]>`select * from entity_directory where id = ${id} ${lock ? sql`for update` : sql``}`
    return rows[0] ? directoryOf(rows[0]) : null
  },

  async withSecret(sql, id) {
    const rows = await sql<Row[]>`select * from entity_directory where id = ${id}`
    return rows[0] ? withSecret(rows[0]) : null
  },

  async page(sql, { limit, after = '' }, tenant) {
    const rows = await sql<Row[]>`
      select * from entity_directory where tenant = ${tenant} and id > ${after} order by id limit ${limit}`
    return rows.map(directoryOf)
  },

  async count(sql, tenant) {
    const rows = await sql<{ count: number }[]>`
      select count(*)::int as count from entity_directory where tenant = ${tenant}`
    return rows[0]!.count
  },

  async used(sql, tenant) {
    const rows = await sql<
      Row[]
    >`select * from entity_directory where tenant = ${tenant} and not disabled order by name`
    return rows.map(withSecret)
  },

  async update(sql, { id, tenant, name, url, settings, disabled, version }, secret) {
    const taken = await sql`
      select 1 from entity_directory where tenant = ${tenant} and name = ${name} and id <> ${id}`
    if (taken.length > 0) return false
    await sql`
      update entity_directory set name = ${name}, url = ${url}, settings = ${sql.json(settings as never)}, disabled = ${disabled},
        version = ${version} ${secret === undefined ? sql`` : sql`, secret = ${secret}`}
      where id = ${id}`
    return true
  },

  async remove(sql, id) {
    await sql`delete from entity_directory where id = ${id}`
  },

  async link(sql, { user, tenant, directory, entry }, at) {
    const { count } = await sql`
      insert into entity_directory_link (user_id, tenant, directory, entry, refreshed_at)
      values (${user}, ${tenant}, ${directory}, ${entry}, ${at}) on conflict do nothing`
    return count === 1
  },

  async links(sql, directory, entries) {
    return sql<DirectoryLink[]>`
      select l.user_id as user, l.entry, u.name, u.email from entity_directory_link l join entity_user u on u.id = l.user_id
      where l.directory = ${directory} and l.entry = any(${entries as string[]}) and u.merged_into is null and u.erased_at is null`
  },

  async countLinks(sql, directory) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from entity_directory_link where directory = ${directory}`
    return row!.count
  },

  async refreshed(sql, users, at) {
    await sql`update entity_directory_link set refreshed_at = ${at} where user_id = any(${users as string[]})`
  },
}

function withSecret(row: Row) {
  return { directory: directoryOf(row), secret: row.secret && Buffer.from(row.secret) }
}

function directoryOf({ secret: _secret, created_at, ...rest }: Row): Directory {
  return { ...rest, createdAt: created_at.getTime() } as Directory
}
