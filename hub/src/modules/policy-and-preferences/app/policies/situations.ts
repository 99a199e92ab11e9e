import type { JsonObject, Variables } from '@sutler/expressions'
import type { WallTime } from '../../../../platform/clock.ts'
import type { Sql } from '../../../../platform/database.ts'
import type { Device, Household } from '../../../entity-management/index.ts'
import type { PoliciesDependencies } from './dependencies.ts'

/** What something is about, by ids; null where it concerns none. */
export interface About {
  readonly household: string | null
  readonly device: string | null
  readonly subscription: string | null
}

type Subscriptions = Awaited<ReturnType<PoliciesDependencies['orders']['subscriptions']>>

/** What expressions see of households, devices and subscriptions, as they are now. */
export interface Things {
  readonly households: ReadonlyMap<string, Household>
  readonly devices: ReadonlyMap<string, Device>
  readonly subscriptions: ReadonlyMap<string, Subscriptions[number]>
}

/** What an event is about. */
export function aboutEvent(event: {
  readonly type: string
  readonly subject: string
  readonly household: string | null
  readonly data: Readonly<Record<string, unknown>>
}): About {
  const named = (noun: string): string | null => {
    if (event.type.startsWith(`${noun}.`)) return event.subject
    const value = event.data[noun]
    return typeof value === 'string' ? value : null
  }
  return { household: event.household, device: named('device'), subscription: named('subscription') }
}

/** Reads all that these are about, in one statement each. */
export async function readThings(
  { entities, orders }: Pick<PoliciesDependencies, 'entities' | 'orders'>,
  sql: Sql,
  abouts: readonly About[],
): Promise<Things> {
  const ids = (what: keyof About): string[] => [...new Set(abouts.flatMap((about) => about[what] ?? []))]
  const [devices, subscriptions] = [ids('device'), ids('subscription')]
  const [foundDevices, foundSubscriptions, households] = await Promise.all([
    devices.length === 0 ? [] : entities.devices(devices, sql),
    subscriptions.length === 0 ? [] : orders.subscriptions(subscriptions, sql),
    entities.households(ids('household'), sql),
  ])
  return {
    households: byId(households),
    devices: byId(foundDevices),
    subscriptions: byId(foundSubscriptions),
  }
}

/** The variables of one situation. A thing of another tenant, or that is gone, is null. */
export function variablesOf(about: About, things: Things, tenant: string, now: WallTime): Variables {
  const own = <T extends { readonly tenant: string }>(found: T | undefined): T | null =>
    found === undefined || found.tenant !== tenant ? null : found
  const household = about.household === null ? null : own(things.households.get(about.household))
  const device = about.device === null ? null : own(things.devices.get(about.device))
  const subscription = about.subscription === null ? null : own(things.subscriptions.get(about.subscription))
  return {
    household: household && householdVariable(household),
    device: device && deviceVariable(device),
    subscription: subscription && subscriptionVariable(subscription),
    now: new Date(now),
  }
}

export function householdVariable({ id, name, timeZone }: Household): JsonObject {
  return { id, name, timeZone }
}

export function deviceVariable(device: Device): JsonObject {
  const { id, household, class: deviceClass, serial, name, state, reachable, capabilities } = device
  const report = capabilities as unknown as JsonObject | null
  return { id, household, class: deviceClass, serial, name, state, reachable, report }
}

export function subscriptionVariable({ id, household, service, version, state }: Subscriptions[number]): JsonObject {
  return { id, household, service, version, state }
}

function byId<T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((each) => [each.id, each]))
}
