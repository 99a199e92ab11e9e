import type { Database } from '../../../platform/database.ts'
import type { TallyStorage } from '../app/tallies.ts'
import type { Outcome } from '../domain/outcomes.ts'
import { isOver, orderStates } from '../domain/order-states.ts'
import type { WorkTally } from '../overview-contract.ts'

const openStates = orderStates.filter((state) => !isOver(state))

/** Orders, deliveries, campaigns and subscriptions counted, with the tenant in the statement. */
export function tallyRows({ sql, transaction }: Pick<Database, 'sql' | 'transaction'>): TallyStorage {
  return {
    async workTally(tenant) {
      const [orders, [jeopardy], deliveries, campaigns, subscriptions] = await Promise.all([
        sql<WorkTally['orders']>`
          select state, count(*)::int as orders from order_order where tenant = ${tenant} group by state order by 2 desc`,
        sql<WorkTally['jeopardy'][]>`
          select (count(*) filter (where jeopardy->>'level' = 'amber'))::int as amber,
            (count(*) filter (where jeopardy->>'level' = 'red'))::int as red
          from order_order where tenant = ${tenant} and jeopardy is not null and state = any(${openStates})`,
        // Open deliveries belong to open orders, of which there is an index.
        sql<WorkTally['deliveries']>`
          select d.state, count(*)::int as deliveries from order_order o join order_delivery d on d.order_id = o.id
          where o.tenant = ${tenant} and o.state = any(${openStates}) and d.settled_at is null group by d.state order by 2 desc`,
        sql<WorkTally['campaigns']>`
          select state, count(*)::int as campaigns from order_campaign where tenant = ${tenant} group by state order by 2 desc`,
        sql<WorkTally['subscriptions']>`
          select service, version, count(*)::int as subscriptions from order_subscription
          where tenant = ${tenant} and state <> 'ended' group by service, version order by 3 desc, 1, 2 limit 200`,
      ])
      return { orders, jeopardy: jeopardy!, deliveries, campaigns, subscriptions }
    },

    async outcomes(tenant, since) {
      const rows = await sql<(Omit<Outcome, 'hour'> & { hour: Date })[]>`
        select hour, state, sum(deliveries)::int as deliveries from order_outcome
        where tenant = ${tenant} and hour >= ${since} group by hour, state`
      return rows.map(({ hour, ...rest }) => ({ ...rest, hour: hour.getTime() }))
    },

    // What another hub is adding up, or has, is gone for this one; what is written meanwhile waits for the next time.
    async addUpOutcomes({ added, kept }) {
      await transaction(async (tx) => {
        await tx.sql`delete from order_outcome where hour < ${kept}`
        await tx.sql`
          with several as (
            select tenant, hour, state from order_outcome where hour < ${added} group by tenant, hour, state having count(*) > 1),
          gone as (
            delete from order_outcome o using several s
            where o.tenant = s.tenant and o.hour = s.hour and o.state = s.state returning o.*)
          insert into order_outcome (tenant, hour, state, deliveries)
          select tenant, hour, state, sum(deliveries)::int from gone group by tenant, hour, state`
      })
    },
  }
}
