import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { publishService, releaseVersion } from '../publish-service.ts'
import { readServiceSource } from '../service-source.ts'
import { openSession } from '../session.ts'
import { byteText } from '../terminal.ts'
import { lists } from './lists.ts'

/** `service publish|release|list|versions`. */
export function addServices(program: Command): void {
  const service = program.command('service').description('services: what can be ordered')
  service
    .command('publish')
    .description('publish the version that a directory with a service.json describes; only what changed is sent')
    .argument('<directory>')
    .option('--release', 'release it at once, so that it can be ordered')
    .option('--json', 'print JSON')
    .action(async (directory: string, options: { release?: boolean; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const source = await readServiceSource(directory)
      const sent = { files: 0, bytes: 0 }
      const version = await publishService(api, source, ({ uploaded, bytes }) =>
        Object.assign(sent, { files: uploaded, bytes }),
      )
      if (options.release) await releaseVersion(api, source.id, version.version)
      const state = options.release ? 'released' : version.state
      terminal.result({ ...version, state, sent }, () => {
        const total = version.components.reduce((sum, component) => sum + component.files, 0)
        return `${source.id} ${version.version} is ${state}: ${total} files in ${version.components.length} components, ${sent.files} of them sent (${byteText(sent.bytes)})`
      })
    })
  service
    .command('release')
    .description('make a published version orderable')
    .argument('<service>')
    .argument('<version>')
    .option('--json', 'print JSON')
    .action(async (name: string, version: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      await releaseVersion(api, name, version)
      terminal.result({ service: name, version, state: 'released' }, () => `${name} ${version} is released.`)
    })
  lists(service.command('list').description('list services'), {
    read: async (api, query) => answer(await api.GET('/api/v1/services', { params: { query } })),
    columns: { id: (s) => s.id, title: (s) => s.title, state: (s) => s.state },
  })
  lists(service.command('versions').description('list the versions of a service').argument('<service>'), {
    read: async (api, query, name) =>
      answer(await api.GET('/api/v1/services/{service}/versions', { params: { path: { service: name }, query } })),
    columns: {
      version: (v) => v.version,
      state: (v) => v.state,
      published: (v) => v.createdAt,
      notes: (v) => v.notes,
    },
  })
}
