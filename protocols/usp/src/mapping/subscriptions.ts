import type { RequestDraft } from '../wire/index.ts'
import { instancesOf, type Values } from './values.ts'

interface Subscription {
  readonly id: string
  readonly type: 'Event' | 'OperationComplete' | 'ValueChange'
  readonly reference: string
}

const units = 'Device.SoftwareModules.DeploymentUnit.*.'
const images = 'Device.DeviceInfo.FirmwareImage.*.'

/**
 * What the hub wants to hear of. One subscription per reference: an agent refuses a whole one for one path that it has not.
 * (TR-181, `Device.LocalAgent.Subscription.{i}.`)
 */
const wanted: readonly Subscription[] = [
  { id: 'sutler-boot', type: 'Event', reference: 'Device.Boot!' },
  { id: 'sutler-periodic', type: 'Event', reference: 'Device.LocalAgent.Periodic!' },
  { id: 'sutler-transfer', type: 'Event', reference: 'Device.LocalAgent.TransferComplete!' },
  { id: 'sutler-unit', type: 'Event', reference: 'Device.SoftwareModules.DUStateChange!' },
  { id: 'sutler-install', type: 'OperationComplete', reference: 'Device.SoftwareModules.InstallDU()' },
  { id: 'sutler-update', type: 'OperationComplete', reference: `${units}Update()` },
  { id: 'sutler-uninstall', type: 'OperationComplete', reference: `${units}Uninstall()` },
  { id: 'sutler-download', type: 'OperationComplete', reference: `${images}Download()` },
  { id: 'sutler-activate', type: 'OperationComplete', reference: `${images}Activate()` },
  { id: 'sutler-version', type: 'ValueChange', reference: 'Device.DeviceInfo.SoftwareVersion' },
]

/** What to ask, so as to know which there are. */
export const subscriptionPaths = ['Device.LocalAgent.Subscription.'] as const

/**
 * A Delete of subscriptions of ours that are off, or that an earlier version of the hub has made: an Add of the same id would be
 * refused for its key. Null when there are none.
 */
export function staleSubscriptions(values: Values): RequestDraft | null {
  const known = new Set(wanted.map(({ id }) => id))
  const stale = instancesOf(values, subscriptionPaths[0])
    .filter(({ get }) => get('ID').startsWith('sutler-') && !(known.has(get('ID')) && get('Enable') === 'true'))
    .map(({ path }) => path)
  return stale.length === 0 ? null : { case: 'delete', value: { allowPartial: true, objPaths: stale } }
}

/** An Add of what is missing; null when all are there. Each is taken or refused by itself (R-ADD.0). */
export function missingSubscriptions(values: Values): RequestDraft | null {
  const there = new Set(
    instancesOf(values, subscriptionPaths[0])
      .filter(({ get }) => get('Enable') === 'true')
      .map(({ get }) => get('ID')),
  )
  const missing = wanted.filter(({ id }) => !there.has(id))
  if (missing.length === 0) return null
  return { case: 'add', value: { allowPartial: true, createObjs: missing.map(created) } }
}

function created({ id, type, reference }: Subscription) {
  const settings = {
    ID: id,
    Enable: 'true',
    NotifType: type,
    ReferenceList: reference,
    // They outlast a restart of the agent, and what was not confirmed is said again (R-NOT.1).
    Persistent: 'true',
    NotifRetry: 'true',
  }
  const paramSettings = Object.entries(settings).map(([param, value]) => ({ param, value, required: true }))
  return { objPath: 'Device.LocalAgent.Subscription.', paramSettings }
}
