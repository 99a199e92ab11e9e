import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answer } from '@sutler/client'
import { expect, it, onTestFinished } from 'vitest'
import { runAgent } from '../../agent/src/core/agent.ts'
import { nodePlatform } from '../../agent/src/platform/node/index.ts'
import { systemClock } from '../../hub/src/platform/clock.ts'
import { composeHub } from '../support/composed-hub.ts'
import { until } from '../support/until.ts'
import { createClaim, createHousehold, patience, placeOrder, publishTestService, settledOrder } from './household.ts'

it(
  'a device whose files come over MQTT proves what was ordered, and fetches nothing over HTTP',
  { timeout: 3 * patience },
  async () => {
    const hub = await composeHub({ clock: systemClock })
    onTestFinished(() => hub.stop(), patience)
    const directory = await mkdtemp(join(tmpdir(), 'sutler-files-over-mqtt-'))
    onTestFinished(() => rm(directory, { recursive: true, force: true }))
    const household = await createHousehold(hub)
    const node = nodePlatform(directory, { jsonLog: true })
    const paths: string[] = []
    const platform = {
      ...node,
      log: { info: () => {}, warn: () => {} },
      http: {
        request: (request: Parameters<typeof node.http.request>[0]) => {
          paths.push(new URL(request.url).pathname)
          return node.http.request(request)
        },
        close: () => node.http.close(),
      },
    }
    const stop = new AbortController()
    const profile = { class: 'gateway', model: null, timeZone: null, metered: null }
    const claim = await createClaim(hub, household)
    const given = { hub: hub.secure.url, authority: null, trustRoot: null, claim, serial: 'GW-1', profile }
    const ended = runAgent({ ...given, platform, filesOverMqtt: true, software: 'sutler-agent test' }, stop.signal)
    onTestFinished(async () => {
      stop.abort()
      await ended
    })
    const large = randomBytes(700_000).toString('hex')
    const files = { 'bin/app': large, 'etc/settings': 'a = 1', empty: '' }
    await publishTestService(hub, 'guide', '1.0.0', [{ deviceClass: 'gateway', files }])
    const device = await until(
      async () => {
        const { items } = answer(await hub.api.GET('/api/v1/devices', { params: { query: { household } } }))
        return items.find(({ capabilities }) => capabilities !== null)
      },
      { deadline: patience },
    )
    expect(device.capabilities?.features).toContain('files-over-mqtt')
    const order = await settledOrder(hub, (await placeOrder(hub, household, 'add', 'guide')).id)
    expect(order).toMatchObject({ state: 'completed', deliveries: [{ state: 'confirmed' }] })
    expect(await readFile(join(directory, 'services/guide/current/bin/app'), 'utf8')).toBe(large)
    expect(paths.filter((path) => /^\/(files|tuf)\//.test(path))).toEqual([])
    expect(paths).toContain('/api/v1/enrolments')
  },
)
