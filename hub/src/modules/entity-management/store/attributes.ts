import type { Sql } from '../../../platform/database.ts'
import type { AttributeStore } from '../app/storage.ts'
import type { AttributeDefinition, EntityKind } from '../domain/attributes.ts'

interface AttributeRow extends Omit<AttributeDefinition, 'createdAt'> {
  created_at: Date
}

/** Where entities that are there are: neither merged nor erased. */
const living: Readonly<Record<EntityKind, (sql: Sql) => ReturnType<Sql>>> = {
  device: (sql) => sql`entity_device e where true`,
  user: (sql) => sql`entity_user e where e.merged_into is null and e.erased_at is null`,
  household: (sql) => sql`entity_household e where e.merged_into is null`,
}

export const attributeStore: AttributeStore = {
  async find(sql, tenant, kind, name, lock = false) {
    const rows = await sql<AttributeRow[]>`
      select * from entity_attribute where tenant = ${tenant} and kind = ${kind} and name = ${name}
      ${lock ? sql`for update` : sql``}`
    return rows.map(definitionOf)[0]
  },

  async all(sql, tenant, kind) {
    const rows = await sql<AttributeRow[]>`
      select * from entity_attribute where tenant = ${tenant} ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
      order by kind, name`
    return rows.map(definitionOf)
  },

  async put(sql, { tenant, kind, name, type, required, description, bounds, version, createdAt }) {
    await sql`
      insert into entity_attribute (tenant, kind, name, type, required, description, bounds, version, created_at)
      values (${tenant}, ${kind}, ${name}, ${type}, ${required}, ${description}, ${sql.json(bounds as never)}, ${version},
        ${new Date(createdAt)})
      on conflict (tenant, kind, name) do update set type = excluded.type, required = excluded.required,
        description = excluded.description, bounds = excluded.bounds, version = excluded.version`
  },

  async remove(sql, { tenant, kind, name }) {
    await sql`delete from entity_attribute where tenant = ${tenant} and kind = ${kind} and name = ${name}`
  },

  async misfits(sql, definition) {
    const { tenant, kind, name, required } = definition
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from ${living[kind](sql)} and e.tenant = ${tenant}
        and case when e.attributes ? ${name} then not ${fits(sql, definition)} else ${required} end`
    return row!.count
  },

  async holders(sql, { tenant, kind, name }) {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from ${living[kind](sql)} and e.tenant = ${tenant} and e.attributes ? ${name}`
    return row!.count
  },
}

/** The same as `valueFault` of domain/attributes.ts says; a test compares them. */
function fits(sql: Sql, { name, type, bounds }: AttributeDefinition) {
  const value = sql`(e.attributes->${name})`
  const text = sql`(${value} #>> '{}')`
  const { minimum = null, maximum = null, minLength = 0, maxLength = 1000, integer = false, values = [] } = bounds
  switch (type) {
    case 'string':
      return sql`(jsonb_typeof(${value}) = 'string' and length(${text}) between ${minLength} and ${maxLength})`
    case 'number':
      return sql`(case when jsonb_typeof(${value}) = 'number' then ${text}::numeric >= coalesce(${minimum}::numeric, '-infinity')
        and ${text}::numeric <= coalesce(${maximum}::numeric, 'infinity')
        and (not ${integer}::boolean or scale(trim_scale(${text}::numeric)) = 0) else false end)`
    case 'boolean':
      return sql`(jsonb_typeof(${value}) = 'boolean')`
    case 'date':
      return sql`(jsonb_typeof(${value}) = 'string' and ${text} ~ '^\\d{4}-\\d\\d-\\d\\d$' and pg_input_is_valid(${text}, 'date')
        and ${text} >= coalesce(${minimum}::text, '') and ${text} <= coalesce(${maximum}::text, 'a'))`
    case 'enum':
      return sql`(jsonb_typeof(${value}) = 'string' and ${text} = any(${[...values]}::text[]))`
  }
}

function definitionOf({ created_at, ...row }: AttributeRow): AttributeDefinition {
  return { ...row, createdAt: created_at.getTime() }
}
