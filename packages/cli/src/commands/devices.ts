import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { byteText } from '../terminal.ts'
import { lists } from './lists.ts'

/** `devices`, `deliveries`. */
export function addDevices(program: Command): void {
  lists(
    program.command('devices').description('list devices').option('--household <id>', 'only those of this household'),
    {
      read: async (api, query: { cursor: string | undefined; household?: string }) =>
        answer(await api.GET('/api/v1/devices', { params: { query } })),
      columns: {
        id: (d) => d.id,
        class: (d) => d.class,
        reachable: (d) => (d.reachable ? 'yes' : 'no'),
        household: (d) => d.household,
        installed: (d) => d.capabilities?.installed.map((i) => `${i.service} ${i.version}`).join(', ') ?? '',
      },
    },
  )
  lists(
    program
      .command('deliveries')
      .description('list deliveries')
      .option('--order <id>', 'only those of this order')
      .option('--device <id>', 'only those to this device')
      .option('--household <id>', 'only those of this household'),
    {
      read: async (api, query: { cursor: string | undefined; order?: string; device?: string; household?: string }) =>
        answer(await api.GET('/api/v1/deliveries', { params: { query } })),
      columns: {
        id: (d) => d.id,
        device: (d) => d.device,
        what: (d) => `${d.kind} ${d.service} ${d.version}`,
        size: (d) => byteText(d.bytes),
        state: (d) => d.state,
        detail: (d) => d.detail,
      },
    },
  )
}
