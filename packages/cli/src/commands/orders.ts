import { answer, type Schemas } from '@sutler/client'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { given } from '../given.ts'
import { openSession } from '../session.ts'
import { printable, tableOf } from '../terminal.ts'
import { lists } from './lists.ts'

type Action = Schemas['OrderRequest']['items'][number]['action']

const does: Readonly<Record<Action, string>> = {
  add: 'order a service for a household',
  modify: 'change the version of a service that a household has',
  suspend: 'stop a service on all devices of a household; its files stay',
  resume: 'start a suspended service again',
  move: 'move a service to another household',
  remove: 'remove a service from a household',
}

/** `order add|modify|suspend|resume|move|remove|list|show|cancel|retry`. */
export function addOrders(program: Command): void {
  const order = program.command('order').description('orders: what a household is to get')
  for (const action of Object.keys(does) as Action[]) addPlacing(order, action)
  addListing(order)
  order
    .command('show')
    .description('one order with its items, milestones and deliveries')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const found = answer(await api.GET('/api/v1/orders/{id}', { params: { path: { id } } }))
      terminal.result(found, () => orderText(found))
    })
  order
    .command('cancel')
    .description('cancel what is still open of an order')
    .argument('<id>')
    .option('--reason <text>', 'why', 'cancelled by request')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { reason: string; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const body = { reason: options.reason }
      const found = answer(await api.POST('/api/v1/orders/{id}/cancel', { params: { path: { id } }, body }))
      terminal.result(found, () => orderText(found))
    })
  order
    .command('retry')
    .description('try a failed item of an order again')
    .argument('<id>')
    .argument('<item>', 'id of the item: order show')
    .option('--json', 'print JSON')
    .action(async (id: string, item: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const path = { id, item }
      const found = answer(await api.POST('/api/v1/orders/{id}/items/{item}/retry', { params: { path } }))
      terminal.result(found, () => orderText(found))
    })
}

function addPlacing(order: Command, action: Action): void {
  const installs = action === 'add' || action === 'modify'
  const command = order
    .command(action)
    .description(does[action])
    .argument(
      '<service>',
      installs ? 'id of the service, or id@version (default: the newest that fits)' : 'id of the service',
      serviceOf,
    )
    .requiredOption('--household <id>', action === 'move' ? 'from whom' : 'for whom')
  if (action === 'move') command.requiredOption('--to <household>', 'to whom')
  if (installs)
    command
      .addOption(
        new Option(
          '--channel <name>',
          'where the newest is looked for; none: where the household prefers, again',
        ).choices(['stable', 'beta', 'alpha', 'none']),
      )
      .option('--device <id...>', 'only these devices of the household')
      .option('--with-recommended', 'also what it recommends')
  command
    .option('--reference <text>', 'a reference of your own')
    .option('--priority <0-4>', '0 is the highest, 4 the lowest', Number)
    .option('--start <time>', 'begin then, not before (2026-06-01T22:00:00Z)')
    .option('--completion <time>', 'be completed by then')
    .option('--keep-partial', 'when a device fails, keep what the others have')
    .option('--json', 'print JSON')
    .action((service: WantedService, options: OrderOptions) => place(action, service, options))
}

function addListing(order: Command): void {
  lists(
    order
      .command('list')
      .description('list orders')
      .option('--household <id>', 'only those for this household')
      .option('--state <state>', 'only those in this state')
      .option('--service <id>', 'only those with this service')
      .option('--origin-kind <kind>', 'only those of a person, system, policy or campaign')
      .option('--origin-id <id>', 'only those of this one'),
    {
      read: async (api, query: { cursor: string | undefined }) =>
        answer(await api.GET('/api/v1/orders', { params: { query } })),
      columns: {
        id: (o) => o.id,
        state: (o) => o.state,
        household: (o) => o.household,
        what: whatOf,
        by: (o) => `${o.origin.kind} ${o.origin.name ?? o.origin.id}`,
        created: (o) => o.createdAt,
      },
    },
  )
}

interface WantedService {
  readonly service: string
  readonly version?: string
}

interface OrderOptions {
  readonly household: string
  readonly device?: string[]
  readonly reference?: string
  readonly to?: string
  readonly channel?: 'stable' | 'beta' | 'alpha' | 'none'
  readonly withRecommended?: boolean
  readonly priority?: number
  readonly start?: string
  readonly completion?: string
  readonly keepPartial?: boolean
  readonly json?: boolean
}

function serviceOf(text: string): WantedService {
  const [service, version, ...more] = text.split('@')
  if (service === undefined || service === '' || version === '' || more.length > 0)
    throw new InvalidArgumentError('must be like tv-guide or tv-guide@1.0.0.')
  return version === undefined ? { service } : { service, version }
}

async function place(action: Action, wanted: WantedService, options: OrderOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const order = answer(await api.POST('/api/v1/orders', { body: requestOf(action, wanted, options) }))
  terminal.result(order, () => orderText(order))
  terminal.remark(`Follow it: sutler watch --order ${order.id}`)
}

function requestOf(action: Action, wanted: WantedService, options: OrderOptions): Schemas['OrderRequest'] {
  const { household, device, reference, to, channel, priority, start, completion } = options
  const item = given({ action, ...wanted, devices: device, to, channel: channel === 'none' ? null : channel })
  return given({
    household,
    items: [item],
    reference,
    priority,
    requestedStart: start,
    requestedCompletion: completion,
    allOrNothing: options.keepPartial === true ? false : undefined,
    withRecommended: options.withRecommended,
  })
}

function whatOf(order: Pick<Schemas['Order'], 'items'>): string {
  return order.items.map(({ action, service, version }) => `${action} ${service} ${version}`).join(', ')
}

function orderText(order: Schemas['OrderWithDeliveries']): string {
  const lines = [`${order.id} is ${order.state}: ${whatOf(order)} for ${order.household}`]
  if (order.detail !== '') lines.push(order.detail)
  lines.push(`ordered by ${order.origin.kind} ${order.origin.name ?? order.origin.id}, decision ${order.decision}`)
  if (order.jeopardy !== null) lines.push(`${order.jeopardy.level}: ${order.jeopardy.message}; ${order.jeopardy.cause}`)
  lines.push(`milestones: ${order.milestones.map(({ name, at }) => `${name} ${at}`).join(', ') || 'none'}`)
  const items = tableOf(order.items, {
    item: (i) => i.id,
    action: (i) => i.action,
    service: (i) => `${i.service} ${i.version}`,
    state: (i) => i.state,
    why: (i) => [i.because, i.detail].filter((part) => part !== '').join('; '),
  })
  const deliveries = tableOf(order.deliveries, {
    delivery: (d) => d.id,
    device: (d) => d.device,
    what: whatIsDelivered,
    state: (d) => d.state,
    detail: (d) => d.detail,
  })
  const notes = order.items.flatMap((i) =>
    i.reasons.length === 0
      ? []
      : ['', `About ${i.service} ${i.version}:`, ...i.reasons.map((reason) => `  ${printable(reason)}`)],
  )
  return [...lines, '', items, '', deliveries, ...notes].join('\n')
}

function whatIsDelivered({ kind, service, version, purpose }: Schemas['Delivery']): string {
  return `${kind} ${service} ${version}${purpose === 'restore' ? ', to put it back' : ''}`
}
