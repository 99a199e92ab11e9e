import { readFile, writeFile } from 'node:fs/promises'
import { answer } from '@sutler/client'
import { writeKeyFile } from '@sutler/trust/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { commandLineForThisFile } from '../support/command-line.ts'
import { startHub, type HubProcess } from '../support/hub-process.ts'
import { patience } from './household.ts'

/** `sutler try --hub`: real agents of this machine at a hub that is there already. */

let hub: HubProcess
const sutler = commandLineForThisFile()

beforeAll(async () => {
  hub = await startHub()
  const { url, ca } = hub.secure
  const login = { hub: url, token: hub.connection.token, ca: await readFile(ca, 'utf8') }
  await sutler.saveLogin(login)
  await writeFile(sutler.path('developer.key'), writeKeyFile(hub.trust!.developer, null))
  await sutler.run(['service', 'init', 'hello'])
}, 3 * patience)

afterAll(async () => {
  await hub?.stop()
}, patience)

it(
  'a candidate is proved by simulated devices at the hub, and nothing of it can be ordered or is in use afterwards',
  async () => {
    const words = ['try', 'hello', '--hub', '--key', sutler.path('developer.key'), '--timeout', '2m']
    const { status, out, err } = await sutler.run(words, { env: { TMPDIR: sutler.directory } })
    expect([status, out, status === 0 ? '' : err]).toEqual([0, expect.stringContaining('passed'), ''])

    const { items: devices } = answer(await hub.api.GET('/api/v1/devices'))
    expect(devices).toMatchObject([{ class: 'gateway', state: 'decommissioned', tags: ['test-device'] }])
    const { items: subscriptions } = answer(await hub.api.GET('/api/v1/subscriptions'))
    expect(subscriptions.map(({ state }) => state)).toEqual(['ended'])
    const params = { path: { service: 'hello' } }
    const { items: versions } = answer(await hub.api.GET('/api/v1/services/{service}/versions', { params }))
    expect(versions).toMatchObject([{ version: expect.stringMatching(/^0\.1\.0-try\./), state: 'retired' }])
  },
  4 * patience,
)

it('a key is asked for before anything is started', async () => {
  const { status, err } = await sutler.run(['try', 'hello', '--hub'])
  expect([status, err]).toEqual([2, expect.stringContaining('[option-invalid]')])
})
