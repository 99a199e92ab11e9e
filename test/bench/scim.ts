import { startHub } from '../support/hub-process.ts'
import { openServer } from './engine/server.ts'
import { figure, type Bench } from './measure.ts'

/**
 * People brought by SCIM, each with an account, by 32 callers at a time over HTTP; against durable commits of one row each by as many
 * connections of the same server in the same run.
 */
export const bench: Bench = async ({ quick, say, resources }) => {
  const server = await openServer(resources)
  const databaseUrl = await server.create('scim')
  const unlimited = { SUTLER_REQUEST_RATE: '1000000', SUTLER_REQUEST_RATE_PER_ADDRESS: '1000000' }
  const hub = await startHub({ databaseUrl, env: unlimited })
  resources.defer(() => hub.stop())
  const callers = 32
  const each = quick ? 300 : 2000
  const runs: number[] = []
  let made = 0
  const create = async (): Promise<void> => {
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: `person-${made++}@example.org` }
    await hub.api.POST('/scim/v2/Users', { body })
  }
  for (let run = 0; run < 5; run++) {
    const rate = await ratePerSecond(callers, each, create)
    // The first finds cold caches.
    if (run > 0) runs.push(rate)
    say(`${rate.toFixed(0)} people/s`)
  }
  await server.database.sql`create table bench_commit (id bigint generated always as identity)`
  const commits = await ratePerSecond(callers, each, async () => {
    await server.database.sql`insert into bench_commit default values`
  })
  const of = figure(runs, 'people/s')
  return {
    'scim.create': { ...of, against: `${commits.toFixed(0)} commits/s`, ratio: of.value / commits, goal: '>= 500/s' },
  }
}

async function ratePerSecond(callers: number, count: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  let left = count
  const call = async (): Promise<void> => {
    while (left-- > 0) await work()
  }
  await Promise.all(Array.from({ length: callers }, call))
  return (count * 1000) / (performance.now() - began)
}
