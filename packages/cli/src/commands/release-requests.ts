import { answer, type Schemas } from '@sutler/client'
import { Option, type Command } from 'commander'
import type { Channel } from '../publish-service.ts'
import { openSession } from '../session.ts'
import { printable } from '../terminal.ts'
import { lists } from './lists.ts'

/** `service request-release|requests|approve|refuse|release-rule`: releases that a second person decides. */
export function addReleaseRequests(service: Command): void {
  service
    .command('request-release')
    .description('ask another person to release a version, or to promote a released one')
    .argument('<service>')
    .argument('<version>')
    .addOption(new Option('--channel <channel>', 'where to').choices(['alpha', 'beta', 'stable']).default('stable'))
    .option('--note <text>', 'for whoever decides', '')
    .option('--json', 'print JSON')
    .action(async (name: string, version: string, options: { channel: Channel; note: string; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const params = { path: { service: name, version } }
      const { channel, note } = options
      const at = '/api/v1/services/{service}/versions/{version}/release-requests'
      const made = answer(await api.POST(at, { params, body: { channel, note } }))
      terminal.result(made, () => `Asked: ${made.id}. Another person decides: sutler service approve ${made.id}`)
    })
  addList(service)
  addDecision(service, 'approve', 'let a release that somebody asked for be done')
  addDecision(service, 'refuse', 'leave a version as it is, and say why')
  addRule(service)
}

function addList(service: Command): void {
  lists<Schemas['ReleaseRequest'], { state?: Schemas['ReleaseRequest']['state'] }>(
    service
      .command('requests')
      .description('list releases that were asked for, newest first')
      .addOption(new Option('--state <state>', 'only those').choices(['waiting', 'approved', 'refused', 'withdrawn'])),
    {
      read: async (api, query) => answer(await api.GET('/api/v1/release-requests', { params: { query } })),
      columns: {
        id: (r) => r.id,
        version: (r) => `${r.service} ${r.version}`,
        channel: (r) => r.channel,
        state: (r) => r.state,
        'asked by': (r) => r.askedBy.name,
        'decided by': (r) => r.decidedBy?.name ?? '',
        reason: (r) => r.reason,
      },
    },
  )
}

function addDecision(service: Command, word: 'approve' | 'refuse', description: string): void {
  service
    .command(word)
    .description(description)
    .argument('<request>', 'id of what was asked for')
    .option('--reason <text>', 'why; needed to refuse', '')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { reason: string; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const given = { params: { path: { id } }, body: { reason: options.reason } }
      const decided = answer(
        word === 'approve'
          ? await api.POST('/api/v1/release-requests/{id}/approve', given)
          : await api.POST('/api/v1/release-requests/{id}/refuse', given),
      )
      terminal.result(decided, () =>
        printable(`${decided.service} ${decided.version} to ${decided.channel}: ${decided.state}.`),
      )
    })
}

function addRule(service: Command): void {
  service
    .command('release-rule')
    .description('show, or say, whether a version is released by another person than who published it')
    .addOption(new Option('--second-person <answer>', 'from now on').choices(['yes', 'no']))
    .option('--json', 'print JSON')
    .action(async (options: { secondPerson?: 'yes' | 'no'; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const rule =
        options.secondPerson === undefined
          ? answer(await api.GET('/api/v1/release-rule'))
          : answer(await api.PUT('/api/v1/release-rule', { body: { secondPerson: options.secondPerson === 'yes' } }))
      terminal.result(rule, () =>
        rule.secondPerson
          ? 'A version is released by another person than who published it.'
          : 'Who publishes a version may release it.',
      )
    })
}
