import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { answer, createClient, followEvents, type ClientOptions, type Schemas, type SutlerClient } from '@sutler/client'
import { trustingFetch } from '@sutler/client/node'
import { byteText, publishService, readServiceSource, releaseVersion, signService } from '@sutler/cli'
import { initTrust, type TrustKeys } from '../../support/trust.ts'
import { keep, type Kept } from './processes.ts'
import type { Screen } from './screen.ts'
import { onceOnly, persist, until, waitFor, wasDown, type Stage } from './stage.ts'

/** What the demo proves in the end. */
export interface DemoResult {
  readonly devices: number
  /** Devices that proved that they run the newest version. */
  readonly confirmed: number
  /** Bytes of all files that devices proved to have in place, over both orders. */
  readonly bytes: number
  readonly seconds: number
}

/** A device of the household. */
type Device = Pick<Kept, 'name' | 'stop' | 'start'>

export interface RunningHub {
  readonly url: string
  /** File with the certificates of its authority. */
  readonly ca: string
  /** By which the first operator makes an account. */
  readonly linkFile: string
  /** Where the demo keeps the password that it chooses. */
  readonly passwordFile: string
  /** Where a browser becomes a device; null unless the phone is one. */
  readonly devicePage: string | null
}

const root = new URL('../../../', import.meta.url).pathname
const classes = ['set-top-box', 'phone', 'gateway'] as const
/** Starts the hub on its embedded default and waits until it is up. If it is killed it comes back on the same ports. */
export async function startHub(stage: Stage): Promise<RunningHub> {
  const data = join(stage.directory, 'hub')
  const env: Record<string, string> = {
    SUTLER_DATA: data,
    SUTLER_HTTP_PORT: process.env['SUTLER_HTTP_PORT'] ?? '0',
    SUTLER_MQTT_PORT: process.env['SUTLER_MQTT_PORT'] ?? '0',
    SUTLER_LOG_LEVEL: 'info',
    ...(stage.browserPhone && { SUTLER_PLAIN_HTTP_PORT: '0', SUTLER_PLAIN_APP_PORT: '0' }),
  }
  const hub = keep({
    name: 'hub',
    args: [join(root, 'hub/src/main.ts')],
    env,
    tail: stage.tail,
    failed: stage.failed,
  })
  stage.running.push(hub)
  hub.onRestart((why) => stage.screen.say(`  the hub ${why}`))
  const up = await waitFor<Readonly<Record<'url' | 'mqtt' | 'ca' | 'devicePage' | 'apps', string>>>(stage, (found) =>
    hub.onLine((line) => {
      if (line['msg'] === 'the hub is up') found(line as never)
    }),
  )
  env['SUTLER_HTTP_PORT'] = new URL(up.url).port
  env['SUTLER_MQTT_PORT'] = new URL(up.mqtt).port
  if (stage.browserPhone) {
    env['SUTLER_PLAIN_HTTP_PORT'] = new URL(up.devicePage).port
    env['SUTLER_PLAIN_APP_PORT'] = new URL(up.apps).port
  }
  const files = { linkFile: join(data, 'setup-link'), passwordFile: join(stage.directory, 'operator-password') }
  return { url: up.url, ca: up.ca, ...files, devicePage: stage.browserPhone ? up.devicePage : null }
}

/** The whole demo on a running hub. */
export async function tellStory(stage: Stage, hub: RunningHub): Promise<DemoResult> {
  const { screen } = stage
  const begin = performance.now()
  const at = { hub: hub.url, fetch: trustingFetch(await readFile(hub.ca, 'utf8')) }
  const connection: ClientOptions = { ...at, token: await becomeOperator(stage, hub, at) }
  const api = createClient(connection)
  const keys = await initTrust(api)

  const home = { body: { name: 'Miller', timeZone: 'Europe/Berlin' }, headers: onceOnly() }
  const household = answer(await persist(stage, () => api.POST('/api/v1/households', home)))
  screen.say(`2. Three devices of household ${household.name} enrol: ${classes.join(', ')}`)
  const agents = await startAgents(stage, hub, api, household.id)
  const names = new Map([...agents].map(([device, agent]) => [device, agent.name]))

  await publish(stage, api, keys, '1.0.0', '3. ')
  const watching = new AbortController()
  stage.signal.addEventListener('abort', () => watching.abort(), { once: true })
  void showEvents(stage, connection, household.id, watching.signal)

  screen.say(`4. Order: tv-guide for the household`)
  screen.follow(names)
  const first = await order(stage, api, household.id, 'add')
  const added = await settled(stage, api, first.id)
  screen.settle()
  screen.say(`   order ${first.id} is ${added.state}`)

  const [off] = [...agents].find(([, agent]) => agent.name === 'phone')!
  await publish(stage, api, keys, '1.1.0', '5. ')
  await agents.get(off)!.stop()
  if (stage.browserPhone)
    await until(
      stage,
      () => listed(api, household.id),
      (found) => !found.find(({ id }) => id === off)?.reachable,
    )
  screen.say('6. The phone is switched off; the household is upgraded to 1.1.0')
  screen.follow(names)
  const second = await order(stage, api, household.id, 'modify')
  const waiting = await until(
    stage,
    () => read(api, second.id),
    (found) =>
      found.deliveries.every((delivery) => delivery.state === (delivery.device === off ? 'pending' : 'confirmed')),
  )
  screen.settle()
  screen.say(`   order ${second.id} is ${waiting.state}: it waits for the phone`)
  screen.say('7. The phone is switched on')
  screen.follow(new Map([[off, 'phone']]))
  agents.get(off)!.start()
  const upgraded = await settled(stage, api, second.id)
  screen.settle()
  screen.say(`   order ${second.id} is ${upgraded.state}`)
  watching.abort()

  const proven = [...added.deliveries, ...upgraded.deliveries].filter((delivery) => delivery.proof?.holds)
  return {
    devices: agents.size,
    confirmed: upgraded.deliveries.filter((delivery) => delivery.state === 'confirmed').length,
    bytes: proven.reduce((sum, delivery) => sum + delivery.bytes, 0),
    seconds: Math.round((performance.now() - begin) / 100) / 10,
  }
}

