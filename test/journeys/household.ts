import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { publishService, readServiceSource, releaseVersion, signService } from '@sutler/cli'
import { answer, type Schemas, type SutlerClient } from '@sutler/client'
import { startAgent, type AgentProcess } from '../support/agent-process.ts'
import type { TrustKeys } from '../support/trust.ts'
import { until as untilSoon } from '../support/until.ts'

export type DeviceClass = 'set-top-box' | 'phone' | 'gateway'
export type Order = Schemas['OrderWithDeliveries']

/** The machine may be busy with other tests: nothing that works takes nearly so long, milliseconds. */
export const patience = 60_000

/** Waits as long as that. */
export const until: typeof untilSoon = (condition, options) => untilSoon(condition, { deadline: patience, ...options })

/** A hub as its clients see it. */
export interface RunningHub {
  readonly secure: { readonly url: string }
  readonly api: SutlerClient
  readonly trust: TrustKeys | null
}

/** A household with a running agent per class; devices are known by class. */
export interface Household {
  readonly id: string
  readonly agents: ReadonlyMap<DeviceClass, AgentProcess>
  readonly devices: ReadonlyMap<DeviceClass, string>
  stop(): Promise<void>
}

/** @returns its id */
export async function createHousehold(hub: RunningHub, timeZone = 'UTC'): Promise<string> {
  return answer(await hub.api.POST('/api/v1/households', { body: { name: 'Test', timeZone } })).id
}

/** @returns the claim's secret */
export async function createClaim(hub: RunningHub, household: string, uses = 1): Promise<string> {
  return answer(await hub.api.POST('/api/v1/claims', { body: { household, uses } })).claim
}

/** Makes a household, starts its agents and waits until they have enrolled and reported what they are. */
export async function setUpHousehold(hub: RunningHub, classes: readonly DeviceClass[]): Promise<Household> {
  const id = await createHousehold(hub)
  const claim = await createClaim(hub, id, classes.length)
  const agents = new Map<DeviceClass, AgentProcess>()
  for (const name of classes)
    agents.set(name, await startAgent({ hub: hub.secure.url, claim, class: name, serial: `test-${name}` }))
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
  /** Source of a health check that `node` runs, or the words of one; absent = none. */
  readonly health?: string | readonly string[]
  readonly after?: readonly string[]
  /** Of several components for a class, a device gets the first that it meets. */
  readonly name?: string
  readonly compatibility?: string
  readonly role?: 'firmware' | 'unit' | 'configuration'
  readonly reports?: { readonly name?: string; readonly version?: string }
}

/** Writes a service to the disk as a developer would, publishes, signs and releases it. */
export async function publishTestService(
  hub: RunningHub,
  id: string,
  version: string,
  components: readonly TestComponent[],
  more: {
    readonly relations?: readonly object[]
    readonly channel?: 'alpha' | 'beta' | 'stable'
    /** False: it stays a candidate. */
    readonly released?: boolean
  } = {},
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'sutler-source-'))
  try {
    const described = []
    for (const { deviceClass, name = deviceClass, restart, files, health, after, ...foreign } of components) {
      const all = { ...files, ...(typeof health === 'string' ? { 'health.mjs': health } : {}) }
      for (const [path, content] of Object.entries(all)) {
        const file = join(directory, name, path)
        await mkdir(dirname(file), { recursive: true })
        await writeFile(file, content)
      }
      described.push({
        name,
        deviceClass,
        ...foreign,
        ...(restart === undefined ? {} : { restart }),
        ...(health === undefined ? {} : { health: { run: wordsOf(health), timeoutSeconds: 10 } }),
        ...(after === undefined ? {} : { after }),
        from: name,
      })
    }
    await writeFile(
      join(directory, 'service.json'),
      JSON.stringify({ id, title: id, version, relations: more.relations ?? [], components: described }),
    )
    const source = await readServiceSource(directory)
    await publishService(hub.api, source)
    await signService(hub.api, source, hub.trust!.developer)
    if (more.released !== false) await releaseVersion(hub.api, id, version, more.channel)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

function wordsOf(health: string | readonly string[]): readonly string[] {
  return typeof health === 'string' ? ['node', 'health.mjs'] : health
}

export async function placeOrder(
  hub: RunningHub,
  household: string,
  action: 'add' | 'modify' | 'suspend' | 'resume' | 'remove',
  service: string,
  { allOrNothing, ...more }: { version?: string; devices?: string[]; allOrNothing?: boolean } = {},
): Promise<Order> {
  const items = [{ action, service, ...more }]
  const how = allOrNothing === undefined ? {} : { allOrNothing }
  return answer(await hub.api.POST('/api/v1/orders', { body: { household, items, ...how } }))
}

export async function readOrder(hub: RunningHub, id: string): Promise<Order> {
  return answer(await hub.api.GET('/api/v1/orders/{id}', { params: { path: { id } } }))
}

/** Waits until the order is settled; a hub that is down for a moment is waited for. */
export function settledOrder(hub: RunningHub, id: string): Promise<Order> {
  return untilOrder(hub, id, ({ state }) => ['completed', 'failed', 'partial', 'cancelled'].includes(state))
}

/** Waits until the order is as wanted. */
export function untilOrder(hub: RunningHub, id: string, wanted: (order: Order) => boolean): Promise<Order> {
  return until(
    async () => {
      const order = await readOrder(hub, id)
      if (wanted(order)) return order
      throw new Error(`it is ${order.state}: ${order.deliveries.map((d) => `${d.state} ${d.detail}`).join('; ')}`)
    },
    { what: `order ${id}` },
  )
}

/** Path → SHA-256 of what an agent has in use for a service, from its disk; null when it has nothing. */
export async function filesInUse(directory: string, service: string): Promise<Record<string, string> | null> {
  const current = join(directory, 'services', service, 'current')
  const entries = await readdir(current, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  })
  if (entries === null) return null
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const found = await Promise.all(
    files.map(async (file) => [relative(current, file), sha256(await readFile(file))] as const),
  )
  return Object.fromEntries(found)
}

/** Path → SHA-256 of what a component publishes. */
export function published({ files, health }: TestComponent): Record<string, string> {
  const all = { ...files, ...(typeof health === 'string' ? { 'health.mjs': health } : {}) }
  return Object.fromEntries(Object.entries(all).map(([path, content]) => [path, sha256(content)]))
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
