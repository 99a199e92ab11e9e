import { answer, type Schemas } from '@sutler/client'
import { InvalidArgumentError, type Command } from 'commander'
import { openSession } from '../session.ts'
import { tableOf } from '../terminal.ts'
import { lists } from './lists.ts'

type Action = 'add' | 'modify' | 'remove'

/** `order add|modify|remove|list|show|cancel`. */
export function addOrders(program: Command): void {
  const order = program.command('order').description('orders: what a household is to get')
  const does: Record<Action, string> = {
    add: 'order a service for a household',
    modify: 'change the version of a service that a household has',
    remove: 'remove a service from a household',
  }
  for (const action of ['add', 'modify', 'remove'] as const)
    order
      .command(action)
      .description(does[action])
      .argument(
        '<service>',
        action === 'remove' ? 'id of the service' : 'id of the service, or id@version (default: the newest released)',
        serviceOf,
      )
      .requiredOption('--household <id>', 'for whom')
      .option('--device <id...>', 'only these devices of the household')
      .option('--reference <text>', 'a reference of your own')
      .option('--json', 'print JSON')
      .action((service: WantedService, options: OrderOptions) => place(action, service, options))
  lists(order.command('list').description('list orders').option('--household <id>', 'only those for this household'), {
    read: async (api, query: { cursor: string | undefined; household?: string }) =>
      answer(await api.GET('/api/v1/orders', { params: { query } })),
    columns: {
      id: (o) => o.id,
      state: (o) => o.state,
      household: (o) => o.household,
      what: whatOf,
      created: (o) => o.createdAt,
    },
  })
  order
    .command('show')
    .description('one order with its deliveries')
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
}

interface WantedService {
  readonly service: string
  readonly version?: string
}

interface OrderOptions {
  readonly household: string
  readonly device?: string[]
  readonly reference?: string
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
  const { household, device, reference } = options
  const item = { action, ...wanted, ...(device === undefined ? {} : { devices: device }) }
  const body = { household, items: [item], ...(reference === undefined ? {} : { reference }) }
  const order = answer(await api.POST('/api/v1/orders', { body }))
  terminal.result(order, () => orderText(order))
  terminal.remark(`Follow it: sutler watch --order ${order.id}`)
}

function whatOf(order: Pick<Schemas['Order'], 'items'>): string {
  return order.items.map(({ action, service, version }) => `${action} ${service} ${version}`).join(', ')
}

function orderText(order: Schemas['OrderWithDeliveries']): string {
  const left = order.items.filter((item) => item.detail !== '').map((item) => `left out: ${item.detail}`)
  const deliveries = tableOf(order.deliveries, {
    delivery: (d) => d.id,
    device: (d) => d.device,
    state: (d) => d.state,
    detail: (d) => d.detail,
  })
  return [`${order.id} is ${order.state}: ${whatOf(order)} for ${order.household}`, ...left, deliveries].join('\n')
}
