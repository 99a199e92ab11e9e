import { answer } from '@sutler/client'
import type { Command } from 'commander'
import { openSession } from '../session.ts'
import { byteText } from '../terminal.ts'
import { addDeviceRequests } from './device-requests.ts'
import { addDeviceIdentities } from './device-identities.ts'
import { addForeignDevices } from './foreign-devices.ts'
import { addLabels } from './labels.ts'
import { lists } from './lists.ts'

/** `devices`, `device …`, `deliveries`. */
export function addDevices(program: Command): void {
  lists(
    program
      .command('devices')
      .description('list devices')
      .option('--household <id>', 'only those of this household')
      .option('--filter <cel>', 'only those for which this is true, for example: device.class == "phone"'),
    {
      read: async (api, query: { cursor: string | undefined; household?: string; filter?: string }) =>
        answer(await api.GET('/api/v1/devices', { params: { query } })),
      columns: {
        id: (d) => d.id,
        class: (d) => d.class,
        serial: (d) => d.serial,
        protocol: (d) => d.protocol,
        state: (d) => d.state,
        reachable: (d) => (d.reachable ? 'yes' : 'no'),
        household: (d) => d.household,
        installed: (d) => installedText(d.capabilities),
      },
    },
  )
  const device = program.command('device').description('one device')
  addDeviceRequests(device)
  addForeignDevices(device)
  addDeviceIdentities(device)
  addLabels(device, 'devices', 'device')
  device
    .command('decommission')
    .description('take a device out of service for good: it is disconnected and cannot come back')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      await api.POST('/api/v1/devices/{id}/decommission', { params: { path: { id } } })
      terminal.result({ device: id, state: 'decommissioned' }, () => `${id} is decommissioned.`)
    })
  device
    .command('release')
    .description('end the quarantine of a device; prints the claim with which it enrols again')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const made = answer(await api.POST('/api/v1/devices/{id}/release', { params: { path: { id } } }))
      terminal.result(made, () => made.claim)
      terminal.remark(`Its key and certificates are void. The claim is good until ${made.expiresAt}.`)
    })
  lists(
    program
      .command('deliveries')
      .description('list deliveries')
      .option('--order <id>', 'only those of this order')
      .option('--device <id>', 'only those to this device')
      .option('--household <id>', 'only those of this household'),
    {
      read: async (api, query: { cursor: string | undefined; order?: string; device?: string; household?: string }) =>
        answer(await api.GET('/api/v1/deliveries', { params: { query } })),
      columns: {
        id: (d) => d.id,
        device: (d) => d.device,
        what: (d) => `${d.kind} ${d.service} ${d.version}`,
        size: (d) => byteText(d.bytes),
        state: (d) => d.state,
        detail: (d) => d.detail,
      },
    },
  )
}

/** What a device says it runs: services, or without our agent the names that it has for them. */
function installedText(report: Report | null): string {
  const services = report?.installed.map(({ service, version }) => `${service} ${version}`) ?? []
  const units = report?.units?.map(({ name, version }) => `${name} ${version}`.trim()) ?? []
  return [...services, ...units].join(', ')
}

interface Report {
  readonly installed: readonly { readonly service: string; readonly version: string }[]
  readonly units?: readonly { readonly name: string; readonly version: string }[] | undefined
}
