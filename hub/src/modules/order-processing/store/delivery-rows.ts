import type { Scope } from '../../../platform/access.ts'
import type { Sql, Tx } from '../../../platform/database.ts'
import type { AssignedComponent } from '../../service-definitions/index.ts'
import type {
  Concerned,
  Delivery,
  DeliveryFacts,
  DeliveryFilter,
  NewDelivery,
  DeliveryRecord,
  Progress,
} from '../app/storage.ts'
import type { Had } from '../domain/compensate.ts'
import type { Proof } from '../domain/proof.ts'
import { beyond, inOrder, since } from './paging.ts'
import { inScope } from './scope.ts'
import { standingsOfNew, standingsOfSettled } from './standing-rows.ts'

/** Deliveries' rows. Hot paths are multi-row statements straight to the driver. */
export function deliveryRows(sql: Sql) {
  return {
    async addDeliveries(tx: Tx, deliveries: readonly NewDelivery[], now: Date) {
      if (deliveries.length === 0) return
      await insertDeliveries(
        tx,
        deliveries.map((delivery) => ({ ...delivery, at: now })),
      )
    },
    async deliveriesOfItems(tx: Tx, items: readonly string[]): Promise<Delivery[]> {
      if (items.length === 0) return []
      return tx.sql<Delivery[]>`
        select ${deliveryColumns(tx.sql)} from order_delivery d where d.item = any(${items as string[]}) order by d.epoch`
    },
    async deliveriesOfOrder(order: string): Promise<Delivery[]> {
      return sql<Delivery[]>`
        select ${deliveryColumns(sql)} from order_delivery d where d.order_id = ${order} order by d.id limit 10000`
    },
    async deliveryFacts(own: Sql, ids: readonly string[]): Promise<DeliveryFacts[]> {
      if (ids.length === 0) return []
      return own<DeliveryFacts[]>`
        select d.id, d.order_id as "order", o.priority, jsonb_build_object('kind', o.origin_kind, 'id', o.origin_id) as origin,
          d.kind, d.purpose, d.service, d.version, d.bytes, d.files
        from order_delivery d join order_order o on o.id = d.order_id
        where d.id = any(${ids as string[]})`
    },
    async heldDeliveries(tx: Tx, whose: Concerned, after: string, limit: number): Promise<string[]> {
      const [[column, value]] = Object.entries(whose) as [[string, string]]
      const rows = await tx.sql<{ id: string }[]>`
        select id from order_delivery d
        where d.state = 'held' and ${tx.sql(`d.${column}`)} = ${value} and id > ${after} order by id limit ${limit}`
      return rows.map((row) => row.id)
    },
    async hadBefore(tx: Tx, ids: readonly string[]): Promise<Map<string, Had>> {
      if (ids.length === 0) return new Map()
      const rows = await tx.sql<(Had & { id: string })[]>`
        select distinct on (d.id) d.id, p.kind, p.version, p.component, p.manifest, p.manifest_size as "manifestSize", p.files, p.bytes
        from order_delivery d join order_delivery p
          on p.device = d.device and p.service = d.service and p.state = 'confirmed' and p.epoch < d.epoch and p.order_id <> d.order_id
        where d.id = any(${ids as string[]}) order by d.id, p.epoch desc`
      return new Map(rows.map(({ id, ...had }) => [id, had]))
    },
    async openDeliveries(tx: Tx, device: string, until?: Date): Promise<string[]> {
      const rows = await tx.sql<{ id: string }[]>`
        select id from order_delivery where device = ${device} and settled_at is null
          ${until === undefined ? tx.sql`` : tx.sql`and created_at <= ${until}`}
        order by id`
      return rows.map((row) => row.id)
    },
    async devicesDelivered(tx: Tx, subscription: string): Promise<string[]> {
      const rows = await tx.sql<{ device: string }[]>`
        select distinct device from order_delivery where subscription = ${subscription} order by device`
      return rows.map((row) => row.device)
    },
    async deliveriesForUpdate(tx: Tx, ids: readonly string[]): Promise<Map<string, Delivery>> {
      const rows = await tx.sql<Delivery[]>`
        select ${deliveryColumns(tx.sql)} from order_delivery d where id = any(${ids as string[]}) order by id for no key update`
      return new Map(rows.map((row) => [row.id, row]))
    },
    async recordStates(tx: Tx, records: readonly DeliveryRecord[], now: Date): Promise<Delivery[]> {
      if (records.length === 0) return []
      const last = [...new Map(records.map((record) => [record.delivery, record])).values()]
      const recorded = await tx.sql<Delivery[]>`
        with recorded as (update order_delivery d set state = r.state, detail = r.detail, unreached = r.unreached = 1, silent = r.silent = 1,
          updated_at = ${now},
          settled_at = case when r.state in ('confirmed', 'failed', 'cancelled') then ${now}::timestamptz end
        from unnest(${last.map((r) => r.delivery)}::text[], ${last.map((r) => r.state)}::text[], ${last.map((r) => r.detail)}::text[],
          ${last.map((r) => (r.unreached === true ? 1 : 0))}::int[],
          ${last.map((r) => (r.silent === true ? 1 : 0))}::int[]) as r (delivery, state, detail, unreached, silent)
        where d.id = r.delivery and d.settled_at is null returning d.*),
        outcomes as (
          insert into order_outcome (tenant, hour, state, deliveries)
          select tenant, date_trunc('hour', ${now}::timestamptz, 'UTC'), state, count(*) from recorded
          where settled_at is not null group by tenant, state),
        days as (
          insert into order_adoption_day (tenant, service, version, day, confirmed, failed)
          select tenant, service, version, (settled_at at time zone 'UTC')::date, count(*) filter (where state = 'confirmed'),
            count(*) filter (where state = 'failed')
          from recorded where kind = 'install' and state in ('confirmed', 'failed') group by 1, 2, 3, 4),
        failures as (
          insert into order_failure (tenant, service, version, delivery)
          select tenant, service, version, id from recorded where kind = 'install' and state = 'failed')
        select ${deliveryColumns(tx.sql)} from recorded d`
      standingsOfSettled(tx, recorded)
      return recorded
    },
    async recordProgress(tx: Tx, progress: readonly Progress[], now: Date): Promise<Delivery[]> {
      if (progress.length === 0) return []
      const last = [...new Map(progress.map((record) => [record.delivery, record])).values()]
      return tx.sql<Delivery[]>`
        update order_delivery d set stage = r.stage, done = r.done, total = r.total, updated_at = ${now}
        from jsonb_to_recordset(${tx.sql.json(last as never)}) as r (delivery text, stage text, done bigint, total bigint)
        where d.id = r.delivery and d.settled_at is null
        returning ${deliveryColumns(tx.sql)}`
    },
    async recordProofs(tx: Tx, proofs: readonly { delivery: string; proof: Proof }[]) {
      if (proofs.length === 0) return
      await tx.sql`
        update order_delivery d set proof = r.proof
        from jsonb_to_recordset(${tx.sql.json(proofs as never)}) as r (delivery text, proof jsonb)
        where d.id = r.delivery and d.settled_at is null`
    },
    async assignedTo(device: string): Promise<AssignedComponent[]> {
      const rows = await sql<(Omit<AssignedComponent, 'manifest'> & { digest: string; size: number })[]>`
        select distinct d.service, d.version, d.component, d.manifest as digest, d.manifest_size as size
        from order_delivery d
        where d.device = ${device} and d.kind = 'install' and d.manifest is not null and (d.settled_at is null
          or (d.state = 'confirmed' and not exists (select from order_delivery n where n.device = d.device
            and n.service = d.service and n.epoch > d.epoch and n.state = 'confirmed')))
        order by d.service, d.version, d.component, digest limit 1024`
      return rows.map(({ digest, size, ...row }) => ({ ...row, manifest: { digest, size } }))
    },
    async delivery(id: string): Promise<Delivery | null> {
      const rows = await sql<Delivery[]>`select ${deliveryColumns(sql)} from order_delivery d where id = ${id}`
      return rows[0] ?? null
    },
    async deliveries(filter: DeliveryFilter, scope: Scope): Promise<Delivery[]> {
      const wanted = [
        ['order_id', filter.order],
        ['device', filter.device],
        ['household', filter.household],
        ['subscription', filter.subscription],
        ['service', filter.service],
        ['state', filter.state],
      ].filter((pair): pair is [string, string] => pair[1] !== undefined)
      return sql<Delivery[]>`
        select ${deliveryColumns(sql)} from order_delivery d
        where d.tenant = ${scope.tenant} ${beyond(sql, filter)} ${since(sql, 'dlv', filter.since)}
          ${filter.open === undefined ? sql`` : filter.open ? sql`and settled_at is null` : sql`and settled_at is not null`}
          and (${inScope(sql, scope)} or order_id in (select id from order_order where requested_by = ${scope.owner}))
          ${wanted.length === 0 ? sql`` : wanted.map(([column, value]) => sql`and ${sql(column)} = ${value}`)}
        ${inOrder(sql, filter)}`
    },
  }
}

