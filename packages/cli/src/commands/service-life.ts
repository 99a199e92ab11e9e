import { answer, type Schemas } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession, type Session } from '../session.ts'
import { counted, printable, printableLines, tableOf } from '../terminal.ts'
import { limitOf, lists } from './lists.ts'
import { collected } from './options.ts'

/** `service status|failures|logs|withdraw`: what became of versions, and how one is taken back. */
export function addServiceLife(service: Command): void {
  addStatus(service)
  addFailures(service)
  addLogs(service)
  service
    .command('withdraw')
    .description('take a version back: it is chosen for nobody any more; says first what that means')
    .argument('<service>')
    .argument('<version>')
    .option('--reason <text>', 'why; it is kept, and asked for with --yes')
    .option('--roll-back', 'order the previous version for every household that has this one')
    .option('--yes', 'do it; without it only say what would happen')
    .option('--json', 'print JSON')
    .action(withdraw)
}

function addStatus(service: Command): void {
  service
    .command('status')
    .description('show versions with their channels, and how many devices have, are to get, or failed to get each')
    .argument('<service>')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const params = { path: { service: name } }
      const adoption = answer(await api.GET('/api/v1/services/{service}/adoption', { params }))
      const query = { service: name, state: 'waiting' as const }
      const waiting = answer(await api.GET('/api/v1/release-requests', { params: { query } })).items
      terminal.result({ ...adoption, waiting }, () => statusText(adoption, waiting))
    })
}

function statusText({ versions, countedAt }: Schemas['ServiceAdoption'], waiting: Schemas['ReleaseRequest'][]): string {
  const table = tableOf(versions, {
    version: (v) => v.version,
    state: (v) => v.state,
    channel: (v) => v.channel ?? '',
    installed: (v) => String(v.installed),
    pending: (v) => String(v.pending),
    failed: (v) => String(v.failed),
  })
  const asked = waiting.map(
    ({ id, version, channel, askedBy }) => `${id}: ${askedBy.name} asks for ${version} on ${channel}`,
  )
  return [table, `counted at ${countedAt}`, ...asked.map(printable)].join('\n')
}

function addFailures(service: Command): void {
  lists<Schemas['VersionFailure']>(
    service
      .command('failures')
      .description('list why a version failed on devices, most frequent reason first')
      .argument('<service@version>'),
    {
      read: async (api, query, name) => {
        const [id = '', version = ''] = name.split('@')
        const params = { path: { service: id, version }, query }
        return answer(await api.GET('/api/v1/services/{service}/versions/{version}/failures', { params }))
      },
      columns: {
        times: (f) => String(f.count),
        code: (f) => f.code,
        newest: (f) => f.newest,
        example: (f) => f.example.slice(0, 120),
        devices: (f) => f.devices.map(({ device }) => device).join(' '),
      },
    },
  )
}

interface LogOptions {
  readonly ask?: boolean
  readonly device?: readonly string[]
  readonly bytes: number
  readonly json?: boolean
}

const logs = '/api/v1/services/{service}/versions/{version}/logs'

function addLogs(service: Command): void {
  service
    .command('logs')
    .description('show logs of devices on which a version failed, without secrets; with --ask, ask for them')
    .argument('<service@version>')
    .option('--ask', 'ask the devices on which it failed last, at most 20')
    .option('--device <id>', 'with --ask, only this one; repeat it', collected)
    .option('--bytes <n>', 'with --ask, of each log at most, the newest', limitOf, 65_536)
    .option('--json', 'print JSON')
    .action(async (name: string, { ask, device, bytes, json }: LogOptions) => {
      const { api, terminal } = await openSession(json === true)
      const [id = '', version = ''] = name.split('@')
      const params = { path: { service: id, version } }
      const body = { bytes, ...(device !== undefined && { devices: [...device] }) }
      const { items } = answer(ask === true ? await api.POST(logs, { params, body }) : await api.GET(logs, { params }))
      terminal.result(items, () => (items.length === 0 ? 'nothing yet' : items.map(logText).join('\n\n')))
    })
}

function logText({ device, askedAt, state, why, detail, text }: Schemas['VersionLog']): string {
  const head = printable(`${device}  ${state}  asked ${askedAt}  ${why}`)
  if (state === 'refused') return `${head}\n  ${printable(detail)}`
  return text === null ? head : `${head}\n${printableLines(text)}`
}

interface WithdrawOptions {
  readonly reason?: string
  readonly rollBack?: boolean
  readonly yes?: boolean
  readonly json?: boolean
}

const path = '/api/v1/services/{service}/versions/{version}/withdrawal'

async function withdraw(service: string, version: string, options: WithdrawOptions): Promise<void> {
  const { api, terminal }: Session = await openSession(options.json === true)
  const params = { path: { service, version } }
  if (options.yes !== true) {
    const about = answer(await api.GET(path, { params }))
    terminal.result(about, () =>
      [...about.consequences, ...rolledBack(about), 'Nothing was done. Do it with --yes --reason TEXT.']
        .map(printable)
        .join('\n'),
    )
    return
  }
  if (options.reason === undefined || options.reason.trim() === '')
    throw new CommandError('option-invalid', 'a withdrawal needs a reason', 'Say why with --reason TEXT.')
  const body = { reason: options.reason, rollBack: options.rollBack === true }
  const done = answer(await api.POST(path, { params, body }))
  terminal.result(done, () =>
    [
      `${service} ${version} is ${done.state}.`,
      ...rolledBack(done),
      `sutler service status ${service} shows how it goes on.`,
    ]
      .map(printable)
      .join('\n'),
  )
}

function rolledBack({ withdrawn, subscriptions }: Schemas['Withdrawal']): string[] {
  const back = withdrawn?.rollBack
  if (!back) return []
  if (back.state === 'running' && back.placed === 0)
    return [`${back.to} is being ordered for ${counted(subscriptions, 'household')}.`]
  const refused = back.refusals.map(({ household, detail }) => `  not for ${household}: ${detail}`)
  return [`${back.to} was ordered for ${counted(back.placed, 'household')}; ${back.refused} refused.`, ...refused]
}
