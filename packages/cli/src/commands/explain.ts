import { answer, type Schemas } from '@sutler/client'
import type { Command } from 'commander'
import { explanationText } from '../explanation-text.ts'
import { openSession } from '../session.ts'

interface ExplainOptions {
  readonly json?: boolean
}

/** `explain delivery|device|order`. */
export function addExplain(program: Command): void {
  const explain = program.command('explain').description('why things are as they are, from the wish to the outcome')
  explain
    .command('order')
    .description('why an order is where it is, and every device in it')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: ExplainOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const found = answer(await api.GET('/api/v1/explanations/orders/{id}', { params: { path: { id } } }))
      terminal.result(found, () => explanationText(found))
    })
  explain
    .command('delivery')
    .description('why a delivery to a device is where it is')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: ExplainOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const found = answer(await api.GET('/api/v1/explanations/deliveries/{id}', { params: { path: { id } } }))
      terminal.result(found, () => explanationText(found))
    })
  explain
    .command('device')
    .description('why a device has, or has not, a service or one version of it')
    .argument('<id>')
    .option('--service <id>', 'this service (default: all that the device has)')
    .option('--version <version>', 'this version of the service')
    .option('--json', 'print JSON')
    .action((id: string, options: DeviceOptions) => explainDevice(id, options))
}

interface DeviceOptions extends ExplainOptions {
  readonly service?: string
  readonly version?: string
}

async function explainDevice(id: string, { service, version, json }: DeviceOptions): Promise<void> {
  const { api, terminal } = await openSession(json === true)
  const query = { ...(service === undefined ? {} : { service }), ...(version === undefined ? {} : { version }) }
  const found: Schemas['Explanation'] = answer(
    await api.GET('/api/v1/explanations/devices/{id}', { params: { path: { id }, query } }),
  )
  terminal.result(found, () => explanationText(found))
}