/** Every statement on deliveries calls the table `d`, so that joined values never make a column ambiguous. */
export function deliveryColumns(sql: Sql) {
  return sql`d.id, d.tenant, d.order_id as "order", d.item, d.subscription, d.household, d.device, d.kind, d.service, d.version,
    d.component, d.manifest, d.manifest_size as "manifestSize", d.files, d.bytes, d.epoch, d.state, d.detail, d.stage,
    d.done, d.total, d.proof, d.turn, d.purpose, d.unreached, d.silent, d.created_at as "createdAt", d.updated_at as "updatedAt", d.settled_at as "settledAt",
    (select o.requested_by from order_order o where o.id = d.order_id) as "requestedBy"`
}

/** New ones: `planned`, made at `at`. */
export async function insertDeliveries(tx: Tx, deliveries: readonly (NewDelivery & { at: Date })[]): Promise<void> {
  if (deliveries.length === 0) return
  await tx.sql`
    insert into order_delivery (id, tenant, order_id, item, subscription, household, device, kind, service, version, component,
      manifest, manifest_size, files, bytes, turn, purpose, created_at, updated_at, state)
    select r.*, at, 'planned'
    from jsonb_to_recordset(${tx.sql.json(deliveries as never)}) as r
      (id text, tenant text, "order" text, item text, subscription text, household text, device text, kind text, service text,
       version text, component text, manifest text, "manifestSize" int, files int, bytes bigint, turn int, purpose text, at timestamptz)`
  standingsOfNew(tx, deliveries)
}
