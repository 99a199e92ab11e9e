import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { limitOf, lists } from './lists.ts'

interface ClaimOptions {
  readonly household: string
  readonly uses: number
  readonly serial?: string
  readonly device?: string
  readonly expires: number
  readonly json?: boolean
}

/** `household create|list`, `claim create`. */
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
  program
    .command('claim')
    .description('claims: what a device enrols with')
    .command('create')
    .description('make a claim; it is shown this once')
    .requiredOption('--household <id>', 'whose device it will be')
    .option('--uses <n>', 'how many devices may enrol with it', limitOf, 1)
    .option('--serial <text>', 'only the device with this serial number')
    .option('--device <id>', 'gives this device of the household its identity back')
    .option('--expires <seconds>', 'how long it is good for', limitOf, 3600)
    .option('--json', 'print JSON')
    .action(async (options: ClaimOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const { household, uses, expires: expiresInSeconds, serial = null, device = null } = options
      const body = { household, uses, serial, device, expiresInSeconds }
      const made = answer(await api.POST('/api/v1/claims', { body }))
      terminal.result(made, () => made.claim)
      terminal.remark(`Good for ${made.uses} device(s) until ${made.expiresAt}.`)
    })
}
