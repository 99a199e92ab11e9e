import { CallerError } from '../../../platform/errors.ts'
import { invalidCursor } from '../../../platform/http/codes.ts'
import type { Device, DeviceOrder } from '../domain/entities.ts'
import type { DeviceFilter, FleetPlace } from './storage.ts'

/** The simple conditions of a list, as a filter has them; empty without any. */
export function inWords({ household, class: kind, reachable }: DeviceFilter): string {
  return [
    household === undefined ? [] : `device.household == ${JSON.stringify(household)}`,
    kind === undefined ? [] : `device.class == ${JSON.stringify(kind)}`,
    reachable === undefined ? [] : `device.reachable == ${reachable}`,
  ]
    .flat()
    .join(' && ')
}

/** Where a device is in a list: its id, and before that what the list is sorted by. */
export function writePlace(order: DeviceOrder, device: Device): string {
  if (order === 'id') return device.id
  const by = order.endsWith('name') ? device.name : device.reachableChangedAt
  return JSON.stringify([by, device.id])
}

/** @throws CallerError `invalid-cursor` (400) when it is of a list that is sorted otherwise */
export function placeOf(order: DeviceOrder, place: string): FleetPlace {
  if (order === 'id') return { id: place }
  const named = order.endsWith('name')
  const read = parsed(place)
  if (Array.isArray(read) && read.length === 2 && typeof read[1] === 'string') {
    const [by, id] = read as [unknown, string]
    if (named && typeof by === 'string') return { id, by }
    if (!named && typeof by === 'number' && Math.abs(by) <= 8.64e15) return { id, by: new Date(by) }
  }
  throw new CallerError(invalidCursor, `“${place.slice(0, 80)}” is no place in a list that is sorted by ${order}.`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
