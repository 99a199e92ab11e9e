import { answer, pages } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { byteText, tableOf } from '../terminal.ts'
import { limitOf, take } from './lists.ts'

/** `devices`, `deliveries`. */
export function addDevices(program: Command): void {
  program
    .command('devices')
    .description('list devices')
    .option('--household <id>')
    .option('--limit <n>', 'at most so many', limitOf, 50)
    .option('--json', 'print JSON')
    .action(async (options: { household?: string; limit: number; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const { household } = options
      const read = async (cursor: string | undefined) =>
        answer(await api.GET('/api/v1/devices', { params: { query: { cursor, household } } }))
      const found = await take(pages(read), options.limit)
      terminal.result(found, () =>
        tableOf(found, {
          id: (d) => d.id,
          class: (d) => d.class,
          reachable: (d) => (d.reachable ? 'yes' : 'no'),
          household: (d) => d.household,
          installed: (d) => d.capabilities?.installed.map((i) => `${i.service} ${i.version}`).join(', ') ?? '',
        }),
      )
    })
  program
    .command('deliveries')
    .description('list deliveries')
    .option('--order <id>')
    .option('--device <id>')
    .option('--household <id>')
    .option('--limit <n>', 'at most so many', limitOf, 50)
    .option('--json', 'print JSON')
    .action(async (options: { order?: string; device?: string; household?: string; limit: number; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const { order, device, household } = options
      const read = async (cursor: string | undefined) =>
        answer(await api.GET('/api/v1/deliveries', { params: { query: { cursor, order, device, household } } }))
      const found = await take(pages(read), options.limit)
      terminal.result(found, () =>
        tableOf(found, {
          id: (d) => d.id,
          device: (d) => d.device,
          what: (d) => `${d.kind} ${d.service} ${d.version}`,
          size: (d) => byteText(d.bytes),
          state: (d) => d.state,
          detail: (d) => d.detail,
        }),
      )
    })
}
