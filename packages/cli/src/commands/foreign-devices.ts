import { answer } from '@sutler/client'
import { Option, type Command } from 'commander'
import { openSession } from '../session.ts'
import {
  credentialOptions,
  deviceClasses,
  foreignProtocols,
  madeText,
  wantedCredential,
  type CredentialOptions,
  type DeviceClass,
  type Protocol,
} from './credential-options.ts'
import { lists } from './lists.ts'

interface AddOptions extends CredentialOptions {
  readonly household: string
  readonly class: DeviceClass
  readonly protocol: Protocol
  readonly identity: string
  readonly serial?: string
  readonly name?: string
  readonly json?: boolean
}

interface AcceptOptions {
  readonly household?: string
  readonly class?: DeviceClass
  readonly name?: string
  readonly json?: boolean
}

/** `device add|waiting|accept|refuse|protocol`: devices that speak a protocol of their own. */
export function addForeignDevices(device: Command): void {
  addCommand(device)
  waitingCommands(device)
  device
    .command('protocol')
    .description('say which protocol a device is to speak: in any other it is refused from now on')
    .argument('<id>')
    .argument('<protocol>', ['native', ...foreignProtocols].join(', '))
    .option('--json', 'print JSON')
    .action(async (id: string, protocol: Protocol, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const body = { protocol }
      const changed = answer(await api.PUT('/api/v1/devices/{id}/protocol', { params: { path: { id } }, body }))
      terminal.result(changed, () => `${id} is to speak ${changed.protocol}.`)
    })
}

function addCommand(device: Command): void {
  const command = device
    .command('add')
    .description('add a device that speaks a protocol of its own; a secret that the hub makes is shown this once')
    .requiredOption('--household <id>', 'whose it is')
    .addOption(new Option('--class <class>', 'what it is').choices(deviceClasses).makeOptionMandatory())
    .addOption(new Option('--protocol <protocol>', 'what it speaks').choices(foreignProtocols).makeOptionMandatory())
    .requiredOption('--identity <text>', 'what it calls itself there')
    .option('--serial <text>', 'serial number (default: the identity)')
    .option('--name <text>', 'its name')
  credentialOptions(command)
    .option('--json', 'print JSON')
    .action(async (options: AddOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const { household, protocol, identity, serial, name } = options
      const credential = await wantedCredential(options)
      const made = answer(
        await api.POST('/api/v1/devices', {
          body: {
            household,
            class: options.class,
            protocol,
            identity,
            ...(serial !== undefined && { serial }),
            ...(name !== undefined && { name }),
            ...(credential !== undefined && { credential }),
          },
        }),
      )
      terminal.result(made, () => madeText(made.credential))
      terminal.remark(`${made.device} is let in over ${protocol} as ${identity}.`)
    })
}

function waitingCommands(device: Command): void {
  lists(device.command('waiting').description('list devices that are unknown and wait for a person'), {
    read: async (api, { cursor }) =>
      answer(await api.GET('/api/v1/enrolments', { params: { query: { cursor, state: 'waiting' } } })),
    columns: {
      id: (e) => e.id,
      protocol: (e) => e.protocol,
      identity: (e) => e.identity ?? e.serial,
      batch: (e) => e.gateway ?? e.claim ?? '',
      device: (e) => e.device ?? '',
      asked: (e) => e.askedAt,
      says: (e) =>
        Object.entries(e.says)
          .map(([name, value]) => `${name}=${value}`)
          .join(' '),
    },
  })
  device
    .command('accept')
    .description('let in a device that waits, and say whose it is and of which class')
    .argument('<id>', 'as `device waiting` shows it')
    .option('--household <id>', 'whose it is (default: as its batch says)')
    .addOption(new Option('--class <class>', 'what it is (default: as its batch says)').choices(deviceClasses))
    .option('--name <text>', 'its name')
    .option('--json', 'print JSON')
    .action(async (id: string, { json, ...place }: AcceptOptions) => {
      const { api, terminal } = await openSession(json === true)
      const accepted = answer(
        await api.POST('/api/v1/enrolments/{id}/accept', { params: { path: { id } }, body: place }),
      )
      terminal.result(accepted, () => `${accepted.identity ?? id} is in as ${accepted.device ?? ''}.`)
    })
  device
    .command('refuse')
    .description('keep out a device that waits, for a week')
    .argument('<id>', 'as `device waiting` shows it')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const refused = answer(await api.POST('/api/v1/enrolments/{id}/refuse', { params: { path: { id } } }))
      terminal.result(refused, () => `${refused.identity ?? refused.serial} is refused.`)
    })
}
