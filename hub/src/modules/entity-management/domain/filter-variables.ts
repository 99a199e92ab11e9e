import type { Variables } from '@sutler/expressions'
import type { Labels } from './attributes.ts'
import type { Device, Household } from './entities.ts'

/** What a filter says of one device, for CEL itself: the same that `fleetFields` reads in the database. */
export function filterVariables(device: Device, household: Household, now: Date): Variables {
  const { id, serial, name, protocol, state, reachable } = device
  return {
    now,
    device: {
      id,
      household: device.household,
      class: device.class,
      serial,
      name,
      protocol,
      state,
      reachable,
      reachableChangedAt: instant(device.reachableChangedAt),
      reportedAt: instant(device.reportedAt),
      createdAt: instant(device.createdAt),
      ...texts(device),
    },
    report: device.capabilities as unknown as Variables[string],
    household: {
      id: household.id,
      name: household.name,
      timeZone: household.timeZone,
      kind: household.kind,
      ...texts(household),
    },
  }
}

/** Attributes are texts to filters, whatever their type is. */
function texts({ tags, attributes }: Labels) {
  const values = Object.entries(attributes).map(([name, value]) => [name, String(value)])
  return { tags: [...tags], attributes: Object.fromEntries(values) as Record<string, string> }
}

function instant(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}
