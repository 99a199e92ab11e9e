import { fieldTable, type CompiledFilter } from '@sutler/expressions'
import type { Sql } from '../../../platform/database.ts'
import type { FleetPage, FleetStore, FleetWish } from '../app/storage.ts'
import { fleetFields } from './fleet-fields.ts'
import { compileFleetFilter, filterCondition, fleetFrom } from './filter-sql.ts'

/** Filters over the fleet. Of a tenant's devices only, whatever login it is asked with. */
export const fleetStore: FleetStore = {
  compile: compileFleetFilter,
  fields: fieldTable(fleetFields),

  async page(sql, wish, page) {
    const rows = await sql<{ device: string }[]>`${pageOf(sql, wish, page)}`
    return rows.map((row) => row.device)
  },

  async count(sql, wish) {
    const [row] = await sql<{ count: number }[]>`${countOf(sql, wish)}`
    return row!.count
  },

  async matching(sql, wish, ids) {
    if (ids.length === 0) return []
    const rows = await sql<{ device: string }[]>`
      select f.device ${sourceOf(sql, wish)} and f.device = any(${[...ids]}) order by f.device`
    return rows.map((row) => row.device)
  },

  cost: {
    async page(sql, wish, page) {
      const statement = () => pageOf(sql, wish, page)
      const plan = await planOf(sql, statement())
      if (!walksAlong(plan)) return plan.cost
      await allowIndexes(sql, 'bitmaps')
      const other = await planOf(sql, statement())
      if (other.gathers && other.cost <= gathering) return other.cost
      await allowIndexes(sql, 'all')
      return plan.cost
    },
    count: async (sql, wish) => (await planOf(sql, countOf(sql, wish))).cost,
  },

  // Each filter is planned for what it asks: a plan for any value would read a fleet whole to find what is rare. A page is made by
  // going along an index and looking up what else is asked: to join whole tables pays for those who want all of it.
  async bound(sql, timeout, purpose) {
    const whole = purpose === 'page' ? 'off' : 'on'
    await sql`
      select set_config('statement_timeout', ${String(timeout)}, true), set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('jit', 'off', true), set_config('enable_mergejoin', ${whole}, true), set_config('enable_hashjoin', ${whole}, true)`
  },
}

/** What devices are sorted by; ids settle what is the same. Each has its index. */
const sorted = {
  id: { by: null, needs: [] },
  name: { by: 'f.name', needs: [] },
  // Inner: of what was never connected there is no row, and an outer one would be sorted whole.
  presence: { by: 's.changed_at', needs: ['seen'] },
} as const

function pageOf(sql: Sql, wish: FleetWish, { after, limit, order }: FleetPage) {
  const backwards = order.startsWith('-')
  const { by, needs } = sorted[order.replace('-', '') as keyof typeof sorted]
  const device = sql(by === 's.changed_at' ? 's.device' : 'f.device')
  const place = by === null ? device : sql`${sql(by)}, ${device}`
  const beyond =
    after === undefined
      ? sql``
      : sql`and (${place}) ${backwards ? sql`<` : sql`>`} (${by === null ? after.id : sql`${after.by!}, ${after.id}`})`
  const direction = backwards ? sql`desc` : sql`asc`
  return sql`select f.device ${sourceOf(sql, wish, needs)} ${beyond}
    order by ${by === null ? sql`` : sql`${sql(by)} ${direction},`} ${device} ${direction} limit ${limit}`
}

function countOf(sql: Sql, wish: FleetWish) {
  return sql`select count(*)::int as count ${sourceOf(sql, wish)}`
}

/** `from … where …` of what is wished for, over the aliases of `fleetFrom`. */
export function sourceOf(
  sql: Sql,
  { tenant, filter, households, devices, members }: FleetWish,
  more: readonly string[] = [],
) {
  return sql`
    from ${fleetFrom(sql, [...(filter?.needs ?? []), ...more])} ${members === undefined ? sql`` : sql`join entity_group_member m on m.device = f.device`}
    where f.tenant = ${tenant} ${members === undefined ? sql`` : sql`and m.group_id = ${members}`}
    ${devices === undefined ? sql`` : sql`and f.device = any(${[...devices]})`}
    ${filter === null ? sql`` : sql`and ${filterCondition(sql, filter satisfies CompiledFilter)}`}
    ${households === undefined ? sql`` : sql`and f.household = any(${[...households]})`}`
}

/**
 * So few that are thought to match are better gathered by their own index and sorted than met with on a walk along all devices:
 * of what is rare the planner knows no number, and the walk may be as long as the fleet.
 */
const few = 20_000
/** What gathering and sorting them may cost, as the planner thinks: some ten thousand devices. */
const gathering = 40_000

function walksAlong({ walks, matches }: PlanSummary): boolean {
  return walks && matches <= few
}

async function allowIndexes(sql: Sql, which: 'all' | 'bitmaps'): Promise<void> {
  const others = which === 'all' ? 'on' : 'off'
  await sql`select set_config('enable_indexscan', ${others}, true), set_config('enable_seqscan', ${others}, true)`
}

interface PlanSummary {
  /** What the planner thinks that it costs, in its own unit: to read a page of a table one after the other. */
  readonly cost: number
  /** How many it thinks match. */
  readonly matches: number
  /** It goes along devices in order, of all or of one kind, and looks at each for the rest. */
  readonly walks: boolean
  /** It gathers devices by an index on what they are. */
  readonly gathers: boolean
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly Filter?: string
  readonly 'Total Cost': number
  readonly 'Plan Rows': number
  readonly Plans?: readonly PlanNode[]
}

/** Of all devices, in order. */
const walked: ReadonlySet<string> = new Set(['entity_fleet_pkey', 'entity_fleet_tenant'])

async function planOf(sql: Sql, statement: ReturnType<typeof pageOf>): Promise<PlanSummary> {
  const [row] = await sql`explain (format json) ${statement}`
  const [{ Plan: plan }] = row!['QUERY PLAN'] as [{ Plan: PlanNode }]
  const nodes = nodesOf(plan)
  const uses = (kind: RegExp, wanted: (index: string) => boolean): boolean =>
    nodes.some(({ 'Node Type': type, 'Index Name': index }) => kind.test(type) && index !== undefined && wanted(index))
  return {
    cost: plan['Total Cost'],
    matches: plan.Plans?.[0]?.['Plan Rows'] ?? plan['Plan Rows'],
    walks: nodes.every((node) => node['Node Type'] !== 'Sort') && nodes.some(looksAtEach),
    gathers: uses(/^Bitmap Index Scan$/, (index) => index.startsWith('entity_fleet_') && !walked.has(index)),
  }
}

function looksAtEach(node: PlanNode): boolean {
  const index = node['Index Name'] ?? ''
  return (
    /^Index (Only )?Scan$/.test(node['Node Type']) && index.startsWith('entity_fleet_') && node.Filter !== undefined
  )
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}
