import { readFile } from 'node:fs/promises'
import { answer } from '@sutler/client'
import { createFleet } from '@sutler/simulators'
import { expect, it, onTestFinished } from 'vitest'
import { testDatabase } from '../support/database.ts'
import { startHub } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import { patience } from './household.ts'

const count = 500

it(`${count} devices of one process enrol and connect over TLS`, { timeout: 3 * patience }, async () => {
  const database = await testDatabase()
  onTestFinished(() => database.close(), patience)
  const hub = await startHub({ databaseUrl: database.url })
  onTestFinished(() => hub.stop(), patience)
  const authority = await readFile(hub.secure.ca, 'utf8')
  const fleet = createFleet({ hub: hub.secure.url, authority, token: hub.connection.token!, devices: count })
  onTestFinished(() => fleet.stop())
  await fleet.start()
  expect(fleet.result()).toMatchObject({ ready: count, problems: [] })

  const devices = async () => {
    const found = []
    for (let cursor: string | undefined; ;) {
      const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) }
      const page = answer(await hub.api.GET('/api/v1/devices', { params: { query } }))
      found.push(...page.items)
      if (!page.next) return found
      cursor = page.next
    }
  }
  const all = await until(
    async () => {
      const found = await devices()
      return found.every(({ reachable }) => reachable) ? found : null
    },
    { deadline: patience },
  )
  expect(all.map(({ state }) => state)).toEqual(Array.from({ length: count }, () => 'active'))
  const [row] = await database.owner.sql`
    select count(*)::int as certificates, count(distinct device)::int as devices, count(replaced_at)::int as replaced
    from registration.registration_certificate`
  expect(row).toEqual({ certificates: count, devices: count, replaced: 0 })
})
