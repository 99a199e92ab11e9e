import { answer, pages, type Schemas, type SutlerClient } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

type Role = Schemas['UserGroup']['roles'][number]

/** `user-group create|list|members|add|remove|roles|delete`: groups of people, who may have roles by them. */
export function addUserGroups(program: Command): void {
  const command = program.command('user-group').description('groups of people, kept by hand or by SCIM')
  addCreate(command)
  lists(command.command('list').description('list groups of people'), {
    read: async (api, query) => answer(await api.GET('/api/v1/user-groups', { params: { query } })),
    columns: {
      id: (g) => g.id,
      name: (g) => g.name,
      members: (g) => String(g.members),
      roles: (g) => g.roles.join(' '),
      'external id': (g) => g.externalId ?? '',
    },
  })
  lists(command.command('members').description('list who is in a group').argument('<group>', 'id or name'), {
    read: async (api, query, name) => {
      const params = { path: { id: await idOf(api, name) }, query }
      return answer(await api.GET('/api/v1/user-groups/{id}/members', { params }))
    },
    columns: { id: (m) => m.id, name: (m) => m.name },
  })
  addMembers(command)
  addRoles(command)
  addDelete(command)
}

function addCreate(command: Command): void {
  command
    .command('create')
    .description('make a group of people')
    .argument('<name>')
    .argument('[users...]', 'ids of users')
    .option('--json', 'print JSON')
    .action(async (name: string, users: string[], options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const made = answer(await api.POST('/api/v1/user-groups', { body: { name, users } }))
      terminal.result(made, () => `${made.id}  ${made.name}`)
    })
}

function addMembers(command: Command): void {
  const changes = [
    ['add', 'put people into a group'],
    ['remove', 'take people out of a group'],
  ] as const
  for (const [change, what] of changes) {
    command
      .command(change)
      .description(what)
      .argument('<group>', 'id or name')
      .argument('<users...>', 'ids of users')
      .option('--json', 'print JSON')
      .action(async (name: string, users: string[], options: { json?: boolean }) => {
        const { api, terminal } = await openSession(options.json === true)
        const params = { path: { id: await idOf(api, name) } }
        const body = { [change]: users }
        const changed = answer(await api.POST('/api/v1/user-groups/{id}/members', { params, body }))
        terminal.result(changed, () => `${changed.name} is changed.`)
      })
  }
}

function addRoles(command: Command): void {
  command
    .command('roles')
    .description('say which roles everybody in a group has; none: no role')
    .argument('<group>', 'id or name')
    .argument('[roles...]', 'operator, developer, sponsor, subscriber, auditor')
    .option('--json', 'print JSON')
    .action(async (name: string, roles: string[], options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const params = { path: { id: await idOf(api, name) } }
      const headers = { 'If-Match': '*' }
      const body = { roles: roles as Role[] }
      const changed = answer(await api.PATCH('/api/v1/user-groups/{id}', { params, headers, body }))
      terminal.result(changed, () =>
        changed.roles.length === 0
          ? `${changed.name} gives no role any more.`
          : `Everybody in ${changed.name} is ${changed.roles.join(', ')} from now on.`,
      )
    })
}

function addDelete(command: Command): void {
  command
    .command('delete')
    .description('delete a group of people; they stay, without the roles that it gave')
    .argument('<group>', 'id or name')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const id = await idOf(api, name)
      await api.DELETE('/api/v1/user-groups/{id}', { params: { path: { id } } })
      terminal.result({ group: id, deleted: true }, () => `${id} is deleted.`)
    })
}

/** Of a group's id or name. @throws CommandError `unknown-user-group` when nothing has that name */
async function idOf(api: SutlerClient, given: string): Promise<string> {
  if (/^ugr-[a-z0-9]{22}$/.test(given)) return given
  const all = pages(async (cursor) => {
    const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) }
    return answer(await api.GET('/api/v1/user-groups', { params: { query } }))
  })
  for await (const group of all) if (group.name === given) return group.id
  const remedy = 'sutler user-group list shows all.'
  throw new CommandError('unknown-user-group', `there is no user group ${given}`, remedy, undefined, 1)
}
