import { expect, it } from 'vitest'
import { databaseForThisTest } from '../support/database.ts'
import { run } from './engine/run.ts'

/** `npm run faults` goes on for longer, and kills the database as well. */
const kills = Number(process.env['SUTLER_FAULT_KILLS'] ?? 40)
const seed = Number(process.env['SUTLER_FAULT_SEED'] ?? 20_260_101)

it(
  'two hubs, either or both killed at any moment under load, lose nothing, do nothing twice, keep the order, and are never early',
  async () => {
    const database = await databaseForThisTest({ connections: 2 })
    const result = await run({ database: database.owner, url: database.url, seed, kills, thorough: false })
    expect(
      result.findings,
      `SUTLER_FAULT_SEED=${seed} SUTLER_FAULT_KILLS=${kills} npx vitest run test/faults/engine-kill`,
    ).toEqual([])
    expect(result.kills).toBeGreaterThanOrEqual(kills)
    expect(result.accepted).toBeGreaterThan(kills)
  },
  kills * 2_000 + 180_000,
)
