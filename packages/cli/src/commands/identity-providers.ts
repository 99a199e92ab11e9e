import { answer } from '@sutler/client'
import { Option, type Command } from 'commander'
import { readText } from '../read-text.ts'
import { openSession } from '../session.ts'
import { lists } from './lists.ts'
import { mappingOf } from './role-mapping.ts'

interface AddOptions {
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecretFile?: string
  readonly scope?: string[]
  readonly roleClaim?: string
  readonly role?: string[]
  readonly json?: boolean
}

/** `identity-provider add|list|remove`: where people may log in elsewhere. */
export function addIdentityProviders(program: Command): void {
  const command = program.command('identity-provider').description('where people may log in by OpenID Connect')
  command
    .command('add')
    .description('let people log in through a provider; prints the redirect URI to register there')
    .requiredOption('--name <name>', 'name on the log-in page')
    .requiredOption('--issuer <url>', 'the issuer, exactly as the provider writes it')
    .requiredOption('--client-id <id>', 'client id that the provider gave this hub')
    .addOption(new Option('--client-secret-file <file>', 'file with the client secret; absent = a public client'))
    .addOption(new Option('--scope <scope...>', 'scopes to ask for (default: openid email profile)'))
    .addOption(new Option('--role-claim <claim>', 'claim that gives roles, for example groups'))
    .addOption(new Option('--role <value=role...>', 'role by value of that claim, for example hub-ops=operator'))
    .option('--json', 'print JSON')
    .action(async (options: AddOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const { name, issuer, clientId, scope, clientSecretFile } = options
      const clientSecret = clientSecretFile === undefined ? null : (await readText(clientSecretFile)).trim()
      const body = { name, issuer, clientId, clientSecret, roleMapping: mappingOf(options.roleClaim, options.role) }
      const wanted = scope === undefined ? body : { ...body, scopes: scope }
      const made = answer(await api.POST('/api/v1/identity-providers', { body: wanted }))
      terminal.result(made, () => `${made.id}\nRegister this redirect URI at ${issuer}:\n${made.callback}`)
    })
  lists(command.command('list').description('the providers that there are'), {
    read: async (api, query) => answer(await api.GET('/api/v1/identity-providers', { params: { query } })),
    columns: {
      id: (p) => p.id,
      name: (p) => p.name,
      issuer: (p) => p.issuer,
      client: (p) => p.clientId,
      state: (p) => (p.disabled ? 'disabled' : 'in use'),
    },
  })
  command
    .command('remove')
    .description('nobody logs in through it any more; accounts stay')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      await api.DELETE('/api/v1/identity-providers/{id}', { params: { path: { id } } })
      terminal.result({ removed: id }, () => `${id} is removed.`)
    })
}
