import { answer, type Schemas } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { tableOf, type Terminal } from '../terminal.ts'
import { writeOutput } from '../write-output.ts'
import { holdingColumns } from './holdings.ts'
import { addLabels } from './labels.ts'
import { lists } from './lists.ts'
import { addMerges } from './merges.ts'

/** `user list|tag|set|note|notes|history|duplicates|merge|export|erase`: people. */
export function addUsers(program: Command): void {
  const user = program.command('user').description('people: what is known of them, and what becomes of it')
  lists(
    user
      .command('list')
      .description('list people')
      .option('--household <id>', 'only those of this household')
      .option('--tag <tag>', 'only those that have this tag'),
    {
      read: async (api, query: { cursor: string | undefined; household?: string; tag?: string }) =>
        answer(await api.GET('/api/v1/users', { params: { query } })),
      columns: {
        id: (u) => u.id,
        name: (u) => u.name,
        'e-mail': (u) => u.email ?? '',
        households: (u) => u.households.join(' '),
        tags: (u) => u.tags.join(' '),
      },
    },
  )
  addLabels(user, 'users', 'person')
  lists(user.command('duplicates').description('list people who seem to be there several times'), {
    read: async (api, query) => answer(await api.GET('/api/v1/users/duplicates', { params: { query } })),
    columns: {
      because: (same) => same.because,
      people: (same) => same.users.map(({ id, name }) => `${id} ${name}`).join('; '),
    },
  })
  addMerges(user, 'users')
  addExport(user)
  addErase(user)
}

function addExport(user: Command): void {
  user
    .command('export')
    .description('everything that is kept about a person, as JSON')
    .argument('<id>')
    .option('--output <file>', 'write it there')
    .action(async (id: string, { output }: { output?: string }) => {
      const { api } = await openSession(true)
      const kept = answer(await api.POST('/api/v1/users/{id}/export', { params: { path: { id } } }))
      await writeOutput(output, JSON.stringify(kept, null, 2))
    })
}

function addErase(user: Command): void {
  user
    .command('erase')
    .description('erase a person for good; shows first what would go and what would stay, and does it with --yes')
    .argument('<id>')
    .option('--yes', 'do it')
    .option('--json', 'print JSON')
    .action(async (id: string, { yes, json }: { yes?: boolean; json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const params = { path: { id } }
      const preview = await api.GET('/api/v1/users/{id}/erasure', { params })
      if (yes !== true) {
        tell(terminal, answer(preview), 'is erased')
        return terminal.remark(`Nothing was done. To erase ${id} for good: sutler user erase ${id} --yes`)
      }
      answer(preview)
      const headers = { 'If-Match': preview.response.headers.get('etag') ?? '*' }
      tell(terminal, answer(await api.POST('/api/v1/users/{id}/erasure', { params, headers })), 'was erased')
    })
}

function tell(terminal: Terminal, { erased, stays }: Schemas['Erasure'], how: string): void {
  const rows = [...erased.map((each) => ({ ...each, how })), ...stays.map((each) => ({ ...each, how: 'stays' }))]
  terminal.result({ erased, stays }, () => tableOf(rows, holdingColumns))
}
