import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { publishService, releaseVersion } from '../publish-service.ts'
import { readServiceSource } from '../service-source.ts'
import { openSession } from '../session.ts'
import { byteText } from '../terminal.ts'
import { openKeys } from '../trust/open-keys.ts'
import { submitOrWrite } from '../trust/parts.ts'
import { developerOf, signedTargets, signService } from '../trust/sign-service.ts'
import { lists } from './lists.ts'
import { collect, tellOutcome, type SigningOptions } from './trust-options.ts'

/** `service publish|sign|release|list|versions`. */
export function addServices(program: Command): void {
  const service = program.command('service').description('services: what can be ordered')
  service
    .command('publish')
    .description('publish the version that a directory with a service.json describes; only what changed is sent')
    .argument('<directory>')
    .option('--key <file>', 'sign it with this key of a developer whom devices trust')
    .option('--passphrase-file <file>', 'read the key’s passphrase from a file (- = standard input)')
    .option('--release', 'release it at once, so that it can be ordered; it must be signed')
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

interface PublishOptions {
  readonly key?: string
  readonly passphraseFile?: string
  readonly release?: boolean
  readonly json?: boolean
}

async function publish(directory: string, options: PublishOptions): Promise<void> {
  const { api, terminal } = await openSession(options.json === true)
  const source = await readServiceSource(directory)
  const [key] = options.key === undefined ? [] : await openKeys([options.key], options.passphraseFile)
  const sent = { files: 0, bytes: 0 }
  const version = await publishService(api, source, ({ uploaded, bytes }) =>
    Object.assign(sent, { files: uploaded, bytes }),
  )
  if (key) await signService(api, source, key)
  if (options.release) await releaseVersion(api, source.id, version.version)
  const state = options.release ? 'released' : version.state
  terminal.result({ ...version, state, signed: key !== undefined, sent }, () => {
    const total = version.components.reduce((sum, component) => sum + component.files, 0)
    const signed = key ? ', signed' : ''
    return `${source.id} ${version.version} is ${state}${signed}: ${total} files in ${version.components.length} components, ${sent.files} of them sent (${byteText(sent.bytes)})`
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
