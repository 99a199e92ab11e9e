import type { Hono } from 'hono'
import type { Sql, Tx } from '../../platform/database.ts'
import type { ApiEnv } from '../../platform/http/api.ts'
import type { Keeper } from '../../platform/keepers.ts'
import { orderKeeper } from './store/keeper-rows.ts'
import type { AssignedComponent, VersionId } from '../service-definitions/index.ts'
import type { Task } from '../../engine/index.ts'
import type { OrderDependencies } from './app/dependencies.ts'
import type { CampaignDependencies } from './app/campaigns/dependencies.ts'
import { Fittings } from './app/campaigns/fittings.ts'
import { campaignTasks } from './app/campaigns/index.ts'
import { cancelOrder, type CancelledBy } from './app/cancel-order.ts'
import { ordersCarriedOut } from './app/carry-out.ts'
import { ordersAssess, ordersGiveUp, ordersStop } from './app/order-tasks.ts'
import { ordersPlan } from './app/plan-order.ts'
import { ordersWatch } from './app/watch-order.ts'
import { orderPlacing, type PlaceOrder } from './app/create-order.ts'
import { householdMerging } from './app/merge-households.ts'
import { findDrift, type ChangedReport } from './app/find-drift.ts'
import { giveUpDevice } from './app/give-up-device.ts'
import { offerAnew } from './app/offer-anew.ts'
import { outputsOf, type DeliveryOutput } from './app/outputs.ts'
import { orderDesk, type OrderDesk } from './app/desk.ts'
import { deliveriesRecord, subscriptionsRecord } from './app/record-states.ts'
import { reconsider } from './app/reconsider.ts'
import { addUpAdoption, type Adoption } from './app/adoption.ts'
import type { Concerned, DeliveryFacts } from './app/storage.ts'
import { takeInputs, type DeliveryInput } from './app/take-inputs.ts'
import { campaignRoutes } from './http/campaigns.ts'
import { overviewRoutes } from './http/overview.ts'
import { orderProcessingRoutes } from './http/routes.ts'
import { isOver, type OrderState } from './domain/order-states.ts'
import { adoptionRows } from './store/adoption-rows.ts'
import { campaignRows } from './store/campaign-rows.ts'
import { mergeRows } from './store/merge-rows.ts'
import { searchRows } from './store/search-rows.ts'
import { tallyRows } from './store/tally-rows.ts'
import { workTallies } from './app/tallies.ts'
import { createOrderStore } from './store/order-store.ts'
import { installedServices, type InstalledService } from './store/installed-services.ts'
import { pastRows, type Past } from './store/past-rows.ts'
import {
  originFacts,
  subscribed,
  subscriptionFacts,
  subscriptionPage,
  type OriginFacts,
  type SubscriptionFacts,
} from './store/situation-rows.ts'
import { manifestsInPlace, type InPlace } from './store/drift-rows.ts'
import { versionsInUse } from './store/versions-in-use.ts'

export type { OrderedBy, PlaceOrder } from './app/create-order.ts'
export type { OrderDesk } from './app/desk.ts'
export {
  countedAtMost,
  type Between,
  type Found,
  type OrderSearch,
  type Slice,
  type Standing,
  type SubscriptionDetails,
  type SubscriptionSearch,
} from './app/search.ts'
export type { Delivery, NewOrder, Order, OrderItem, OrderWithItems, Origin, Subscription } from './app/storage.ts'
export type { Adoption, FailedAlike, FailedDelivery, DevicesOfVersion } from './app/adoption.ts'
export type { CampaignPart, KnownDrift, Past } from './store/past-rows.ts'
export * as orderProblems from './errors.ts'
export { orderRequest, type OrderRequest } from './contract.ts'
export { isOver, orderStates, type OrderState } from './domain/order-states.ts'
export { deliveryStates } from './domain/states.ts'
export { resolverDevice } from './app/resolver-device.ts'
export type { InPlace } from './store/drift-rows.ts'
export type { Concerned, DeliveryFacts, DeliveryInput, DeliveryOutput }

