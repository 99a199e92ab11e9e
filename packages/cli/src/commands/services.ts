import { answer, type Schemas } from '@sutler/client'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { publishService, releaseVersion, type Channel, type PublishProgress } from '../publish-service.ts'
import { ProgressBar } from '../progress-bar.ts'
import { usualPatience } from '../service/send-files.ts'
import { readServiceSource } from '../service-source.ts'
import { openSession } from '../session.ts'
import { byteText, counted } from '../terminal.ts'
import { openKeys } from '../trust/open-keys.ts'
import { submitOrWrite } from '../trust/parts.ts'
import { developerOf, signedTargets, signService } from '../trust/sign-service.ts'
import { lists } from './lists.ts'
import { collected, durationOption } from './options.ts'
import { addReleaseRequests } from './release-requests.ts'
import { addResolve } from './resolve.ts'
import { addServiceLife } from './service-life.ts'
import { addServiceSource, requireValid } from './service-source.ts'
import { addTestDevices, addTryOn } from './try-on.ts'
import { collect, tellOutcome, type SigningOptions } from './trust-options.ts'

/** `service …`: a service from its source to its end. */
export function addServices(program: Command): void {
  const service = program.command('service').description('services: what can be ordered')
  addServiceSource(service)
  service
    .command('publish')
    .description('publish the version that a directory with a service.json describes; only what changed is sent')
    .argument('<directory>')
    .option('--key <file>', 'sign it with this key of a developer whom devices trust')
    .option('--passphrase-file <file>', 'read the key’s passphrase from a file (- = standard input)')
    .option('--release', 'release it at once, so that it can be ordered; it must be signed')
    .addOption(channelOption('release it to this channel at once').implies({ release: true }))
    .addOption(waitOption())
    .option('--json', 'print JSON')
    .action(publish)
  service
    .command('sign')
    .description('sign a version as a developer whom devices trust, and give the signature to the hub')
    .argument('<directory>')
    .requiredOption('--key <file>', 'the developer’s key; repeat it where several must sign', collect)
    .option('--developer <name>', 'the developer (default: the one who has the key)')
    .option('--passphrase-file <file>', 'read the keys’ passphrase from a file (- = standard input)')
    .option('--out <file>', 'write the signed metadata for the next holder instead of sending it to the hub')
    .option('--json', 'print JSON')
    .action(sign)
  addReleases(service)
  addDescribe(service)
  addLists(service)
  addResolve(service)
  addReleaseRequests(service)
  addServiceLife(service)
  addTryOn(service)
  addTestDevices(service)
}

function waitOption(): Option {
  const description = 'how long to wait for a hub that goes away meanwhile, like 30s or 5m'
  return durationOption('--wait <duration>', description, usualPatience, '2m')
}

function channelOption(description: string): Option {
  return new Option('--channel <channel>', description).choices(['alpha', 'beta', 'stable'])
}

