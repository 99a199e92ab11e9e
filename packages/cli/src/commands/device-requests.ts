import { answer, type Schemas } from '@sutler/client'
import type { Command } from 'commander'
import { pairsOf } from '../json-option.ts'
import { openSession } from '../session.ts'
import { printable } from '../terminal.ts'
import { limitOf, lists } from './lists.ts'

type Asking = Schemas['DeviceRequest']
type Settings = Extract<Asking, { kind: 'configure' }>['settings']

/** `device report|restart|collect-log|configure|message|logs`: what is asked of one device beside deliveries. */
export function addDeviceRequests(device: Command): void {
  asks(device.command('report').description('ask a device what it is and what it runs'), () => ({
    kind: 'query-capabilities',
  }))
  asks(
    device.command('restart').description('ask a device to restart').option('--reason <text>', 'for its log', ''),
    ({ reason }: { reason: string }) => ({ kind: 'restart', reason }),
  )
  asks(
    device
      .command('collect-log')
      .description('ask a device for its log; sutler device logs shows it once it came')
      .option('--bytes <n>', 'at most so many, the newest', limitOf, 65_536)
      .option('--since <time>', 'no older lines, where its protocol has a way to say so: ISO 8601, UTC'),
    ({ bytes, since }: { bytes: number; since?: string }) => ({
      kind: 'collect-log',
      bytes,
      ...(since !== undefined && { since }),
    }),
  )
  asks(
    device
      .command('configure')
      .description('set settings of a device, by the names that its data model has for them')
      .requiredOption('--set <name=value...>', 'a value that is JSON is taken as that: true, 5, \'"5"\''),
    ({ set }: { set: string[] }) => ({ kind: 'configure', settings: pairsOf('--set', set) as Settings }),
  )
  asks(
    device
      .command('message')
      .description('show a text to the person at the device')
      .requiredOption('--text <text>', 'what to show'),
    ({ text }: { text: string }) => ({ kind: 'message', text }),
  )
  addLogs(device)
}

function asks<O>(command: Command, asking: (options: O) => Asking): void {
  command
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: O & { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const given = { params: { path: { id } }, body: asking(options) }
      const output = answer(await api.POST('/api/v1/devices/{id}/requests', given))
      terminal.result(
        output,
        () => `${id} is asked (output ${output.id}): at once if it can be reached, else when it is back.`,
      )
    })
}

function addLogs(device: Command): void {
  lists(
    device
      .command('logs')
      .description('list logs that a device sent, newest first; --json has their texts')
      .argument('<id>'),
    {
      read: async (api, query: { cursor: string | undefined }, id) =>
        answer(await api.GET('/api/v1/devices/{id}/logs', { params: { path: { id }, query } })),
      columns: {
        received: (log) => log.receivedAt,
        request: (log) => log.request,
        'last line': (log) => printable(log.text.trimEnd().split('\n').at(-1) ?? ''),
      },
    },
  )
}
