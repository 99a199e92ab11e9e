import { expect, it } from 'vitest'
import { databaseForThisTest } from '../support/database.ts'
import { seed, wanted } from '../support/thoroughness.ts'
import { run } from './engine/run.ts'

/** `npm run faults` goes on for longer, and kills the database as well. */
const kills = wanted('SUTLER_FAULT_KILLS', { quick: 40, long: 200 })

it(
  'two hubs, either or both killed at any moment under load, lose nothing, do nothing twice, keep the order, and are never early',
  async () => {
    const database = await databaseForThisTest({ connections: 2 })
    const result = await run({ database: database.owner, url: database.url, seed, kills, thorough: false })
    expect(
      result.findings,
      `SUTLER_SEED=${seed} SUTLER_FAULT_KILLS=${kills} npx vitest run test/faults/engine-kill`,
    ).toEqual([])
    expect(result.kills).toBeGreaterThanOrEqual(kills)
    expect(result.accepted).toBeGreaterThan(kills)
  },
  kills * 2_000 + 180_000,
)
