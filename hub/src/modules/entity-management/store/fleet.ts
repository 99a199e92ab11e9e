import { fieldTable, type CompiledFilter } from '@sutler/expressions'
import type { Database, Sql } from '../../../platform/database.ts'
import type { FleetPage, FleetStore, FleetWish } from '../app/storage.ts'
import { fleetFields } from './fleet-fields.ts'
import { compileFleetFilter, filterCondition, fleetFrom } from './filter-sql.ts'

/** Filters over the fleet. Of a tenant's devices only, whatever login it is asked with. */
export const fleetStore: FleetStore = {
  compile: compileFleetFilter,
  fields: fieldTable(fleetFields),

  async page(sql, wish, page, way) {
    const read = (on: Sql): Promise<{ device: string }[]> => on<{ device: string }[]>`${pageOf(on, wish, page)}`
    const rows = way === 'walk' ? await read(sql) : await gathering(sql, read)
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

  async pageCost(sql, wish, page) {
    const plan = await planOf(sql, pageOf(sql, wish, page))
    if (!walksAlong(plan)) return { cost: plan.cost, way: 'walk' }
    const other = await gathering(sql, (on) => planOf(on, pageOf(on, wish, page)))
    return other.gathers && other.cost <= gatheringCost
      ? { cost: other.cost, way: 'gather' }
      : { cost: plan.cost, way: 'walk' }
  },

  countCost: async (sql, wish) => (await planOf(sql, countOf(sql, wish))).cost,

  // Each filter is planned for what it asks: a plan for any value would read a fleet whole to find what is rare.
  async bound(sql, timeout) {
    await sql`
      select set_config('statement_timeout', ${String(timeout)}, true), set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('jit', 'off', true)`
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
const gatheringCost = 40_000

function walksAlong({ walks, matches }: PlanSummary): boolean {
  return walks && matches <= few
}

/** Reads by indexes that gather only, in one flight with what says so. */
async function gathering<T>(sql: Database['pages'], read: (on: Sql) => Promise<T>): Promise<T> {
  const done = await sql.begin(async (on) => {
    const set =
      on`select set_config('enable_indexscan', 'off', true), set_config('enable_seqscan', 'off', true)`.execute()
    const [, result] = await Promise.all([set, read(on)])
    return { result }
  })
  return done.result as T
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
