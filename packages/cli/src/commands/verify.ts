import { createHash } from 'node:crypto'
import { answer, type ClientOptions } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { readServiceSource } from '../service-source.ts'
import { openSession, type Session } from '../session.ts'
import { createTerminal, tableOf } from '../terminal.ts'
import { readMetadataFile } from '../trust/read-metadata.ts'
import { componentsOf } from '../trust/service-targets.ts'
import { verifyComponents, type OfferedComponent } from '../trust/verify-service.ts'

interface VerifyOptions {
  readonly root: string
  readonly service?: string
  readonly model?: string
  readonly hub?: string
  readonly json?: boolean
}

/** `verify`: what a device would say of a version. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('follow the same workflow as a device and say whether it would take a version, and why not')
    .argument('[directory]', 'a service as it lies here, with its service.json')
    .requiredOption('--root <file>', 'signed root metadata to start from, from somebody you trust (sutler trust root)')
    .option('--service <service@version>', 'a version as the hub has it, instead of a directory')
    .option('--model <model>', 'the model of the device')
    .option('--hub <url>', 'whose signed metadata to read (default: the hub you are logged in to)')
    .option('--json', 'print JSON')
    .action(verify)
}

async function verify(directory: string | undefined, options: VerifyOptions): Promise<void> {
  if ((directory === undefined) === (options.service === undefined))
    throw new CommandError('option-invalid', 'either a directory or --service is needed', 'Name one of them.')
  const session = options.hub === undefined || directory === undefined ? await openSession(options.json === true) : null
  const connection: ClientOptions = options.hub === undefined ? session!.connection : { hub: options.hub }
  const offered = directory === undefined ? await published(session!, options.service!) : await local(directory)
  const root = await readMetadataFile(options.root)
  const { verdict, judged } = await verifyComponents(connection, root, offered, options.model ?? null)
  const refused = verdict.kind === 'refused' || judged.some(({ refusal }) => refusal !== null)
  if (refused) process.exitCode = 1
  createTerminal(options.json === true).result({ verified: !refused, components: judged }, () =>
    tableOf(judged, {
      component: ({ component }) => component,
      'a device': ({ refusal, developer }) =>
        refusal === null ? `signed by ${developer}: takes it once it is assigned` : `refuses: ${refusal}`,
    }),
  )
}

async function local(directory: string): Promise<OfferedComponent[]> {
  const source = await readServiceSource(directory)
  const { id: service, composition } = source
  return componentsOf(source).map(({ path, bytes }, at) => ({
    path,
    service,
    version: composition.version,
    component: composition.components[at]!.name,
    size: bytes.length,
    digest: createHash('sha256').update(bytes).digest('hex'),
  }))
}

async function published({ api }: Session, name: string): Promise<OfferedComponent[]> {
  const [service = '', version = ''] = name.split('@')
  const params = { path: { service, version } }
  const { components } = answer(await api.GET('/api/v1/services/{service}/versions/{version}', { params }))
  return components.map(({ name: component, manifest }) => ({
    path: `${service}/${version}/${component}.manifest`,
    service,
    version,
    component,
    size: manifest.size,
    digest: manifest.digest,
  }))
}
