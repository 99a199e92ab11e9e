import { answer, pages, type SutlerClient } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

/** `group create|list|devices|add|remove|rename|delete`: devices under one name. */
export function addGroups(program: Command): void {
  const group = program.command('group').description('groups of devices: lists that people keep, or live filters')
  addCreate(group)
  lists(group.command('list').description('list groups'), {
    read: async (api, query) => answer(await api.GET('/api/v1/groups', { params: { query } })),
    columns: { id: (g) => g.id, name: (g) => g.name, kind: (g) => g.kind, filter: (g) => g.filter ?? '' },
  })
  lists(
    group.command('devices').description('list the devices that are in a group now').argument('<group>', 'id or name'),
    {
      read: async (api, query, name) => {
        const params = { path: { id: await groupIdOf(api, name) }, query }
        return answer(await api.GET('/api/v1/groups/{id}/devices', { params }))
      },
      columns: { id: (d) => d.id, class: (d) => d.class, name: (d) => d.name, household: (d) => d.household },
    },
  )
  addMembers(group)
  addDelete(group)
}

function addCreate(group: Command): void {
  group
    .command('create')
    .description('make a group: of the devices named, or of whatever matches a filter')
    .argument('<name>')
    .argument('[devices...]', 'ids of devices')
    .option('--filter <cel>', 'makes it a live group, for example: device.class == "phone"')
    .option('--json', 'print JSON')
    .action(async (name: string, devices: string[], options: { filter?: string; json?: boolean }) => {
      if (options.filter !== undefined && devices.length > 0)
        throw new CommandError(
          'option-invalid',
          'a group has a filter or a list of devices, not both',
          'Leave one out.',
        )
      const { api, terminal } = await openSession(options.json === true)
      const body = options.filter === undefined ? { name, devices } : { name, filter: options.filter }
      const made = answer(await api.POST('/api/v1/groups', { body }))
      terminal.result(made, () => `${made.id}  ${made.name}  ${made.kind}`)
    })
}

function addMembers(group: Command): void {
  const changes = [
    ['add', 'put devices into a static group'],
    ['remove', 'take devices out of a static group'],
  ] as const
  for (const [change, what] of changes) {
    group
      .command(change)
      .description(what)
      .argument('<group>', 'id or name')
      .argument('<devices...>', 'ids of devices')
      .option('--json', 'print JSON')
      .action(async (name: string, devices: string[], options: { json?: boolean }) => {
        const { api, terminal } = await openSession(options.json === true)
        const params = { path: { id: await groupIdOf(api, name) } }
        const changed = answer(await api.POST('/api/v1/groups/{id}/devices', { params, body: { [change]: devices } }))
        terminal.result(changed, () => `${changed.added} added, ${changed.removed} removed`)
      })
  }
}

function addDelete(group: Command): void {
  group
    .command('delete')
    .description('delete a group; its devices stay')
    .argument('<group>', 'id or name')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const id = await groupIdOf(api, name)
      await api.DELETE('/api/v1/groups/{id}', { params: { path: { id } } })
      terminal.result({ group: id, deleted: true }, () => `${id} is deleted.`)
    })
}

/** Of a group's id or name. @throws CommandError `unknown-group` when nothing has that name */
export async function groupIdOf(api: SutlerClient, given: string): Promise<string> {
  if (/^grp-[a-z0-9]{22}$/.test(given)) return given
  const all = pages(async (cursor) =>
    answer(
      await api.GET('/api/v1/groups', {
        params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
  )
  for await (const group of all) if (group.name === given) return group.id
  throw new CommandError('unknown-group', `there is no group ${given}`, 'sutler group list shows all.', undefined, 1)
}
