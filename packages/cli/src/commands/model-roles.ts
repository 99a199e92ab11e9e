import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'

/** `model role list|assign|release`. */
export function addModelRoles(model: Command): void {
  const role = model.command('role').description('which models fill the roles of the platform')
  lists(role.command('list').description('list the roles, who fills them, and (--json) what each has to keep'), {
    read: async (api, query) => answer(await api.GET('/api/v1/roles', { params: { query } })),
    columns: {
      role: (r) => r.role,
      version: (r) => r.version ?? 'none',
      chosen: (r) => (r.assigned === null ? 'came with the hub' : `by ${r.assigned.by}, ${r.assigned.at}`),
      trouble: (r) => r.findings.map(({ message }) => message).join('; '),
    },
  })
  role
    .command('assign')
    .description('let new instances start on a published version of your own; running ones stay on theirs')
    .argument('<role>', 'name of the role, which is the model’s')
    .argument('<version>', 'a published version, for example 2.0.0-acme.1')
    .option('--json', 'print JSON')
    .action((name: string, version: string, options: { json?: boolean }) => assign(name, version, options))
  role
    .command('release')
    .description('go back to the newest version that came with the hub')
    .argument('<role>')
    .option('--json', 'print JSON')
    .action((name: string, options: { json?: boolean }) => assign(name, null, options))
}

async function assign(role: string, version: string | null, { json }: { json?: boolean }): Promise<void> {
  const { api, terminal } = await openSession(json === true)
  const path = { role }
  const filled = answer(await api.PUT('/api/v1/roles/{role}', { params: { path }, body: { version } }))
  terminal.result(filled, () => `${filled.role} is filled by ${filled.version ?? 'nothing'}.`)
}
