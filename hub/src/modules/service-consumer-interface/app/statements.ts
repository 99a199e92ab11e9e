import type { CapabilityReport, Input } from '@sutler/device-model'
import type { Tx } from '../../../platform/database.ts'
import { appendEvents } from '../../../platform/events.ts'
import type { ConsumerDependencies } from './dependencies.ts'

/** What devices say of themselves, apart from their deliveries. */

interface Said {
  readonly device: string
  readonly input: Input
}

/** Characters of one log that are kept, the newest; and logs per device. */
const logBound = 1_048_576
const logsKept = 20

/** Each device's newest report: a whole one, or its last one with what it says it runs now. */
export async function reportsIn(
  { entities }: Pick<ConsumerDependencies, 'entities'>,
  tx: Tx,
  batch: readonly Said[],
): Promise<{ device: string; report: CapabilityReport }[]> {
  const reports = new Map<string, CapabilityReport>()
  const inventories = batch.filter(({ input }) => input.kind === 'inventory')
  const known = inventories.length === 0 ? [] : await entities.devices([...new Set(inventories.map(deviceOf))], tx.sql)
  for (const { id, class: deviceClass, capabilities } of known) reports.set(id, capabilities ?? bare(deviceClass))
  const said = new Set<string>()
  for (const { device, input } of batch) {
    if (input.kind === 'capabilities') reports.set(device, input.report)
    const before = reports.get(device)
    if (input.kind === 'inventory' && before) reports.set(device, { ...before, units: input.units })
    if (input.kind === 'capabilities' || input.kind === 'inventory') said.add(device)
  }
  return [...reports].filter(([device]) => said.has(device)).map(([device, report]) => ({ device, report }))
}

/** A device that has only said what it runs. */
function bare(deviceClass: CapabilityReport['class']): CapabilityReport {
  const nothing = { runtimes: {}, features: [], installed: [] }
  return { class: deviceClass, hardware: { model: '', arch: '' }, os: { name: '', version: '' }, ...nothing }
}

/** Logs are kept for whoever asked, faults become events. */
export async function keepWords(
  { memory, entities, clock, doorbells }: Pick<ConsumerDependencies, 'memory' | 'entities' | 'clock' | 'doorbells'>,
  tx: Tx,
  batch: readonly Said[],
): Promise<void> {
  const logs = batch.flatMap(({ device, input }) =>
    input.kind === 'log' ? [{ device, request: input.request, text: input.text.slice(-logBound) }] : [],
  )
  const faults = batch.flatMap(({ device, input }) => (input.kind === 'fault' ? [{ device, input }] : []))
  if (logs.length + faults.length === 0) return
  const devices = new Map(
    (await entities.devices([...new Set([...logs, ...faults].map(deviceOf))], tx.sql)).map((found) => [
      found.id,
      found,
    ]),
  )
  const known = logs.filter(({ device }) => devices.has(device))
  await memory.addLogs(tx.sql, known, new Date(clock.now()))
  await memory.keepNewestLogs(tx.sql, known.map(deviceOf), logsKept)
  const event = (type: string, id: string, data: Record<string, unknown>) => {
    const found = devices.get(id)
    return found ? [{ type, subject: id, tenant: found.tenant, household: found.household, data }] : []
  }
  await appendEvents(tx, doorbells, [
    ...logs.flatMap(({ device, request, text }) => event('device.log', device, { request, characters: text.length })),
    ...faults.flatMap(({ device, input: { code, detail } }) => event('device.fault', device, { code, detail })),
  ])
}

function deviceOf({ device }: { readonly device: string }): string {
  return device
}
