import type { CapabilityReport, InstalledComponent } from '@sutler/device-model'
import type { WallTime } from '../../../platform/clock.ts'
import type { EntityKind, Labels } from './attributes.ts'
import type { Device, Household, User } from './entities.ts'

/** Whose word an attribute is: what a device says of itself, what people of the operator's say, what systems outside say. */
export const attributeOwners = ['device', 'operator', 'directory', 'scim'] as const
export type AttributeOwner = (typeof attributeOwners)[number]

/** One attribute before and after; null where there was none, or is none any more. */
export interface AttributeChange {
  readonly name: string
  readonly before: unknown
  readonly after: unknown
}

/** What changed of one entity at one moment. */
export interface HistoryEntry {
  /** Grows per entity, apart for what the device says. */
  readonly id: number
  readonly at: WallTime
  readonly owner: AttributeOwner
  /** Null: the device, or the hub by itself. */
  readonly by: { readonly id: string; readonly kind: string } | null
  readonly changes: readonly AttributeChange[]
}

export interface NewHistoryEntry {
  readonly tenant: string
  readonly kind: EntityKind
  readonly subject: string
  readonly owner: Exclude<AttributeOwner, 'device'>
  readonly by: HistoryEntry['by']
  readonly changes: readonly AttributeChange[]
}

/** By name, all attributes of an entity that people or systems outside set. */
type Attributes = Readonly<Record<string, unknown>>

export function deviceAttributes({ name, household, state, protocol, ...device }: Device): Attributes {
  return { name, household, state, protocol, ...labelled(device) }
}

export function userAttributes({ name, email, households, ...user }: User): Attributes {
  return { name, email, households, ...labelled(user) }
}

export function householdAttributes({ name, kind, timeZone, ...household }: Household): Attributes {
  return { name, kind, timeZone, ...labelled(household) }
}

function labelled({ tags, attributes }: Labels): Attributes {
  return { tags, ...prefixed('attributes', attributes) }
}

/**
 * What a device says of itself, but for what changes with mere use, and for what it has in place being given again: which files are
 * not as they should be, and not under which intention or manifest.
 */
export function reportAttributes(report: CapabilityReport): Attributes {
  const {
    class: kind,
    protocol,
    hardware,
    os,
    memory,
    storage,
    runtimes,
    features,
    timeZone,
    network,
    limits,
    settings,
    installed,
    units,
  } = report
  return {
    class: kind,
    ...(protocol !== undefined && { protocol }),
    ...prefixed('hardware', hardware),
    ...prefixed('os', os),
    ...(memory && { 'memory.total': memory.total }),
    ...(storage && { 'storage.total': storage.total }),
    ...prefixed('runtimes', runtimes),
    features: features.toSorted(),
    ...(timeZone !== undefined && { timeZone }),
    ...prefixed('network', network ?? {}),
    ...prefixed('limits', limits ?? {}),
    ...Object.fromEntries(Object.entries(settings ?? {}).map(([name, { value }]) => [`settings.${name}`, value])),
    ...Object.fromEntries(installed.flatMap(installedAttributes)),
    ...Object.fromEntries((units ?? []).map(({ name, version }) => [`units.${name}`, version])),
  }
}

function installedAttributes({ service, component, version, wrong = [] }: InstalledComponent): [string, unknown][] {
  const name = `installed.${service}.${component}`
  return [[name, version], ...(wrong.length === 0 ? [] : [[`${name}.wrong`, wrong.toSorted()] as [string, unknown]])]
}

function prefixed(prefix: string, values: object): Attributes {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]))
}

/** In order of name. */
export function changesBetween(before: Attributes, after: Attributes): AttributeChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return names.flatMap((name) => {
    const [old, now] = [before[name] ?? null, after[name] ?? null]
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ name, before: old, after: now }]
  })
}
