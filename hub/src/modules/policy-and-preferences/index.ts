import type { DeliveryTerms } from '@sutler/device-model'
import type { Hono } from 'hono'
import type { Decision } from '../../platform/access.ts'
import type { Task } from '../../engine/index.ts'
import type { Milliseconds, WallTime } from '../../platform/clock.ts'
import type { Tx } from '../../platform/database.ts'
import type { ApiEnv } from '../../platform/http/api.ts'
import type { Keeper } from '../../platform/keepers.ts'
import { answerKeeper } from './store/keeper-rows.ts'
import type { Device } from '../entity-management/index.ts'
import type { PolicyDependencies } from './app/dependencies.ts'
import type { Firing } from './app/policies/storage.ts'
import type { Answer } from './app/storage.ts'
import { foreseeDelivery, judgeDeliveries, reviewDelivery } from './app/policies/delivery-rules.ts'
import type { PoliciesDependencies } from './app/policies/dependencies.ts'
import { policyWorker } from './app/policies/worker.ts'
import { policyDecide } from './app/policy-task.ts'
import { changeDevicePreferences } from './app/preferences/change-device.ts'
import { channelsOf } from './app/preferences/channels.ts'
import { termsOf } from './app/terms.ts'
import type { DevicePreferencesChange } from './contract.ts'
import { forgetOld } from './app/retention.ts'
import type { Channel } from './domain/preferences/channel.ts'
import { checkWindows } from './domain/windows/check.ts'
import { openingAt } from './domain/windows/openings.ts'
import { windowsOf } from './domain/windows/reading.ts'
import type { WindowText } from './domain/windows/window.ts'
import { approvalRoutes } from './http/approvals.ts'
import { policiesRoutes } from './http/policies.ts'
import { policyRoutes } from './http/routes.ts'
import { policyStorage } from './store/policy-storage.ts'
import { preferenceStorage } from './store/preference-storage.ts'

export type { Firing } from './app/policies/storage.ts'
export type { Answer } from './app/storage.ts'
export { devicePreferencesChange, windowList, type DevicePreferencesChange } from './contract.ts'
export { invalidWindow, windowNeverOpens, windowOverlaps } from './errors.ts'
export type { Channel } from './domain/preferences/channel.ts'
export type { WindowText } from './domain/windows/window.ts'

/** Asked before each delivery; preferences constrain every plan, and every decision is explained rule by rule. */
export interface PolicyAndPreferences {
  /** Engine tasks that the shipped patterns use, by name. */
  readonly tasks: Readonly<Record<string, Task>>
  /** The channel that a household takes each of these services from, where an order names none. One statement. */
  channelsOf(tenant: string, household: string, services: readonly string[]): Promise<Map<string, Channel>>
  /** Whether a delivery that a device has been offered may be carried out now, and by when; null when it is over. */
  termsOf(delivery: string): Promise<DeliveryTerms | null>
  /** To be called when what devices say of themselves has changed: what is held for that is decided again. */
  devicesChanged(tx: Tx, devices: readonly string[]): Promise<void>
  /** What devices themselves prefer, many of them alike. */
  readonly devicePreferences: {
    /** @throws CallerError `invalid-window`, `window-never-opens`, `window-overlaps-itself` */
    check(change: DevicePreferencesChange): void
    /** @throws CallerError `preferences-too-large`, `changed-meanwhile` @param decision what it follows from */
    change(
      device: Pick<Device, 'id' | 'tenant' | 'household'>,
      change: DevicePreferencesChange,
      decision: Decision,
    ): Promise<void>
  }
  /** What was answered about each of these deliveries, oldest first: of each the newest `most`. */
  answersOf(deliveries: readonly string[], most: number): Promise<Answer[]>
  /** What a policy made of something, with every clause; null when it is forgotten. */
  firing(id: string): Promise<Firing | null>
  /** Forgets answers about deliveries that are older than `kept`. */
  forgetOld(kept: Milliseconds): Promise<void>
  /** What this module keeps about people and households. */
  readonly keeper: Keeper
  routes(): Hono<ApiEnv>
  /** Policies begin to follow events and to do what is due. */
  start(): void
  stop(): Promise<void>
}

/** Windows as preferences have them, for others that go by windows: campaigns. Pure. */
export const windows = {
  /** @throws CallerError `invalid-window`, `window-never-opens`, `window-overlaps-itself` with places under `/windows` */
  check: (list: readonly WindowText[], now: WallTime): void => checkWindows(list, now),
  /** Whether they are open in a place; if not, until when (null: for ever) and why. For lists that were checked. */
  at: (list: readonly WindowText[], timeZone: string, now: WallTime) => openingAt(windowsOf(list), now, timeZone),
}

type Given = Omit<PolicyDependencies, 'storage'> & Omit<PoliciesDependencies, 'storage'>

export function createPolicyAndPreferences(given: Given): PolicyAndPreferences {
  const preferences: PolicyDependencies = { ...given, storage: preferenceStorage }
  const policies: PoliciesDependencies = { ...given, storage: policyStorage }
  const worker = policyWorker(policies)
  const judge = (tx: Tx, asked: Parameters<typeof judgeDeliveries>[2]) => judgeDeliveries(policies, tx, asked)
  return {
    tasks: { 'policy.decide': policyDecide(preferences, judge) },
    channelsOf: (tenant, household, services) => channelsOf(preferences, tenant, household, services),
    termsOf: (delivery) => termsOf(preferences, (...asked) => reviewDelivery(policies, ...asked), delivery),
    async devicesChanged(tx, devices) {
      for (const device of await preferenceStorage.answers.waiting(tx.sql, devices))
        await given.orders.reconsider(tx, { device })
    },
    devicePreferences: {
      check: ({ set }) => checkWindows(set.windows ?? [], given.clock.now(), set.quietHours ?? null),
      change: (...asked) => changeDevicePreferences(preferences, ...asked),
    },
    answersOf: (deliveries, most) => preferenceStorage.answers.of(given.database.sql, deliveries, most),
    firing: (id) => policyStorage.firings.find(given.database.sql, id),
    forgetOld: (kept) => forgetOld(preferences, kept),
    keeper: answerKeeper,
    routes() {
      const router = policyRoutes(preferences, (...asked) => foreseeDelivery(policies, ...asked))
      policiesRoutes(router, policies)
      approvalRoutes(router, policies)
      return router
    },
    start: () => worker.start(),
    stop: () => worker.stop(),
  }
}
