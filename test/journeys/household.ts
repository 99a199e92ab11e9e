import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { publishService, readServiceSource, releaseVersion } from '@sutler/cli'
import { answer, type Schemas } from '@sutler/client'
import { startAgent, type AgentProcess } from '../support/agent-process.ts'
import type { HubProcess } from '../support/hub-process.ts'
import { until } from '../support/until.ts'

export type DeviceClass = 'set-top-box' | 'phone' | 'gateway'
export type Order = Schemas['OrderWithDeliveries']

/** A household with a running agent per class; devices are known by class. */
export interface Household {
  readonly id: string
  readonly agents: ReadonlyMap<DeviceClass, AgentProcess>
  readonly devices: ReadonlyMap<DeviceClass, string>
  stop(): Promise<void>
}

/** Makes a household, starts its agents and waits until they have enrolled and reported what they are. */
export async function setUpHousehold(hub: HubProcess, classes: readonly DeviceClass[]): Promise<Household> {
  const { id } = answer(await hub.api.POST('/api/v1/households', { body: { name: 'Test', timeZone: 'UTC' } }))
  const { claim } = answer(await hub.api.POST('/api/v1/claims', { body: { household: id, uses: classes.length } }))
  const agents = new Map<DeviceClass, AgentProcess>()
  for (const name of classes)
    agents.set(name, await startAgent({ hub: hub.url, claim, class: name, serial: `test-${name}` }))
  const read = async () => answer(await hub.api.GET('/api/v1/devices', { params: { query: { household: id } } })).items
  const devices = await until(async () => {
    const found = await read()
    return found.length === classes.length && found.every((d) => d.reachable && d.capabilities !== null) ? found : null
  })
  return {
    id,
    agents,
    devices: new Map(devices.map((device) => [device.class as DeviceClass, device.id])),
    async stop() {
      await Promise.all([...agents.values()].map((agent) => agent.stop()))
    },
  }
}

export interface TestComponent {
  readonly deviceClass: DeviceClass
  readonly restart?: 'none' | 'device'
  /** Path → content. */
  readonly files: Readonly<Record<string, string | Uint8Array>>
  /** Source of a health check that `node` runs; absent = none. */
  readonly health?: string
}

/** Writes a service to the disk as a developer would, publishes and releases it. */
export async function publishTestService(
  hub: HubProcess,
  id: string,
  version: string,
  components: readonly TestComponent[],
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-source-'))
  try {
    const described = []
    for (const { deviceClass, restart, files, health } of components) {
      const all = { ...files, ...(health === undefined ? {} : { 'health.mjs': health }) }
      for (const [path, content] of Object.entries(all)) {
        const file = join(directory, deviceClass, path)
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, content)
      }
      described.push({
        name: deviceClass,
        deviceClass,
        ...(restart === undefined ? {} : { restart }),
        ...(health === undefined ? {} : { health: { run: ['node', 'health.mjs'], timeoutSeconds: 10 } }),
        from: deviceClass,
      })
    }
    await writeFile(join(directory, 'service.json'), JSON.stringify({ id, title: id, version, components: described }))
    await publishService(hub.api, await readServiceSource(directory))
    await releaseVersion(hub.api, id, version)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

export async function placeOrder(
  hub: HubProcess,
  household: string,
  action: 'add' | 'modify' | 'remove',
  service: string,
  more: { version?: string; devices?: string[] } = {},
): Promise<Order> {
  const items = [{ action, service, ...more }]
  return answer(await hub.api.POST('/api/v1/orders', { body: { household, items } }))
}

export async function readOrder(hub: HubProcess, id: string): Promise<Order> {
  return answer(await hub.api.GET('/api/v1/orders/{id}', { params: { path: { id } } }))
}

/** Waits until the order is settled. */
export function settledOrder(hub: HubProcess, id: string): Promise<Order> {
  return until(async () => {
    const order = await readOrder(hub, id)
    return ['completed', 'failed', 'partial', 'cancelled'].includes(order.state) ? order : null
  })
}
