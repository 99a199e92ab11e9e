import { answer, type Schemas, type SutlerClient } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import { printable, type Terminal } from '../terminal.ts'
import { followTrial, outcomeOfTrials, trialsPath, type Outcome } from '../try/follow-trial.ts'
import { outcomeText } from '../try/outcome-text.ts'
import { followOrder, outcomeOf, type Following, type Told, type TrialOutcome } from '../try/trial.ts'
import { lists } from './lists.ts'
import { collected, durationOption } from './options.ts'

interface TryOnOptions {
  readonly device?: readonly string[]
  readonly undo?: boolean
  readonly timeout: number
  readonly json?: boolean
}

/** `service try-on`: a version on named devices, until each has proved it. */
export function addTryOn(service: Command): void {
  service
    .command('try-on')
    .description(
      'give a version to named devices only, and follow it until each has proved it; with --undo, take it back',
    )
    .argument('<service>', 'or service@version')
    .argument('[version]', 'one that is not released goes to test devices only, which have the tag test-device')
    .option('--device <id>', 'a test device; repeat it', collected)
    .option('--undo', 'give test devices back what they had before trials of this version')
    .addOption(durationOption('--timeout <duration>', 'how long devices may take, like 30s or 5m', 600_000, '10m'))
    .option('--json', 'print JSON')
    .action(tryOn)
}

/** `service test-devices`: where what is not released may be tried. */
export function addTestDevices(service: Command): void {
  lists<Schemas['TestDevice']>(
    service.command('test-devices').description('list the devices on which versions may be tried before their release'),
    {
      read: async (api, query) => answer(await api.GET('/api/v1/test-devices', { params: { query } })),
      columns: {
        id: (d) => d.id,
        class: (d) => d.class,
        model: (d) => d.model ?? '',
        connected: (d) => (d.reachable ? 'yes' : 'no'),
      },
    },
  )
}

async function tryOn(named: string, given: string | undefined, options: TryOnOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const [service = '', version = ''] = given === undefined ? named.split('@') : [named, given]
  const which = { service, version }
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort(new Error('interrupted')))
  const following = { patience: options.timeout, stop: stop.signal }
  if (options.undo === true) return undo(api, terminal, which, following)
  if (options.device === undefined)
    throw new CommandError('option-invalid', 'no device is named', 'Name test devices: --device ID, once for each.')
  const devices = options.device
  const { state } = answer(await api.GET('/api/v1/services/{service}/versions/{version}', { params: { path: which } }))
  const begin = performance.now()
  const done =
    state === 'candidate'
      ? await onTestDevices(api, terminal, which, devices, following)
      : await byOrders(api, terminal, which, devices, following)
  const outcome = { ...done, seconds: Math.round((performance.now() - begin) / 100) / 10 }
  terminal.result(outcome, () => outcomeText(outcome))
  if (!outcome.passed) process.exitCode = 1
}

interface Which {
  readonly service: string
  readonly version: string
}

type Patience = Pick<Following, 'patience' | 'stop'>

/** What is not released yet: whoever develops the service may give it to test devices, and to no others. */
async function onTestDevices(
  api: SutlerClient,
  terminal: Terminal,
  which: Which,
  devices: readonly string[],
  { patience, stop }: Patience,
): Promise<TrialOutcome> {
  const body = { devices: [...devices] }
  const { items } = answer(await api.POST(trialsPath, { params: { path: which }, body }))
  const tell = ({ device, state }: Outcome): void => terminal.remark(printable(`  ${device}  ${state}`))
  const trials = await Promise.all(items.map((trial) => followTrial(api, trial, { tell, patience, stop })))
  return outcomeOfTrials(trials, which, (device) => device, 0)
}

/** What is released can be ordered for any device by whoever may order there. */
async function byOrders(
  api: SutlerClient,
  terminal: Terminal,
  { service, version }: Which,
  named: readonly string[],
  patience: Patience,
): Promise<TrialOutcome> {
  const devices = await Promise.all(named.map((id) => deviceOf(api, id)))
  const tell = ({ device, state }: Told): void => terminal.remark(printable(`  ${device}  ${state}`))
  const placed = []
  for (const [household, here] of Map.groupBy(devices, (device) => device.household)) {
    const ids = here.map(({ id }) => id)
    placed.push(await orderFor(api, household, service, version, ids))
  }
  const orders = await Promise.all(placed.map((order) => followOrder(api, order, { tell, ...patience })))
  const classes = new Map(devices.map((device) => [device.id, device.class]))
  return outcomeOf(service, version, orders, (device) => classes.get(device) ?? device, 0)
}

async function undo(api: SutlerClient, terminal: Terminal, which: Which, { patience, stop }: Patience): Promise<void> {
  const { items } = answer(await api.GET(trialsPath, { params: { path: which, query: { limit: 200 } } }))
  const open = items.filter(({ undone }) => undone === null)
  const undone: Schemas['Trial'][] = []
  for (const { id } of open) {
    const params = { path: { ...which, trial: id } }
    const going = answer(await api.POST(`${trialsPath}/{trial}/undo`, { params }))
    undone.push(await followTrial(api, going, { tell: () => {}, patience, stop }))
  }
  terminal.result(undone, () =>
    undone.length === 0
      ? `nothing of ${which.service} ${which.version} is to be undone`
      : undone.map(undoneText).map(printable).join('\n'),
  )
  if (undone.some((trial) => trial.undone?.state !== 'completed')) process.exitCode = 1
}

function undoneText({ devices, had, service, undone }: Schemas['Trial']): string {
  const names = devices.map(({ device }) => device).join(', ')
  const back = had === null ? `${service} is removed again` : `${service} ${had} is back`
  return undone?.state === 'completed' ? `${names}: ${back}` : `${names}: not yet undone, ${undone?.state}`
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
