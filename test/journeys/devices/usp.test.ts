import { answer } from '@sutler/client'
import { UspAgent, type UspAgentOptions } from '@sutler/simulators/usp'
import { afterEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../../hub/src/platform/clock.ts'
import { hubForThisFile } from '../../support/composed-hub.ts'
import {
  createHousehold,
  patience,
  placeOrder,
  publishTestService,
  readOrder,
  until,
  type Order,
} from '../household.ts'

/** Orders to USP agents, from the request to the proof, through a whole hub: MQTT 3.1.1 and 5 on its broker, and WebSocket. */

const pkg = (name: string, version: string) => Buffer.alloc(5_000, `${name} ${version}\n`)

const hub = hubForThisFile(
  { clock: systemClock, env: { SUTLER_PROTOCOLS: 'usp', SUTLER_DEVICE_HTTP_PORT: '0', SUTLER_DEVICE_MQTT_PORT: '0' } },
  async (made) => {
    for (const version of ['1.0.0', '2.0.0']) {
      await publishTestService(made, 'guide', version, [
        { deviceClass: 'set-top-box', role: 'unit', files: { 'guide.pkg': pkg('guide', version) } },
      ])
      await publishTestService(made, 'system', version, [
        { deviceClass: 'set-top-box', role: 'firmware', files: { 'system.img': pkg('system', version) } },
      ])
      await publishTestService(made, 'several', version, [
        { deviceClass: 'set-top-box', files: { a: Buffer.from('a'), b: Buffer.from('b') } },
      ])
    }
  },
)

type Over = 'websocket' | 'mqtt 3.1.1' | 'mqtt 5'
const agents: UspAgent[] = []
afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.powerOff()
})

let devices = 0

async function settopBox(
  over: Over,
  options: Partial<UspAgentOptions> = {},
): Promise<{ household: string; id: string; agent: UspAgent }> {
  const household = await createHousehold(hub)
  const identity = `os::0005B9-${String(++devices).padStart(12, '0')}`
  const body = { household, class: 'set-top-box', protocol: 'usp', identity } as const
  const { device: id, credential } = answer(await hub.api.POST('/api/v1/devices', { body }))
  const password = credential!.secret!
  const access: UspAgentOptions['access'] =
    over === 'websocket'
      ? {
          over,
          url: `${hub.deviceUrl!.replace('http', 'ws')}/usp`,
          headers: { authorization: `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}` },
        }
      : { over: 'mqtt', url: hub.deviceMqtt!, version: over === 'mqtt 5' ? 5 : 4, password }
  const agent = new UspAgent({ endpoint: identity, controller: 'self::sutler', access, ...options })
  agents.push(agent)
  await agent.boot()
  await until(async () => (await shown(id)).capabilities !== null)
  return { household, id, agent }
}

const shown = async (id: string) => answer(await hub.api.GET('/api/v1/devices/{id}', { params: { path: { id } } }))

const ends = new Set(['completed', 'failed', 'partial', 'cancelled'])
const settled = (order: string): Promise<Order> =>
  until(async () => {
    const now = await readOrder(hub, order)
    return ends.has(now.state) ? now : null
  })

describe('a USP agent', { timeout: patience }, () => {
  test.each(['websocket', 'mqtt 3.1.1', 'mqtt 5'] as const)(
    'over %s completes an order with a proof, the next one as an update, and a removal',
    async (over) => {
      const { household, id, agent } = await settopBox(over)
      const confirmed = { state: 'completed', deliveries: [{ state: 'confirmed' }] }
      const first = await placeOrder(hub, household, 'add', 'guide', { version: '1.0.0' })
      expect(await settled(first.id)).toMatchObject(confirmed)
      const second = await placeOrder(hub, household, 'modify', 'guide', { version: '2.0.0' })
      expect(await settled(second.id)).toMatchObject(confirmed)
      expect([...agent.state.units.values()].map(({ name, version }) => `${name} ${version}`)).toEqual(['guide 2.0.0'])
      expect(await shown(id)).toMatchObject({ protocol: 'usp', reachable: true, capabilities: { protocol: 'usp' } })
      const removed = await placeOrder(hub, household, 'remove', 'guide')
      expect(await settled(removed.id)).toMatchObject({ state: 'completed' })
      expect(agent.state.units.size).toBe(0)
    },
  )

  test('runs its new firmware after a restart, and goes back from one that does not start', async () => {
    const { household, agent } = await settopBox('mqtt 3.1.1', { session: { segment: 500 } })
    const first = await placeOrder(hub, household, 'add', 'system', { version: '1.0.0' })
    expect(await settled(first.id)).toMatchObject({ state: 'completed' })
    expect(agent.state.images.get(agent.state.activeImage)).toMatchObject({ name: 'system', version: '1.0.0' })
    agent.faults.fails = 'checking'
    const second = await placeOrder(hub, household, 'modify', 'system', { version: '2.0.0' })
    expect((await settled(second.id)).state).not.toBe('completed')
    expect(agent.state.images.get(agent.state.activeImage)).toMatchObject({ version: '1.0.0' })
  })

  test('that was off gets its work when it is back, and loses none when it is cut off in the middle', async () => {
    const { household, agent } = await settopBox('websocket')
    await agent.powerOff()
    const order = await placeOrder(hub, household, 'add', 'guide', { version: '1.0.0' })
    agent.faults.holdAt('downloading')
    await agent.boot()
    await until(async () => agent.faults.held)
    await agent.powerOff()
    agent.faults.holdAt(null)
    await agent.boot()
    expect(await settled(order.id)).toMatchObject({ state: 'completed' })
    expect(agent.installs).toBe(1)
  })

  test('stops a download when the order is cancelled', async () => {
    const { household, agent } = await settopBox('mqtt 5')
    agent.faults.holdAt('downloading')
    const order = await placeOrder(hub, household, 'add', 'guide', { version: '1.0.0' })
    await until(async () => agent.faults.held)
    const cancel = { params: { path: { id: order.id } }, body: { reason: 'a mistake' } }
    answer(await hub.api.POST('/api/v1/orders/{id}/cancel', cancel))
    expect(await settled(order.id)).toMatchObject({ state: 'cancelled' })
    expect(agent.installs).toBe(0)
  })

  test('is not asked for what it cannot carry: the order says why', async () => {
    const { household } = await settopBox('websocket')
    await expect(placeOrder(hub, household, 'add', 'several', { version: '1.0.0' })).rejects.toThrow(/one file/)
  })

  test('that shows another’s endpoint id, or a revoked one, is not let in', async () => {
    const { id, agent } = await settopBox('mqtt 3.1.1')
    const stranger = new UspAgent({
      endpoint: agent.endpoint,
      controller: 'self::sutler',
      access: { over: 'mqtt', url: hub.deviceMqtt!, version: 4, password: 'a guess' },
    })
    agents.push(stranger)
    await stranger.boot()
    expect([stranger.connected, agent.connected]).toEqual([false, true])
    await stranger.powerOff()
    answer(await hub.api.POST('/api/v1/devices/{id}/decommission', { params: { path: { id } } }))
    await until(async () => !agent.connected)
  })
})
