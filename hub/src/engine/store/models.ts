import type { JsonObject, Model } from '@sutler/engine'
import type { Sql } from '../../platform/database.ts'

export interface ModelRow {
  readonly seq: number
  readonly name: string
  readonly version: string
  readonly digest: string
  readonly document: Model
  /** It came with a hub. */
  readonly shipped: boolean
}

/** Models published since `seq`, oldest first. */
export async function modelsSince(sql: Sql, seq: number): Promise<ModelRow[]> {
  return await sql<ModelRow[]>`
    select seq, name, version, digest, document, published_by is null as shipped from engine_model where seq > ${seq}::bigint order by seq`
}

/** Lets one publisher of all hubs go on, until its transaction ends. */
export async function lockPublishing(sql: Sql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('engine_model'))`
}

/** What is kept of a publication beside the model. */
export interface Authorship {
  readonly digest: string
  /** As the author wrote it, comments and all; null when it came as a document. */
  readonly text: string | null
  /** Principal id; null for what the hub brings with it. */
  readonly by: string | null
}

/**
 * Stores a version with the order of its keys, and gives the model's data the keys it does not have yet: what instances wrote
 * stays. @returns the digest now stored under that name and version, and whether it is new
 */
export async function insertModel(
  sql: Sql,
  model: Model,
  { digest, text, by }: Authorship,
): Promise<{ digest: string; created: boolean }> {
  const { count } = await sql`
    insert into engine_model (name, version, digest, document, text, published_by)
    values (${model.model}, ${model.version}, ${digest}, ${JSON.stringify(model)}::text::json, ${text}, ${by})
    on conflict (name, version) do nothing`
  const [row] = await sql<{ digest: string }[]>`
    select digest from engine_model where name = ${model.model} and version = ${model.version}`
  if (row?.digest === digest) await addShared(sql, model.model, model.shared ?? {})
  return { digest: row?.digest ?? '', created: count === 1 }
}

async function addShared(sql: Sql, model: string, initial: JsonObject): Promise<void> {
  await sql`
    insert into engine_shared (model, data) values (${model}, ${JSON.stringify(initial)}::text::json)
    on conflict (model) do nothing`
  const [row] = await sql<{ data: JsonObject }[]>`select data from engine_shared where model = ${model} for update`
  const lacking = Object.entries(initial).filter(([name]) => !Object.hasOwn(row?.data ?? {}, name))
  if (lacking.length === 0) return
  const data = JSON.stringify({ ...row?.data, ...Object.fromEntries(lacking) })
  await sql`update engine_shared set data = ${data}::text::json where model = ${model}`
}

export interface ModelSummary {
  readonly name: string
  readonly version: string
  readonly title: string | null
  readonly digest: string
  readonly publishedAt: Date
  readonly publishedBy: string | null
}

/** Published versions by name and version text, after the given position. */
export async function listModels(
  sql: Sql,
  page: { limit: number; name?: string; after?: { name: string; version: string } },
): Promise<ModelSummary[]> {
  const { name, version } = page.after ?? { name: '', version: '' }
  return await sql<ModelSummary[]>`
    select name, version, document->>'title' as title, digest, published_at as "publishedAt", published_by as "publishedBy"
    from engine_model where (name, version) > (${name}, ${version}) ${page.name === undefined ? sql`` : sql`and name = ${page.name}`}
    order by name, version limit ${page.limit}::int`
}

export interface StoredModel {
  readonly document: Model
  readonly digest: string
  readonly text: string | null
  readonly publishedAt: Date
  readonly publishedBy: string | null
}

/** A version as published, or null. */
export async function readModel(sql: Sql, name: string, version: string): Promise<StoredModel | null> {
  const [row] = await sql<StoredModel[]>`
    select document, digest, text, published_at as "publishedAt", published_by as "publishedBy"
    from engine_model where name = ${name} and version = ${version}`
  return row ?? null
}
