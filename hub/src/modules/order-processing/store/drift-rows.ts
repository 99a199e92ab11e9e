import type { Sql, Tx } from '../../../platform/database.ts'
import type { ReplacedDrift } from '../app/storage.ts'
import type { Drift, Proved } from '../domain/drift.ts'

/** What devices have proved, and rows of what they report otherwise. */
export function driftRows() {
  return {
    async proved(tx: Tx, devices: readonly string[]): Promise<Proved[]> {
      return tx.sql<Proved[]>`
        select device, service, tenant, household, subscription, kind, version, component, manifest, busy
        from (
          select d.*, bool_or(d.settled_at is null) over (partition by d.device, d.service) as busy,
            row_number() over (partition by d.device, d.service order by d.state = 'confirmed' desc, d.epoch desc) as place
          from order_delivery d
          where d.device = any(${devices as string[]}) and (d.state = 'confirmed' or d.settled_at is null)
        ) known
        where place = 1`
    },
    async replaceDrift(
      tx: Tx,
      devices: readonly string[],
      drifts: readonly Drift[],
      now: Date,
    ): Promise<ReplacedDrift> {
      const known = await tx.sql<Drift[]>`
        select device, service, tenant, household, subscription, version, component, wanted, detail
        from order_drift where device = any(${devices as string[]})`
      const { begun, ended } = changes(known, drifts)
      if (begun.length + ended.length === 0) return { begun, ended, agreed: [] }
      // Whoever changes what is known of a subscription's devices takes turns: one of them sees the last difference go.
      const subscriptions = [...new Set([...begun, ...ended].map(({ subscription }) => subscription))]
      await tx.sql`select 1 from order_subscription where id = any(${subscriptions}) order by id for no key update`
      if (ended.length > 0)
        await tx.sql`
          delete from order_drift d using jsonb_to_recordset(${tx.sql.json(ended as never)}) as r (device text, service text)
          where d.device = r.device and d.service = r.service`
      if (begun.length > 0)
        await tx.sql`
          insert into order_drift (device, service, tenant, household, subscription, version, component, wanted, detail, since)
          select r.*, ${now} from jsonb_to_recordset(${tx.sql.json(begun as never)}) as r
            (device text, service text, tenant text, household text, subscription text, version text, component text,
              wanted text, detail text)
          on conflict (device, service) do update set household = excluded.household, subscription = excluded.subscription,
            version = excluded.version, component = excluded.component, wanted = excluded.wanted, detail = excluded.detail`
      const left = await driftOf(tx, subscriptions)
      return { begun, ended, agreed: subscriptions.filter((subscription) => !left.has(subscription)) }
    },
    driftOf,
  }
}

async function driftOf(tx: Tx, subscriptions: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.sql<{ subscription: string; detail: string }[]>`
    select distinct on (subscription) subscription, device || ': ' || detail as detail
    from order_drift where subscription = any(${subscriptions as string[]}) order by subscription, since, device`
  return new Map(rows.map(({ subscription, detail }) => [subscription, detail]))
}

/** What differs now and did not, or otherwise; what no longer does. */
function changes(known: readonly Drift[], now: readonly Drift[]): { begun: Drift[]; ended: Drift[] } {
  const key = ({ device, service }: Drift): string => `${device}/${service}`
  const before = new Map(known.map((drift) => [key(drift), drift]))
  const after = new Set(now.map(key))
  const same = (drift: Drift): boolean => {
    const was = before.get(key(drift))
    return was?.detail === drift.detail && was.subscription === drift.subscription
  }
  return { begun: now.filter((drift) => !same(drift)), ended: known.filter((drift) => !after.has(key(drift))) }
}

/** What a device has proved to run of a service, by the digest of its file list. */
export interface InPlace {
  readonly device: string
  readonly service: string
  readonly manifest: string
}

export async function manifestsInPlace(sql: Sql, devices: readonly string[]): Promise<InPlace[]> {
  return sql<InPlace[]>`
    select device, service, manifest from (
      select distinct on (device, service) device, service, kind, manifest
      from order_delivery where device = any(${devices as string[]}) and state = 'confirmed'
      order by device, service, epoch desc
    ) newest where kind = 'install' and manifest is not null`
}
