import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { instanceAddress, type InstanceAddress } from '../instances/instance-address.ts'
import { instanceText, type ShownInstance } from '../instances/instance-text.ts'
import { jsonObjectOf } from '../json-option.ts'
import { openSession, type Session } from '../session.ts'

interface OperationOptions {
  readonly reason: string
  readonly json?: boolean
}

/** `instance cancel|retry|skip|repair`: what a person does, with a reason that history keeps. */
export function addInstanceOperations(instance: Command): void {
  operation(instance, 'cancel', 'end it: by its model’s own cancel, where that has one')
    .option('--force', 'without the model’s own cancel')
    .action((path: InstanceAddress, options: OperationOptions & { force?: boolean }) =>
      operate(options, (api, reason) => {
        const body = { ...reason, ...(options.force === true && { force: true }) }
        return api.POST('/api/v1/instances/{model}/{id}/cancel', { params: { path }, body })
      }),
    )
  operation(instance, 'retry', 'take its flag off and send the signal that failed once more').action(
    (path: InstanceAddress, options: OperationOptions) =>
      operate(options, (api, body) => api.POST('/api/v1/instances/{model}/{id}/retry', { params: { path }, body })),
  )
  operation(instance, 'skip', 'take its flag off and go on without what failed').action(
    (path: InstanceAddress, options: OperationOptions) =>
      operate(options, (api, body) => api.POST('/api/v1/instances/{model}/{id}/skip', { params: { path }, body })),
  )
  operation(instance, 'repair', 'set its states or data by hand, and take its flag off')
    .option('--states <names>', 'the current states from now on, comma-separated (default: as they are)')
    .option('--data <json>', 'all of its data from now on, a JSON object (default: as it is)')
    .action((path: InstanceAddress, options: OperationOptions & { states?: string; data?: string }) => {
      const set = {
        ...(options.states !== undefined && { states: options.states.split(',') }),
        ...(options.data !== undefined && { data: jsonObjectOf('--data', options.data) }),
      }
      return operate(options, (api, body) =>
        api.POST('/api/v1/instances/{model}/{id}/repair', { params: { path }, body: { ...body, ...set } }),
      )
    })
}

function operation(instance: Command, name: string, does: string): Command {
  return instance
    .command(name)
    .description(does)
    .argument('<instance>', '<model>/<id>, or its URL', instanceAddress)
    .requiredOption('--reason <text>', 'why; kept in history')
    .option('--json', 'print JSON')
}

/** Does it, and shows the instance as it is then. */
async function operate(
  { reason, json }: OperationOptions,
  request: (api: Session['api'], body: { readonly reason: string }) => Promise<{ data?: ShownInstance }>,
): Promise<void> {
  const { api, terminal } = await openSession(json === true)
  const shown = answer(await request(api, { reason }))
  terminal.result(shown, () => instanceText(shown))
}
