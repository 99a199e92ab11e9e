import { answer, type Schemas, type SutlerClient } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { printable } from '../terminal.ts'
import { outcomeText } from '../try/outcome-text.ts'
import { followOrder, outcomeOf } from '../try/trial.ts'
import { collect } from './trust-options.ts'
import { durationOf } from './options.ts'

interface TryOnOptions {
  readonly device: readonly string[]
  readonly timeout: number
  readonly json?: boolean
}

/** `service try-on`: a version on named devices, until each has proved it. */
export function addTryOn(service: Command): void {
  service
    .command('try-on')
    .description('give a version to named devices only, and follow it until each has proved it')
    .argument('<service>')
    .argument('<version>', 'released, for example on alpha')
    .requiredOption('--device <id>', 'a test device; repeat it', collect)
    .option('--timeout <duration>', 'how long devices may take, like 30s or 5m', durationOf, 600_000)
    .option('--json', 'print JSON')
    .action(tryOn)
}

async function tryOn(name: string, version: string, options: TryOnOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('interrupted')))
  const begin = performance.now()
  const devices = await Promise.all(options.device.map((id) => deviceOf(api, id)))
  const homes = Map.groupBy(devices, ({ household }) => household)
  const tell = ({ device, state }: Schemas['Delivery']): void => terminal.remark(printable(`  ${device}  ${state}`))
  const placed = []
  for (const [household, here] of homes)
    placed.push(
      await orderFor(
        api,
        household,
        name,
        version,
        here.map(({ id }) => id),
      ),
    )
  const following = { tell, patience: options.timeout, stop: stop.signal }
  const orders = await Promise.all(placed.map((order) => followOrder(api, order, following)))
  const classes = new Map(devices.map((device) => [device.id, device.class]))
  const seconds = Math.round((performance.now() - begin) / 100) / 10
  const outcome = outcomeOf(name, version, orders, (device) => classes.get(device) ?? device, seconds)
  terminal.result(outcome, () => outcomeText(outcome))
  if (!outcome.passed) process.exitCode = 1
}

async function deviceOf(api: SutlerClient, id: string): Promise<Schemas['Device']> {
  return answer(await api.GET('/api/v1/devices/{id}', { params: { path: { id } } }))
}

/** What fails on one test device is to be seen on the others, too. */
async function orderFor(
  api: SutlerClient,
  household: string,
  service: string,
  version: string,
  devices: readonly string[],
): Promise<Schemas['OrderWithDeliveries']> {
  const query = { household, limit: 200 }
  const { items } = answer(await api.GET('/api/v1/subscriptions', { params: { query } }))
  const has = items.some((each) => each.service === service && each.state !== 'ended')
  const action = has ? ('modify' as const) : ('add' as const)
  const body = { household, items: [{ action, service, version, devices: [...devices] }], allOrNothing: false }
  return answer(await api.POST('/api/v1/orders', { body }))
}
