import { afterAll, beforeAll } from 'vitest'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { patience } from '../journeys/household.ts'
import { addHomes } from '../support/campaign-fleet.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'

/** A hub that can be killed. */
interface FleetHub {
  database: TestDatabase
  hub: HubProcess
}

/** For all tests of one file, at whose top this is called: with so many households, of two phones each. */
export function fleetHubForThisFile(homes: number): Readonly<FleetHub> {
  const fleet = {} as FleetHub
  beforeAll(async () => {
    fleet.database = await testDatabase()
    fleet.hub = await startHub({ databaseUrl: fleet.database.url })
    const wishes = Array.from({ length: homes }, () => ({ classes: ['phone', 'phone'] as const }))
    await addHomes(fleet, systemClock, 'kill', wishes)
  }, 2 * patience)
  afterAll(async () => {
    await fleet.hub?.stop()
    await fleet.database?.close()
  }, patience)
  return fleet
}
