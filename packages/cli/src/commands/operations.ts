import { answer, type Schemas, type SutlerClient } from '@sutler/client'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { jsonObjectOf } from '../json-option.ts'
import { openSession } from '../session.ts'
import { printable, tableOf } from '../terminal.ts'
import { groupIdOf } from './groups.ts'
import { limitOf, lists } from './lists.ts'

type Wish = Schemas['DeviceOperationPreviewRequest']['operation']
type Operation = Schemas['DeviceOperation']

/** `operation preview|run|list|show|exceptions|cancel`: one thing done to many devices. */
export function addOperations(program: Command): void {
  const operation = program
    .command('operation')
    .description('one thing done to many devices: previewed, then run; orders for many devices are campaigns')
  addPreview(operation)
  addRun(operation)
  lists(
    operation
      .command('list')
      .description('list operations, newest first')
      .option('--state <state>', 'only those in this state'),
    {
      read: async (api, query: { cursor: string | undefined; state?: Operation['state'] }) =>
        answer(await api.GET('/api/v1/device-operations', { params: { query } })),
      columns: {
        id: (o) => o.id,
        state: (o) => o.state,
        what: (o) => o.operation.kind,
        planned: (o) => String(o.planned),
        done: (o) => String(o.done),
        skipped: (o) => String(o.skipped),
        failed: (o) => String(o.failed),
        why: (o) => o.why,
      },
    },
  )
  addShow(operation)
  addCancel(operation)
}

interface PreviewOptions {
  readonly device?: string[]
  readonly group?: string
  readonly filter?: string
  readonly set?: string
  readonly unset?: string[]
  readonly json?: boolean
}

function addPreview(operation: Command): void {
  operation
    .command('preview')
    .description('show what would be done to the selected devices, and to which not and why; nothing is done')
    .argument('<operation>', 'decommission, query-capabilities, add-to-group, remove-from-group, set-preferences')
    .argument('[group]', 'id or name, for add-to-group and remove-from-group')
    .option('--device <ids...>', 'these devices')
    .option('--group <group>', 'the devices of a group (id or name)')
    .option('--filter <cel>', 'the devices for which this is true')
    .option('--set <json>', 'for set-preferences: what to set, for example {"autoUpdate":{"default":"off"}}')
    .option('--unset <matters...>', 'for set-preferences: what to leave to the household')
    .option('--json', 'print JSON')
    .action(async (kind: string, into: string | undefined, options: PreviewOptions) => {
      const { api, terminal } = await openSession(options.json === true)
      const selection = await selectionOf(api, options)
      const body = { selection, operation: await wishOf(api, kind, into, options) }
      const preview = answer(await api.POST('/api/v1/device-operations/previews', { body }))
      terminal.result(preview, () => previewText(preview))
      terminal.remark(`To do it: sutler operation run ${preview.token}`)
    })
}

/** Which of the three is said, or that it must be one, is the hub’s to say. */
async function selectionOf(api: SutlerClient, { device, group, filter }: PreviewOptions) {
  return {
    ...(device !== undefined && { devices: device }),
    ...(group !== undefined && { group: await groupIdOf(api, group) }),
    ...(filter !== undefined && { filter }),
  }
}

async function wishOf(
  api: SutlerClient,
  kind: string,
  into: string | undefined,
  { set, unset }: PreviewOptions,
): Promise<Wish> {
  const wish = {
    kind,
    ...(into !== undefined && { group: await groupIdOf(api, into) }),
    ...(set !== undefined && { set: jsonObjectOf('--set', set) }),
    ...(unset !== undefined && { unset }),
  }
  return wish as Wish
}

function addRun(operation: Command): void {
  operation
    .command('run')
    .description('do what was previewed')
    .argument('<token>', 'as the preview said it')
    .option('--per-minute <n>', 'devices per minute at most', limitOf)
    .option('--follow', 'wait until it has ended')
    .option('--json', 'print JSON')
    .action(async (token: string, options: { perMinute?: number; follow?: boolean; json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const pace = options.perMinute === undefined ? {} : { perMinute: options.perMinute }
      const started = answer(await api.POST('/api/v1/device-operations', { body: { token, ...pace } as never }))
      if (options.follow !== true) {
        terminal.result(started, () => operationText(started))
        return terminal.remark(`How far it has come: sutler operation show ${started.id}`)
      }
      const ended = await untilEnded(api, started)
      terminal.result(ended, () => operationText(ended))
      if (ended.state !== 'done' || ended.failed > 0) process.exitCode = 1
    })
}

/** The hub ends every operation at its `until`; somewhat later nobody waits any longer. */
async function untilEnded(api: SutlerClient, started: Operation): Promise<Operation> {
  const params = { path: { id: started.id } }
  const patience = Date.parse(started.until) + 60_000
  for (let seen = started; ; seen = answer(await api.GET('/api/v1/device-operations/{id}', { params }))) {
    if (seen.state !== 'running') return seen
    if (Date.now() > patience)
      throw new CommandError(
        'still-running',
        `${seen.id} is still running`,
        `sutler operation show ${seen.id}`,
        undefined,
        1,
      )
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

function addShow(operation: Command): void {
  operation
    .command('show')
    .description('how far an operation has come')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const { api, terminal } = await openSession(options.json === true)
      const found = answer(await api.GET('/api/v1/device-operations/{id}', { params: { path: { id } } }))
      terminal.result(found, () => operationText(found))
    })
  lists(operation.command('exceptions').description('the devices that it was not done to, and why').argument('<id>'), {
    read: async (api, query, id) =>
      answer(await api.GET('/api/v1/device-operations/{id}/exceptions', { params: { path: { id }, query } })),
    columns: {
      device: (e) => e.device,
      outcome: (e) => e.outcome,
      code: (e) => e.code,
      detail: (e) => e.detail,
    },
  })
}

function addCancel(operation: Command): void {
  operation
    .command('cancel')
    .description('stop an operation; what was done stays done')
    .argument('<id>')
    .option('--reason <text>', 'why', '')
    .option('--json', 'print JSON')
    .action(async (id: string, { reason, json }: { reason: string; json?: boolean }) => {
      const { api, terminal } = await openSession(json === true)
      const params = { path: { id } }
      const ended = answer(await api.POST('/api/v1/device-operations/{id}/cancel', { params, body: { reason } }))
      terminal.result(ended, () => operationText(ended))
    })
}

function operationText({ id, state, operation, planned, done, skipped, failed, why }: Operation): string {
  const head = `${id} is ${state}: ${operation.kind}, ${done} of ${planned} devices done, ${skipped} skipped, ${failed} failed`
  return printable(why === '' ? head : `${head}: ${why}`)
}

function previewText(preview: Schemas['DeviceOperationPreview']): string {
  const { operation, devices, lookedAt, complete, refusals, first, token, expiresAt } = preview
  const left = refusals.reduce((sum, each) => sum + each.devices, 0)
  return [
    `${operation.kind} for ${devices} devices${left === 0 ? '' : `, but for ${left} of them`}`,
    ...(complete ? [] : [`Only the first ${lookedAt} of them were looked at one by one.`]),
    ...refusals.map((each) => printable(`  ${each.devices}: ${each.detail} (${each.first.join(', ')})`)),
    tableOf(first, { id: (d) => d.id, class: (d) => d.class, name: (d) => d.name, why: (d) => d.why }),
    `Token, good until ${expiresAt}: ${token}`,
  ].join('\n')
}