/** Opens the link of the first start, and logs in: a hub that was killed in between may have made the account or not. */
async function becomeOperator(stage: Stage, hub: RunningHub, at: ClientOptions): Promise<string> {
  const name = 'operator'
  const password = randomBytes(18).toString('base64url')
  await writeFile(hub.passwordFile, `${password}\n`, { mode: 0o600 })
  const client = createClient(at)
  const login = async () => answer(await client.POST('/api/v1/sessions', { body: { name, password } })).token
  const setup = async () => {
    const link = (await readFile(hub.linkFile, 'utf8')).trim()
    const token = new URL(link).hash.slice(1).split('.')[0]!
    return answer(await client.POST('/api/v1/setup', { body: { token, name, password } })).token
  }
  return persist(stage, () => setup().catch((error: unknown) => (wasDown(error) ? Promise.reject(error) : login())))
}

async function startAgents(
  stage: Stage,
  hub: RunningHub,
  api: SutlerClient,
  household: string,
): Promise<Map<string, Device>> {
  const body = { household, uses: classes.length }
  const { claim } = answer(await persist(stage, () => api.POST('/api/v1/claims', { body })))
  const starting = classes.map(async (name): Promise<Device> => {
    if (name === 'phone' && hub.devicePage !== null) return browserPhone(stage.screen, hub.devicePage, claim)
    const dir = join(stage.directory, name)
    await mkdir(dir, { recursive: true })
    const args = ['--hub', hub.url, '--claim', claim, '--dir', dir, '--class', name, '--serial', `demo-${name}`]
    const agent = keep({
      name,
      args: [join(root, 'agent/src/main.ts'), ...args, '--restart', 'exit', '--json-log'],
      tail: stage.tail,
      failed: stage.failed,
    })
    stage.running.push(agent)
    agent.onRestart((why) => stage.screen.say(`  the ${name} ${why}`))
    return agent
  })
  const kept = await Promise.all(starting)
  const found = await until(
    stage,
    () => listed(api, household),
    (devices) => devices.length === classes.length && devices.every((d) => d.reachable && d.capabilities !== null),
  )
  return new Map(found.map((device) => [device.id, kept.find((agent) => agent.name === device.class)!]))
}

async function listed(api: SutlerClient, household: string) {
  return answer(await api.GET('/api/v1/devices', { params: { query: { household } } })).items
}

/** A phone that a person opens and closes. */
function browserPhone(screen: Screen, page: string, claim: string): Device {
  screen.say(`   The phone is a page. Open it, and press Enrol:\n     ${page}#claim=${claim}`)
  return {
    name: 'phone',
    stop: async () => screen.say('   Now close the tab of the phone: that switches it off'),
    start: () => screen.say(`   Open it again: ${page}`),
  }
}

async function publish(
  stage: Stage,
  api: SutlerClient,
  keys: TrustKeys,
  version: string,
  number: string,
): Promise<void> {
  const source = await readServiceSource(join(root, 'examples/services/tv-guide', version))
  let sent = { files: 0, bytes: 0 }
  await persist(stage, () => publishService(api, source, ({ uploaded, bytes }) => (sent = { files: uploaded, bytes })))
  await persist(stage, () => signService(api, source, keys.developer))
  await persist(stage, () => releaseVersion(api, source.id, version))
  const files = source.composition.components.reduce((sum, component) => sum + component.files.length, 0)
  stage.screen.say(
    `${number}Published ${source.id} ${version}: ${files} files in ${source.composition.components.length} components; ` +
      `${sent.files} new ones sent (${byteText(sent.bytes)})`,
  )
}

async function showEvents(
  stage: Stage,
  connection: ClientOptions,
  household: string,
  signal: AbortSignal,
): Promise<void> {
  const follow = async (): Promise<void> => {
    for await (const event of followEvents(connection, { household, types: ['delivery.*'], signal }))
      stage.screen.show(event)
  }
  try {
    await persist(stage, follow)
  } catch (error) {
    if (!signal.aborted) stage.failed(error as Error)
  }
}

type Order = Schemas['OrderWithDeliveries']

async function order(stage: Stage, api: SutlerClient, household: string, action: 'add' | 'modify'): Promise<Order> {
  const wanted = { body: { household, items: [{ action, service: 'tv-guide' }] }, headers: onceOnly() }
  return answer(await persist(stage, () => api.POST('/api/v1/orders', wanted)))
}

async function read(api: SutlerClient, id: string): Promise<Order> {
  return answer(await api.GET('/api/v1/orders/{id}', { params: { path: { id } } }))
}

async function settled(stage: Stage, api: SutlerClient, id: string): Promise<Order> {
  const found = await until(
    stage,
    () => read(api, id),
    ({ state }) => ['completed', 'failed', 'partial', 'cancelled'].includes(state),
  )
  if (found.state === 'completed') return found
  const why = found.deliveries.map((delivery) => `${delivery.device} ${delivery.state}: ${delivery.detail}`)
  throw new Error(`order ${id} is ${found.state}, not completed\n${why.join('\n')}`)
}
