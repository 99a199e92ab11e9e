import { answer } from '@sutler/client'
import { Option, type Command } from 'commander'
import { openSession } from '../session.ts'
import { addLabels } from './labels.ts'
import { lists } from './lists.ts'
import { addMerges } from './merges.ts'

type Kind = 'household' | 'organisation'
interface NewHousehold {
  readonly timeZone: string
  readonly kind: Kind
}

/** `household create|list|duplicates|tag|set|note|notes|history|merge`. */
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
    .addOption(new Option('--kind <kind>', 'what it is').choices(['household', 'organisation']).default('household'))
    .option('--json', 'print JSON')
    .action(async (name: string, { json, ...options }: NewHousehold & { json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const made = answer(await api.POST('/api/v1/households', { body: { name, ...options } }))
      terminal.result(made, () => `${made.id}  ${made.name}`)
    })
  const list = household
    .command('list')
    .description('list households')
    .option('--tag <tag>', 'only those that have this tag')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices(['household', 'organisation']))
  lists(list, {
    read: async (api, query: { cursor: string | undefined; tag?: string; kind?: Kind }) =>
      answer(await api.GET('/api/v1/households', { params: { query } })),
    columns: {
      id: (h) => h.id,
      name: (h) => h.name,
      kind: (h) => h.kind,
      'time zone': (h) => h.timeZone,
      tags: (h) => h.tags.join(' '),
    },
  })
  lists(household.command('duplicates').description('list households that seem to be there several times'), {
    read: async (api, query) => answer(await api.GET('/api/v1/households/duplicates', { params: { query } })),
    columns: { households: (same) => same.households.map(({ id, name }) => `${id} ${name}`).join('; ') },
  })
  addLabels(household, 'households', 'household')
  addMerges(household, 'households')
}
