import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

/** `household create|list`. */
export function addHouseholds(program: Command): void {
  const household = program.command('household').description('households: who services are ordered for')
  household
    .command('create')
    .description('add a household')
    .argument('<name>')
    .option(
      '--time-zone <zone>',
      'IANA name; quiet hours are judged in it',
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    )
    .option('--json', 'print JSON')
    .action(async (name: string, options: { timeZone: string; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const made = answer(await api.POST('/api/v1/households', { body: { name, timeZone: options.timeZone } }))
      terminal.result(made, () => `${made.id}  ${made.name}`)
    })
  lists(household.command('list').description('list households'), {
    read: async (api, query) => answer(await api.GET('/api/v1/households', { params: { query } })),
    columns: { id: (h) => h.id, name: (h) => h.name, 'time zone': (h) => h.timeZone },
  })
}