export interface DeliveryUnderWay {
  readonly tenant: string
  readonly household: string
  readonly device: string
  readonly service: string
  /** Milliseconds since the Unix epoch; null where the order says nothing. */
  readonly due: number | null
}

/** Takes orders, decomposes them into deliveries, and keeps track of each until every device has proved itself. */
export interface OrderProcessing {
  /** Engine tasks that the shipped patterns use, by name. */
  readonly tasks: Readonly<Record<string, Task>>
  /** What devices say about their deliveries; see app/take-inputs.ts. */
  takeInputs(tx: Tx, inputs: readonly DeliveryInput[]): Promise<(string | null)[]>
  /** The outputs that carry these deliveries. */
  outputsOf(tx: Tx, deliveries: readonly string[]): Promise<DeliveryOutput[]>
  /** What a device is to have, or goes on having: open and confirmed installs. */
  assignedTo(device: string): Promise<readonly AssignedComponent[]>
  /** Those of `versions` that a subscription is to, or that some device has or is to have. */
  versionsInUse(versions: readonly VersionId[]): Promise<VersionId[]>
  /** To whom an order belongs, and whether anything more happens to it; null when there is none. */
  order(id: string): Promise<{ tenant: string; household: string; ended: boolean } | null>
  /** Whose a delivery is; null when there is none. */
  delivery(id: string): Promise<{ tenant: string; household: string } | null>
  /** What a delivery is of and when its order is to be complete; null when there is none, or it is over. */
  underWay(id: string): Promise<DeliveryUnderWay | null>
  /** Takes an order of anybody's or anything's; as POST /orders does, in the same commits. See app/create-order.ts. */
  readonly place: PlaceOrder
  /** Orders and subscriptions as people and systems with a key ask for them. */
  readonly desk: OrderDesk
  /** Where these orders are; those that there are. One statement. */
  orderStates(ids: readonly string[]): Promise<{ id: string; state: OrderState }[]>
  /**
   * Asks to cancel what is still open of an order, for whoever holds the decision.
   * @throws CallerError `not-found`, `order-settled`
   */
  cancel(by: CancelledBy, id: string, reason: string): Promise<void>
  /** Compares what devices report, other than before, with what they have proved. */
  findDrift(tx: Tx, changed: readonly ChangedReport[]): Promise<void>
  /** By what each of these devices has proved to run of each service, the file list of it. One statement. */
  inPlace(sql: Sql, devices: readonly string[]): Promise<InPlace[]>
  /** Cancels what is open for a device that was taken out of service. */
  giveUpDevice(device: string): Promise<void>
  /** Offers what is open for a device anew: it speaks another protocol since `at` (milliseconds). */
  offerAnew(device: string, at: number): Promise<void>
  /** What came of orders, for whoever explains it. */
  readonly past: Past
  /** What became of a service's versions on devices, counted. */
  readonly adoption: Adoption
  /** Of each known delivery what policy may want to know, in one statement. */
  deliveryFacts(tx: Tx, ids: readonly string[]): Promise<DeliveryFacts[]>
  /** Has policy asked again about what is held back for a household, a device or a whole tenant. */
  reconsider(tx: Tx, whose: Concerned): Promise<void>
  subscriptions(ids: readonly string[], sql: Sql): Promise<SubscriptionFacts[]>
  /** A tenant's living subscriptions in order of id, of one service or of all: at most `limit` after the id `after` ('' at first). */
  pageSubscriptions(
    sql: Sql,
    tenant: string,
    service: string | null,
    after: string,
    limit: number,
  ): Promise<SubscriptionFacts[]>
  /** How many living subscriptions are to this version. */
  subscribed(sql: Sql, tenant: string, service: string, version: string): Promise<number>
  /** What orders came from, and subscriptions by their newest order; by id. */
  originsOf(
    sql: Sql,
    asked: { readonly orders: readonly string[]; readonly subscriptions: readonly string[] },
  ): Promise<Map<string, OriginFacts>>
  /** What a household has, by service. */
  installedServices(household: string): Promise<InstalledService[]>
  /** Adds up how deliveries came to an end, and what became of services; called every few seconds. */
  addUpCounts(): Promise<void>
  /** What this module keeps about people and households. */
  readonly keeper: Keeper
  routes(): Hono<ApiEnv>
}

