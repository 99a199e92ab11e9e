import { answer, type Schemas } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import { tableOf } from '../terminal.ts'
import { newestMetadata } from '../trust/hub-metadata.ts'
import { writePart } from '../trust/parts.ts'

type Trust = Schemas['Trust']

/** `trust status|root`. */
export function addTrustReading(trust: Command): void {
  trust
    .command('status')
    .description('who signs what, and until when it lasts; exit status 1 when something has to be signed soon')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const found = answer(await api.GET('/api/v1/trust'))
      terminal.result(found, () => statusText(found))
      if (found.initialised && [...found.roles, ...found.developers].some(({ ending }) => ending)) process.exitCode = 1
    })
  trust
    .command('root')
    .description('write the newest root: what a device or sutler verify starts from')
    .requiredOption('--out <file>', 'file to write')
    .option('--json', 'print JSON')
    .action(async (options: { out: string; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const root = await newestMetadata(api, 'root')
      if (root === null)
        throw new CommandError(
          'metadata-unreadable',
          'the hub has no root of trust yet',
          'Begin with sutler trust init.',
        )
      await writePart(options.out, root)
      terminal.result({ file: options.out }, () => `The root is in ${options.out}.`)
    })
}

function statusText({ initialised, signer, roles, developers, onlineKeys }: Trust): string {
  const keys = tableOf(onlineKeys, {
    'online key': ({ keyId }) => keyId.slice(0, 16),
    role: ({ role }) => role,
    'in force': ({ inForce }) => (inForce ? 'yes' : 'no'),
  })
  const answers = signer ? '' : '\nThe hub’s signer does not answer.'
  if (!initialised) return `The hub has no root of trust yet: sutler trust init.${answers}\n\n${keys}`
  const all = [...roles.map((role) => ({ ...role, paths: [] as string[] })), ...developers]
  const table = tableOf(all, {
    role: ({ role }) => role,
    version: ({ version }) => String(version ?? ''),
    until: ({ expires, ending }) => (expires === null ? '' : `${expires}${ending ? ' (soon!)' : ''}`),
    keys: ({ threshold, keys }) => `${threshold} of ${keys.length}`,
    'may sign': ({ paths }) => paths.join(' '),
  })
  return `${table}\n\n${keys}${answers}`
}
