import { answer } from '@sutler/client'
import { Option, type Command } from 'commander'
import { openSession } from '../session.ts'
import {
  credentialOptions,
  foreignProtocols,
  madeText,
  wantedCredential,
  type CredentialOptions,
  type Protocol,
} from './credential-options.ts'
import { lists } from './lists.ts'

interface IdentityOptions extends CredentialOptions {
  readonly protocol: Protocol
  readonly identity: string
  readonly json?: boolean
}

interface RenewOptions extends CredentialOptions {
  readonly keep?: boolean
  readonly json?: boolean
}

/** `device identity list|add|remove` and `device credential add|remove`. */
export function addDeviceIdentities(device: Command): void {
  identityCommands(device.command('identity').description('what a device is called in protocols of its own'))
  credentialCommands(device.command('credential').description('what a device proves an identity by'))
}

function identityCommands(identity: Command): void {
  lists(identity.command('list').description('list the identities of a device').argument('<device>'), {
    read: async (api, { cursor }, id) =>
      answer(await api.GET('/api/v1/devices/{id}/identities', { params: { path: { id }, query: { cursor } } })),
    columns: {
      id: (i) => i.id,
      protocol: (i) => i.protocol,
      identity: (i) => i.identity,
      'in force': (i) => (i.inForce ? 'yes' : 'no'),
      credentials: (i) => i.credentials.map(({ id, kind }) => `${kind} ${id}`).join(', '),
    },
  })
  const add = identity
    .command('add')
    .description('give a device an identity in one more protocol; `device protocol` changes it over')
    .argument('<device>')
    .addOption(new Option('--protocol <protocol>', 'which').choices(foreignProtocols).makeOptionMandatory())
    .requiredOption('--identity <text>', 'what it calls itself there')
  credentialOptions(add)
    .option('--json', 'print JSON')
    .action(async (id: string, options: IdentityOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const { protocol, identity: name } = options
      const credential = await wantedCredential(options)
      const body = { protocol, identity: name, ...(credential !== undefined && { credential }) }
      const made = answer(await api.POST('/api/v1/devices/{id}/identities', { params: { path: { id } }, body }))
      terminal.result(made, () => madeText(made.credential))
      if (!made.identity.inForce) terminal.remark(`It counts from sutler device protocol ${id} ${protocol} on.`)
    })
  identity
    .command('remove')
    .description('take an identity from a device: nobody is let in by it from now on')
    .argument('<device>')
    .argument('<identity>', 'its id')
    .option('--json', 'print JSON')
    .action(async (id: string, which: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      await api.DELETE('/api/v1/devices/{id}/identities/{identity}', { params: { path: { id, identity: which } } })
      terminal.result({ removed: which }, () => `${which} is removed.`)
    })
}

function credentialCommands(credential: Command): void {
  const add = credential
    .command('add')
    .description('give an identity a new credential in place of what it has; one that the hub makes is shown this once')
    .argument('<device>')
    .argument('<identity>', 'its id')
    .option('--keep', 'what it has of that kind stays good, too')
  credentialOptions(add)
    .option('--json', 'print JSON')
    .action(async (id: string, identity: string, options: RenewOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const wanted = await wantedCredential(options)
      const body = { replace: options.keep !== true, ...(wanted !== undefined && { credential: wanted }) }
      const made = answer(
        await api.POST('/api/v1/devices/{id}/identities/{identity}/credentials', {
          params: { path: { id, identity } },
          body,
        }),
      )
      terminal.result(made, () => madeText(made))
    })
  credential
    .command('remove')
    .description('nobody is let in by a credential from now on')
    .argument('<device>')
    .argument('<identity>', 'id of its identity')
    .argument('<credential>', 'its id')
    .option('--json', 'print JSON')
    .action(async (id: string, identity: string, which: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      await api.DELETE('/api/v1/devices/{id}/identities/{identity}/credentials/{credential}', {
        params: { path: { id, identity, credential: which } },
      })
      terminal.result({ removed: which }, () => `${which} is removed.`)
    })
}