type Given = Omit<OrderDependencies, 'storage'> & Pick<CampaignDependencies, 'entities' | 'definitions' | 'windows'>

export function createOrderProcessing(given: Given): OrderProcessing {
  const deps: OrderDependencies = { ...given, storage: createOrderStore(given.database) }
  const place = orderPlacing(deps)
  const desk = orderDesk({ ...deps, search: searchRows(given.database) }, place)
  const cancel: OrderProcessing['cancel'] = (by, id, reason) => cancelOrder(deps, by, id, reason)
  const campaigns: CampaignDependencies = {
    ...given,
    campaigns: campaignRows(given.database),
    fittings: new Fittings(given.entities, given.definitions.fit),
    place,
    cancel,
  }
  const tallies = workTallies({ clock: given.clock, storage: tallyRows(given.database) })
  const adoption = adoptionRows(given.database)
  return {
    tasks: {
      'deliveries.record': deliveriesRecord(deps),
      'subscriptions.record': subscriptionsRecord(deps),
      'orders.carriedOut': ordersCarriedOut(deps),
      'orders.plan': ordersPlan(deps),
      'orders.watch': ordersWatch(deps),
      'orders.assess': ordersAssess(deps),
      'orders.stop': ordersStop(deps),
      'orders.giveUp': ordersGiveUp(deps),
      ...campaignTasks(campaigns),
    },
    place,
    desk,
    orderStates: (ids) => deps.storage.orderStates(ids),
    cancel,
    takeInputs: (tx, inputs) => takeInputs(deps, tx, inputs),
    outputsOf: (tx, deliveries) => outputsOf(deps, tx, deliveries),
    assignedTo: (device) => deps.storage.assignedTo(device),
    versionsInUse: (versions) => versionsInUse(given.database, versions),
    async order(id) {
      const found = await deps.storage.order(id)
      if (found === null) return null
      const { tenant, household, state } = found.order
      return { tenant, household, ended: isOver(state) }
    },
    async underWay(id) {
      const delivery = await deps.storage.delivery(id)
      if (delivery === null || delivery.settledAt !== null) return null
      const { tenant, household, device, service } = delivery
      const due = (await deps.storage.order(delivery.order))?.order.requestedCompletion ?? null
      return { tenant, household, device, service, due: due && due.getTime() }
    },
    async delivery(id) {
      const found = await deps.storage.delivery(id)
      return found && { tenant: found.tenant, household: found.household }
    },
    deliveryFacts: (tx, ids) => deps.storage.deliveryFacts(tx.sql, ids),
    reconsider: (tx, whose) => reconsider(deps, tx, whose),
    inPlace: manifestsInPlace,
    findDrift: (tx, changed) => findDrift(deps, tx, changed),
    subscriptions: (ids, sql) => subscriptionFacts(sql, ids),
    pageSubscriptions: subscriptionPage,
    subscribed,
    originsOf: originFacts,
    installedServices: (household) => installedServices(given.database.sql, household),
    past: pastRows(given.database.sql),
    adoption,
    giveUpDevice: (device) => giveUpDevice(deps, device),
    offerAnew: (device, at) => offerAnew(deps, device, at),
    async addUpCounts() {
      await Promise.all([tallies.addUp(), addUpAdoption(given.clock, adoption)])
    },
    keeper: { ...orderKeeper, households: householdMerging({ ...deps, merges: mergeRows }) },
    routes() {
      const app = orderProcessingRoutes(deps, desk, place)
      overviewRoutes(app, given.access, tallies)
      campaignRoutes(app, campaigns)
      return app
    },
  }
}
