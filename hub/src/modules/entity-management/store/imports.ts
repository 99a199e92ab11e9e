import type { ImportRow, ImportStore } from '../app/imports/import-storage.ts'

interface Row {
  id: string
  tenant: string
  kind: ImportRow['kind']
  started_by: string
  state: ImportRow['state']
  last_line: number
  made: number
  unchanged: number
  failed: number
  created_at: Date
  updated_at: Date
}

export const importStore: ImportStore = {
  async insert(sql, { id, tenant, kind, startedBy, state, createdAt }) {
    const at = new Date(createdAt)
    await sql`
      insert into entity_import (id, tenant, kind, started_by, state, created_at, updated_at)
      values (${id}, ${tenant}, ${kind}, ${startedBy}, ${state}, ${at}, ${at})`
  },

  async update(sql, { id, state, lastLine, created, unchanged, failed, updatedAt }) {
    await sql`
      update entity_import set state = ${state}, last_line = ${lastLine}, made = ${created}, unchanged = ${unchanged},
        failed = ${failed}, updated_at = ${new Date(updatedAt)} where id = ${id}`
  },

  async find(sql, id) {
    const rows = await sql<Row[]>`select * from entity_import where id = ${id}`
    return rows.map(importOf)[0]
  },

  async page(sql, { limit, after }, scope) {
    const rows = await sql<Row[]>`
      select * from entity_import where tenant = ${scope.tenant} ${scope.all ? sql`` : sql`and started_by = ${scope.owner}`}
        ${after === undefined ? sql`` : sql`and id < ${after}`} order by id desc limit ${limit}`
    return rows.map(importOf)
  },

  async subjects(sql, tenant, kind, keys) {
    if (keys.length === 0) return new Map()
    const rows = await sql<{ key: string; subject: string }[]>`
      select key, subject from entity_import_key where tenant = ${tenant} and kind = ${kind} and key = any(${[...keys]})`
    return new Map(rows.map(({ key, subject }) => [key, subject]))
  },

  async remember(sql, tenant, kind, subjects) {
    if (subjects.size === 0) return
    await sql`
      insert into entity_import_key (tenant, kind, key, subject)
      select ${tenant}, ${kind}, k, s from unnest(${[...subjects.keys()]}::text[], ${[...subjects.values()]}::text[]) as u(k, s)`
  },
}

function importOf(row: Row): ImportRow {
  const { started_by, last_line, made, created_at, updated_at, ...rest } = row
  return {
    ...rest,
    startedBy: started_by,
    lastLine: last_line,
    created: made,
    createdAt: created_at.getTime(),
    updatedAt: updated_at.getTime(),
  }
}
