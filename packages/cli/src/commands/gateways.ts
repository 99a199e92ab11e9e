import { answer } from '@sutler/client'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { openSession } from '../session.ts'
import {
  deviceClasses,
  foreignProtocols,
  madeText,
  wantedCredential,
  type CredentialOptions,
  type DeviceClass,
  type Protocol,
} from './credential-options.ts'
import { lists } from './lists.ts'

interface CreateOptions extends CredentialOptions {
  readonly protocol: Protocol
  readonly name: string
  readonly household?: string
  readonly class?: DeviceClass
  readonly approval: string
  readonly kind?: (typeof kinds)[number]
  readonly json?: boolean
}

const kinds = ['token', 'password', 'psk'] as const

const usual = { ddi: 'token', mender: 'token', cwmp: 'password', usp: 'password', lwm2m: 'psk' } as const

/** `gateway create|list|revoke`: what a batch of devices shares. */
export function addGateways(program: Command): void {
  const gateway = program.command('gateway').description('credentials that a batch of devices shares')
  gateway
    .command('create')
    .description('make a credential for a batch: an unknown device that shows it waits for a person; shown this once')
    .addOption(new Option('--protocol <protocol>', 'what they speak').choices(foreignProtocols).makeOptionMandatory())
    .requiredOption('--name <text>', 'which batch')
    .addOption(new Option('--kind <kind>', 'what they share (default: the usual of their protocol)').choices(kinds))
    .option('--username <text>', 'what they show with it (default: made by the hub)')
    .option('--secret-file <file>', 'file with the secret; absent = the hub makes it')
    .option('--household <id>', 'whose they are; absent = a person says it of each')
    .addOption(new Option('--class <class>', 'what they are').choices(deviceClasses))
    .option('--approval <who>', 'person, none, or a CEL expression over serial and class; else a person', 'person')
    .option('--json', 'print JSON')
    .action(async (options: CreateOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const { protocol, name, household = null, class: deviceClass = null, approval } = options
      const credential = await wantedCredential({ ...options, credential: options.kind ?? usual[protocol] })
      if (credential?.kind !== 'token' && credential?.kind !== 'password' && credential?.kind !== 'psk')
        throw new CommandError('option-invalid', 'no batch shares that', 'Use token, password or psk.')
      const body = { protocol, name, credential, household, class: deviceClass, approval }
      const made = answer(await api.POST('/api/v1/gateway-credentials', { body }))
      terminal.result(made, () => madeText(made))
      terminal.remark(`${made.id}: sutler device waiting shows who comes with it.`)
    })
  lists(gateway.command('list').description('list them, without their secrets'), {
    read: async (api, query) => answer(await api.GET('/api/v1/gateway-credentials', { params: { query } })),
    columns: {
      id: (g) => g.id,
      protocol: (g) => g.protocol,
      kind: (g) => g.kind,
      name: (g) => g.name,
      household: (g) => g.household ?? '',
      class: (g) => g.class ?? '',
      approval: (g) => g.approval,
      state: (g) => (g.revokedAt === null ? 'in use' : 'revoked'),
    },
  })
  gateway
    .command('revoke')
    .description('devices of the batch that have no credential of their own are refused from now on')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      await api.DELETE('/api/v1/gateway-credentials/{id}', { params: { path: { id } } })
      terminal.result({ revoked: id }, () => `${id} is revoked.`)
    })
}
