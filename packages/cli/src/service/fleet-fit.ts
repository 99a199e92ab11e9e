import { answer, type Schemas, type SutlerClient } from '@sutler/client'
import type { ServiceSource } from '../service-source.ts'
import { counted, printable } from '../terminal.ts'

type FleetFit = Omit<Schemas['FleetFit'], 'next'>

const pageLimit = 2_000
/** Reasons that people are shown; JSON has all. */
const shown = 10

/** Has the hub judge its whole fleet, page by page. */
export async function fleetFitOf(
  api: SutlerClient,
  { id, composition }: ServiceSource,
  tell: (devices: number) => void,
): Promise<FleetFit> {
  const components = composition.components.map(({ name, deviceClass, compatibility, role, files }) => {
    return { name, deviceClass, compatibility, role, files: files.length }
  })
  const body = { service: id, version: composition.version, components }
  let sum: FleetFit = { devices: 0, otherClasses: 0, components: [], misfits: [] }
  let cursor: string | null = null
  do {
    const query = { limit: pageLimit, ...(cursor !== null && { cursor }) }
    const page: Schemas['FleetFit'] = answer(
      await api.POST('/api/v1/fleet-fit', { params: { query }, body: body as never }),
    )
    sum = added(sum, page)
    cursor = page.next
    tell(sum.devices)
  } while (cursor !== null)
  return sum
}

export function added(one: FleetFit, other: FleetFit): FleetFit {
  return {
    devices: one.devices + other.devices,
    otherClasses: one.otherClasses + other.otherClasses,
    components: together([...one.components, ...other.components], ({ component }) => component),
    misfits: together([...one.misfits, ...other.misfits], ({ class: name, reason }) => `${name} ${reason}`).toSorted(
      (a, b) => b.devices - a.devices,
    ),
  }
}

function together<T extends { readonly devices: number }>(counts: readonly T[], key: (count: T) => string): T[] {
  const groups = Map.groupBy(counts, key)
  return [...groups.values()].map((each) => ({
    ...each[0]!,
    devices: each.reduce((sum, { devices }) => sum + devices, 0),
  }))
}

/** A line per component, and why devices of its class get nothing. */
export function fleetFitText({ devices, otherClasses, components, misfits }: FleetFit): string {
  const none = misfits.reduce((sum, each) => sum + each.devices, 0)
  const more = misfits.length > shown ? [`  and ${misfits.length - shown} more reasons; --json has them`] : []
  return [
    `Of ${counted(devices, 'device')} in use:`,
    ...components.map((each) => printable(`  ${each.component.padEnd(16)} would go to ${each.devices}`)),
    ...(otherClasses > 0 ? [`  ${otherClasses} are of classes for which there is no component`] : []),
    ...(none > 0 ? [`  ${none} would get none:`] : []),
    ...misfits.slice(0, shown).map((each) => printable(`    ${each.devices} × ${each.class}: ${each.reason}`)),
    ...more,
  ].join('\n')
}
