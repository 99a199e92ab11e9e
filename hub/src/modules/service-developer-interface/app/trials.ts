import { notFound, type Access, type Decision, type Principal } from '../../../platform/access.ts'
import type { Clock } from '../../../platform/clock.ts'
import { CallerError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { isTestDevice, testDevices, type Device, type EntityManagement } from '../../entity-management/index.ts'
import type { Delivery, OrderProcessing, OrderRequest, OrderState } from '../../order-processing/index.ts'
import type { ServiceDefinitions, VersionDefinition } from '../../service-definitions/index.ts'
import { redact } from '@sutler/device-model'
import { notTestDevice, trialOver } from '../errors.ts'
import type { Trial, Trials } from './trial-storage.ts'

export interface TrialDeps {
  readonly clock: Clock
  readonly access: Access
  readonly definitions: Pick<ServiceDefinitions, 'ownVersion'>
  readonly entities: Pick<EntityManagement, 'devices' | 'pageSelected'>
  readonly orders: Pick<OrderProcessing, 'place' | 'past'>
  readonly trials: Trials
}

/** What became of a trial on one device. */
export type TriedDevice = Pick<Delivery, 'device' | 'component' | 'state' | 'detail' | 'stage' | 'files' | 'bytes'>

export interface TrialView extends Trial {
  /** Of its order. */
  readonly state: OrderState
  /** Of the order by which it was undone. */
  readonly undoing: OrderState | null
  readonly outcomes: readonly TriedDevice[]
}

type Which = Pick<Trial, 'service' | 'version'>

/**
 * Gives a version, released or not, to test devices of any households: an order for each household, which reaches nobody else.
 * @throws CallerError `not-found`, `forbidden`, `not-test-device`, and what an order can be refused for
 */
export async function tryOn(
  deps: TrialDeps,
  principal: Principal,
  { service, version }: Which,
  wanted: readonly string[],
): Promise<TrialView[]> {
  const { it: found, decision } = await deps.definitions.ownVersion(principal, service, version, 'trial.write')
  const devices = await testDevicesNamed(deps, found.tenant, wanted)
  const trials: Trial[] = []
  for (const [household, here] of Map.groupBy(devices, (device) => device.household))
    trials.push(await tryIn(deps, principal, found, household, here, decision))
  return viewsOf(deps, trials)
}

async function testDevicesNamed(
  { entities }: TrialDeps,
  tenant: string,
  wanted: readonly string[],
): Promise<readonly Device[]> {
  const found = new Map((await entities.devices(wanted)).map((device) => [device.id, device]))
  const isOne = (device: Device | undefined): device is Device =>
    device?.tenant === tenant && device.state === 'active' && isTestDevice(device)
  const places = wanted.flatMap((id, index) =>
    isOne(found.get(id)) ? [] : [{ pointer: `/devices/${index}`, detail: `there is no test device ${id}` }],
  )
  if (places.length > 0) throw new CallerError(notTestDevice, places.map(({ detail }) => detail).join('; '), { places })
  return [...found.values()]
}

async function tryIn(
  deps: TrialDeps,
  principal: Principal,
  { tenant, service, version }: VersionDefinition,
  household: string,
  devices: readonly Device[],
  decision: Decision,
): Promise<Trial> {
  const { clock, orders, trials } = deps
  const had = await versionHad(deps, household, service)
  const ids = devices.map(({ id }) => id)
  const trial = { id: newId('trl', clock.now()), tenant, service, version, household, devices: ids, had }
  const request = {
    household,
    items: [{ action: had === null ? ('add' as const) : ('modify' as const), service, version, devices: ids }],
    // What fails on one of them is to be seen on the others.
    allOrNothing: false,
  }
  const by = orderedBy(trial, decision)
  const made = { ...trial, undoOrder: null, by: principal.id, at: new Date(clock.now()) }
  const { order } = await orders.place(by, request, (tx, written) =>
    trials.insert(tx, { ...made, order: written.order.id }),
  )
  return { ...made, order: order.id }
}

/** Trials are the hub's own orders: a household is pinned to nothing by them. */
function orderedBy({ id, tenant, service, version }: TrialStart, decision: Decision) {
  const origin = { kind: 'hub' as const, id: `trial:${id}`, name: `trial of ${service} ${version}`, cause: null }
  return { tenant, origin, decision, trial: true }
}

type TrialStart = Pick<Trial, 'id' | 'tenant' | 'service' | 'version'>

async function versionHad({ orders }: TrialDeps, household: string, service: string): Promise<string | null> {
  const has = (await orders.past.subscriptionsOf(household)).find((each) => each.service === service)
  return has?.version ?? null
}

/**
 * Gives the devices of a trial back what their household had before: its version, or nothing.
 * @throws CallerError `not-found`, `forbidden`, `trial-over`, and what an order can be refused for
 */
export async function undoTrial(deps: TrialDeps, principal: Principal, which: Which, id: string): Promise<TrialView> {
  const { service, version } = which
  const { it, decision } = await deps.definitions.ownVersion(principal, service, version, 'trial.write')
  const trial = await found(deps, it.tenant, which, id)
  const over = (why: string): CallerError => new CallerError(trialOver, `The trial ${id} cannot be undone: ${why}.`)
  if (trial.undoOrder !== null) throw over(`order ${trial.undoOrder} has undone it`)
  const { household, had, devices } = trial
  const now = await versionHad(deps, household, service)
  if (now !== version) throw over(`the household has ${now === null ? 'nothing' : now} of ${service} by now`)
  const items: OrderRequest['items'] =
    had === null
      ? [{ action: 'remove', service }]
      : [{ action: 'modify', service, version: had, devices: [...devices] }]
  const by = orderedBy(trial, decision)
  const { order } = await deps.orders.place(by, { household, items, allOrNothing: false }, async (tx, written) => {
    if (!(await deps.trials.undo(tx, id, written.order.id))) throw over('somebody undoes it just now')
  })
  return (await viewsOf(deps, [{ ...trial, undoOrder: order.id }]))[0]!
}

/** Newest first. @throws CallerError `not-found`, `forbidden` */
export async function trialsOf(
  deps: TrialDeps,
  principal: Principal,
  { service, version }: Which,
  after: string | undefined,
  limit: number,
): Promise<TrialView[]> {
  const { tenant } = (await deps.definitions.ownVersion(principal, service, version, 'trial.read')).it
  return viewsOf(deps, await deps.trials.page({ tenant, service, version }, after, limit))
}

/** @throws CallerError `not-found`, `forbidden` */
export async function trialOf(deps: TrialDeps, principal: Principal, which: Which, id: string): Promise<TrialView> {
  const { it } = await deps.definitions.ownVersion(principal, which.service, which.version, 'trial.read')
  return (await viewsOf(deps, [await found(deps, it.tenant, which, id)]))[0]!
}

async function found({ trials }: TrialDeps, tenant: string, which: Which, id: string): Promise<Trial> {
  const trial = await trials.find({ ...which, tenant, id })
  if (trial === null) throw new CallerError(notFound, `There is no trial ${id} of ${which.service} ${which.version}.`)
  return trial
}

async function viewsOf({ orders }: TrialDeps, trials: readonly Trial[]): Promise<TrialView[]> {
  const ids = trials.flatMap(({ order, undoOrder }) => [order, ...(undoOrder === null ? [] : [undoOrder])])
  const known = new Map((await orders.past.orders(ids)).map((each) => [each.order.id, each]))
  return trials.map((trial) => {
    const { order, deliveries } = known.get(trial.order)!
    const own = deliveries.filter(({ service, purpose }) => service === trial.service && purpose === 'carry-out')
    const outcomes = own.map(({ device, component, state, detail, stage, files, bytes }) => {
      const proved = state === 'confirmed' ? { files, bytes } : { files: 0, bytes: 0 }
      return { device, component, state, detail: redact(detail).text, stage, ...proved }
    })
    const undoing = trial.undoOrder === null ? null : known.get(trial.undoOrder)!.order.state
    return { ...trial, state: order.state, undoing, outcomes }
  })
}

/** In order of id. @throws CallerError `forbidden` */
export async function pageTestDevices(
  { access, entities }: TrialDeps,
  principal: Principal,
  after: string | undefined,
  limit: number,
): Promise<Device[]> {
  access.authorise(principal, 'test-device.read')
  const ids = await entities.pageSelected(principal.tenant, { filter: testDevices }, after, limit)
  return entities.devices(ids)
}
