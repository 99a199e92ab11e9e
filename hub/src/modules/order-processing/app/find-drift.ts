import { reportedBy, type CapabilityReport } from '@sutler/device-model'
import type { Tx } from '../../../platform/database.ts'
import { appendEvents } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { driftOf, type Drift, type Proved } from '../domain/drift.ts'
import type { OrderDependencies } from './dependencies.ts'
import { wordTo } from './lifecycle-signals.ts'

/** What a device says of itself now, other than before. */
export interface ChangedReport {
  readonly device: string
  readonly report: CapabilityReport
}

type Finding = Pick<OrderDependencies, 'storage' | 'engine' | 'clock' | 'doorbells' | 'definitions'>

/**
 * Compares what devices report to have in place with what they have proved. What has begun to differ is told to the lifecycle of
 * its subscription, and so is the end of the last difference; rows say what differs at the moment. In the caller's transaction.
 */
export async function findDrift(deps: Finding, tx: Tx, changed: readonly ChangedReport[]): Promise<void> {
  if (changed.length === 0) return
  const devices = changed.map(({ device }) => device)
  const proved = Map.groupBy(await deps.storage.proved(tx, devices), ({ device }) => device)
  const drifts: Drift[] = []
  for (const { device, report } of changed) {
    const known = proved.get(device) ?? []
    drifts.push(...driftOf(report.units === undefined ? known : await withUnits(deps, known), report))
  }
  await writeDrift(deps, tx, devices, drifts)
}

/** What was proved, by the names that devices without our agent have for it. */
function withUnits({ definitions }: Finding, proved: readonly Proved[]): Promise<Proved[]> {
  return Promise.all(
    proved.map(async (each) => {
      const stored = each.manifest === null ? null : await definitions.manifest(each.manifest)
      return stored === null ? each : { ...each, unit: reportedBy(stored.manifest) }
    }),
  )
}

/** A device that is out of service has nothing to differ any more. */
export async function forgetDrift(deps: Finding, tx: Tx, device: string): Promise<void> {
  await writeDrift(deps, tx, [device], [])
}

async function writeDrift(deps: Finding, tx: Tx, devices: readonly string[], drifts: readonly Drift[]): Promise<void> {
  const { storage, engine, doorbells, clock } = deps
  const { begun, ended, agreed } = await storage.replaceDrift(tx, devices, drifts, new Date(clock.now()))
  if (begun.length + ended.length === 0) return
  const signal = (subscription: string, type: string, args: Record<string, string>) =>
    wordTo(subscription, { id: newId(type, clock.now()), type, args })
  await engine.send(tx, [
    ...begun.map(({ subscription, device, detail }) =>
      signal(subscription, 'drifted', { detail: `${device}: ${detail}` }),
    ),
    ...agreed.map((subscription) => signal(subscription, 'agreed', {})),
  ])
  await appendEvents(tx, doorbells, [
    ...begun.map((drift) => driftEvent('device.drifted', drift)),
    ...ended.map((drift) => driftEvent('device.agreed', drift)),
  ])
}

function driftEvent(type: string, drift: Drift) {
  const { device, tenant, household, subscription, service, version, component, wanted, detail } = drift
  const data = { subscription, service, version, component, wanted, detail }
  return { type, subject: device, tenant, household, data }
}
