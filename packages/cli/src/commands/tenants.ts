import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

/** `tenant create|list|disable|enable`: for operators of the installation. */
export function addTenants(program: Command): void {
  const command = program.command('tenant').description('whom the installation serves, each apart from all others')
  command
    .command('create')
    .description('make a tenant; prints the one-time link by which its first operator makes an account')
    .argument('<id>', '3 to 32 of a–z, 0–9 and -; begins with a letter')
    .option('--name <name>', 'as people read it (default: the id)')
    .option('--json', 'print JSON')
    .action(async (id: string, { name = id, json }: { name?: string; json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const made = answer(await api.POST('/api/v1/tenants', { body: { id, name } }))
      terminal.result(made, () => made.link)
      terminal.remark('Give the link to the first operator: it is good for 24 hours and one account.')
      terminal.remark(`Its people log in at ${made.loginPage}`)
    })
  lists(command.command('list').description('the tenants that there are'), {
    read: async (api, query) => answer(await api.GET('/api/v1/tenants', { params: { query } })),
    columns: {
      id: (t) => t.id,
      name: (t) => t.name,
      state: (t) => (t.disabled ? 'disabled' : 'in use'),
      login: (t) => t.loginPage,
    },
  })
  addSwitch(command, 'disable', 'let none of its people in any more; its devices go on')
  addSwitch(command, 'enable', 'let its people in again')
}

function addSwitch(command: Command, word: 'disable' | 'enable', description: string): void {
  command
    .command(word)
    .description(description)
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const body = { disabled: word === 'disable' }
      const changed = answer(await api.PATCH('/api/v1/tenants/{id}', { params: { path: { id } }, body }))
      terminal.result(changed, () => `${changed.id} is ${changed.disabled ? 'disabled' : 'in use'}.`)
    })
}
