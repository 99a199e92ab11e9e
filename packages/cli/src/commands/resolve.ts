import { answer, type Schemas } from '@sutler/client'
import type { Command } from 'commander'
import semver from 'semver'
import { openSession } from '../session.ts'
import { collected } from './options.ts'

interface ResolveOptions {
  readonly household: string
  readonly add?: readonly string[]
  readonly remove?: readonly string[]
  readonly channel?: NonNullable<Schemas['Version']['channel']>
  readonly recommended?: boolean
  readonly json?: boolean
}

/** `service resolve`: what a household would get. */
export function addResolve(service: Command): void {
  service
    .command('resolve')
    .description('tell which versions a household would get, or why it cannot have them; orders nothing')
    .requiredOption('--household <id>')
    .option(
      '--add <service[@version or range]>',
      'a service to have as well; repeat it, the first counts most',
      collected,
    )
    .option('--remove <service>', 'a service not to have any more; may be repeated', collected)
    .option('--channel <channel>', 'alpha, beta or stable, for what is added (default: what the household prefers)')
    .option('--recommended', 'also add what is recommended and changes nothing else')
    .option('--json', 'print JSON')
    .action(resolve)
}

async function resolve(options: ResolveOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const add = (options.add ?? []).map((text) => ({
    ...wishOf(text),
    ...(options.channel && { channel: options.channel }),
  }))
  const { household, remove = [], recommended = false } = options
  const body = { household, add, remove: [...remove], withRecommended: recommended }
  const found = answer(await api.POST('/api/v1/resolutions', { body }))
  terminal.result(found, () => (found.ok ? choiceText(found) : refusalText(found)))
}

function wishOf(text: string): { service: string; version?: string; range?: string } {
  const [service = '', wanted] = text.split(/@(.*)/s)
  if (wanted === undefined || wanted === '') return { service }
  return semver.valid(wanted) === wanted ? { service, version: wanted } : { service, range: wanted }
}

function choiceText({ assignment, order, remove }: Schemas['Resolution']): string {
  const ranked = order.flatMap((layer, at) => layer.map((service) => [service, at] as const))
  const rank = new Map(ranked)
  const sorted = assignment.toSorted((one, other) => rank.get(one.service)! - rank.get(other.service)!)
  return [
    ...sorted.flatMap(assignedLines),
    ...remove.map((one) => `remove ${one.service} ${one.version}: ${one.reason}`),
  ].join('\n')
}

function assignedLines({
  service,
  version,
  before,
  because,
  by,
  devices,
  leftOut,
}: Schemas['Resolution']['assignment'][number]) {
  const change = before === null ? 'add' : before === version ? 'keep' : `update from ${before}`
  const why = by === null ? because : `${because} by ${by}`
  const places = devices.map(
    ({ device, component, stage }) => `    ${device}: ${component}${stage > 0 ? `, stage ${stage}` : ''}`,
  )
  return [
    `${service} ${version}: ${change} (${why})`,
    ...places,
    ...leftOut.map(({ device, reason }) => `    not ${device}: ${reason}`),
  ]
}

function refusalText({ reasons }: Schemas['Resolution']): string {
  return ['This cannot be:', ...reasons.map(({ sentence }) => `- ${sentence}`)].join('\n')
}
