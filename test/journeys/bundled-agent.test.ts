import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer } from '@sutler/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildAgent } from '../../agent/build.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'
import {
  createClaim,
  createHousehold,
  filesInUse,
  patience,
  placeOrder,
  published,
  publishTestService,
  settledOrder,
} from './household.ts'

/** A Node of the system's own, older than the one that npm brings. */
const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find(
  (path) => existsSync(path) && execFileSync(path, ['--version'], { encoding: 'utf8' }).startsWith('v20.'),
)

let database: TestDatabase
let hub: HubProcess
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sutler-bundle-'))
  database = await testDatabase()
  hub = await startHub({ databaseUrl: database.url })
}, patience)

afterAll(async () => {
  await hub?.stop()
  await database?.close()
  await rm(directory, { recursive: true, force: true })
}, patience)

it.skipIf(oldNode === undefined)(
  'the bundled agent on Node 20 (skipped where the system has none) enrols, installs, restarts and proves it',
  async () => {
    const bundle = join(directory, 'sutler-agent.cjs')
    const { compressed } = await buildAgent(bundle)
    expect(compressed).toBeLessThanOrEqual(60 * 1024)
    const household = await createHousehold(hub)
    const claim = await createClaim(hub, household)
    const own = join(directory, 'device')
    const args = [
      bundle,
      '--hub',
      hub.secure.url,
      '--claim',
      claim,
      '--dir',
      own,
      '--class',
      'gateway',
      '--serial',
      'old',
    ]
    const agent = spawn(oldNode!, args, { stdio: 'ignore' })
    try {
      const [device] = await until(
        async () => {
          const { items } = answer(await hub.api.GET('/api/v1/devices', { params: { query: { household } } }))
          return items[0]?.capabilities ? items : null
        },
        { deadline: patience },
      )
      expect(device!.capabilities!.runtimes['node']).toMatch(/^v?20\./)
      const health = 'process.exit(0)'
      const part = { deviceClass: 'gateway', restart: 'device', health, files: { a: '1', 'b/c': '2' } } as const
      await publishTestService(hub, 'guide', '1.0.0', [part])
      const order = await settledOrder(hub, (await placeOrder(hub, household, 'add', 'guide')).id)
      expect(order).toMatchObject({ state: 'completed', deliveries: [{ proof: { holds: true, files: 3 } }] })
      expect(await filesInUse(own, 'guide')).toEqual(published(part))
    } finally {
      const ended = once(agent, 'exit')
      agent.kill('SIGTERM')
      expect(await ended).toEqual([0, null])
    }
  },
  2 * patience,
)