function addReleases(service: Command): void {
  service
    .command('release')
    .description('make a published version orderable')
    .argument('<service>')
    .argument('<version>')
    .addOption(channelOption('for those who take this channel, or one that is less steady (default: stable)'))
    .option('--json', 'print JSON')
    .action(async (name: string, version: string, options: { channel?: Channel; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const released = await releaseVersion(api, name, version, options.channel)
      terminal.result(released, () => `${name} ${version} is released to ${released.channel}.`)
    })
  service
    .command('promote')
    .description('offer a released version to a steadier channel, too')
    .argument('<service>')
    .argument('<version>')
    .addOption(channelOption('the channel').makeOptionMandatory())
    .option('--json', 'print JSON')
    .action(async (name: string, version: string, options: { channel: Channel; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const params = { path: { service: name, version } }
      const body = { channel: options.channel }
      const at = '/api/v1/services/{service}/versions/{version}/promote'
      const promoted = answer(await api.POST(at, { params, body }))
      terminal.result(promoted, () => `${name} ${version} is on ${promoted.channel} now.`)
    })
}

function addDescribe(service: Command): void {
  service
    .command('describe')
    .description('change the title, the categories or the parental rating of a service')
    .argument('<service>')
    .option('--title <title>')
    .option('--category <category>', 'what it is about; repeat it, they take the place of those before', collected)
    .option('--no-categories', 'it has no categories any more')
    .option('--parental <age>', 'the age from which it is meant to be used; 0 = any', ageOf)
    .option('--json', 'print JSON')
    .action(async (name: string, options: DescribeOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const { title, category, categories, parental } = options
      const named = categories === false ? [] : category
      const body = {
        ...(title !== undefined && { title }),
        ...(named !== undefined && { categories: [...named] }),
        ...(parental !== undefined && { parental }),
      }
      const changed = answer(
        await api.PATCH('/api/v1/services/{service}', { params: { path: { service: name } }, body }),
      )
      terminal.result(
        changed,
        () => `${name}: ${changed.title}; ${changed.categories.join(', ') || 'no category'}; from ${changed.parental}.`,
      )
    })
}

interface DescribeOptions {
  readonly title?: string
  readonly category?: readonly string[]
  readonly categories?: boolean
  readonly parental?: number
  readonly json?: boolean
}

function ageOf(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('must be a whole number from 0 to 18.')
  return Number(text)
}

function addLists(service: Command): void {
  lists<Schemas['Service'], { category?: string }>(
    service.command('list').description('list services').option('--category <category>', 'only those of this category'),
    {
      read: async (api, query) => answer(await api.GET('/api/v1/services', { params: { query } })),
      columns: {
        id: (s) => s.id,
        title: (s) => s.title,
        state: (s) => s.state,
        categories: (s) => s.categories.join(', '),
      },
    },
  )
  lists(service.command('versions').description('list the versions of a service').argument('<service>'), {
    read: async (api, query, name) =>
      answer(await api.GET('/api/v1/services/{service}/versions', { params: { path: { service: name }, query } })),
    columns: {
      version: (v) => v.version,
      state: (v) => v.state,
      channel: (v) => v.channel ?? '',
      published: (v) => v.createdAt,
      notes: (v) => v.notes,
    },
  })
}

interface PublishOptions {
  readonly key?: string
  readonly passphraseFile?: string
  readonly release?: boolean
  readonly channel?: Channel
  /** Milliseconds. */
  readonly wait: number
  readonly json?: boolean
}

async function publish(directory: string, options: PublishOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const source = await readServiceSource(directory)
  const [key] = options.key === undefined ? [] : await openKeys([options.key], options.passphraseFile)
  await requireValid(directory, source)
  const sent = { files: 0, bytes: 0 }
  const bar = new ProgressBar()
  const tell = ({ uploaded, missing, bytes, total }: PublishProgress): void => {
    Object.assign(sent, { files: uploaded, bytes })
    if (!terminal.json) bar.show(bytes, total, `${uploaded} of ${counted(missing, 'file')}`)
  }
  const version = await publishService(api, source, tell, options.wait).finally(() => bar.clear())
  if (key) await signService(api, source, key)
  if (options.release) await releaseVersion(api, source.id, version.version, options.channel)
  const state = options.release ? 'released' : version.state
  terminal.result({ ...version, state, signed: key !== undefined, sent }, () => {
    const total = version.components.reduce((sum, component) => sum + component.files, 0)
    const signed = key ? ', signed' : ''
    return `${source.id} ${version.version} is ${state}${signed}: ${counted(total, 'file')} in ${counted(version.components.length, 'component')}, ${sent.files} of them sent (${byteText(sent.bytes)})`
  })
}

interface SignOptions extends SigningOptions {
  readonly key: readonly string[]
  readonly developer?: string
}

async function sign(directory: string, options: SignOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const source = await readServiceSource(directory)
  const pairs = await openKeys(options.key, options.passphraseFile)
  const developer = options.developer ?? (await developerOf(api, pairs[0]!))
  const bytes = await signedTargets(api, source, developer, pairs)
  const outcome = await submitOrWrite(api, [{ role: developer, bytes }], options.out)
  tellOutcome(terminal, outcome, `${source.id} ${source.composition.version} is signed by ${developer}.`)
}
