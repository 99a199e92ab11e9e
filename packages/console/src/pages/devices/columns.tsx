import { Badge, Group, Text } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { devices } from '#words/devices.ts'
import { fleet } from '#words/fleet.ts'
import type { Column } from '../../parts/DataTable.tsx'
import { Presence } from '../../parts/Presence.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'

export type Device = Schemas['Device']
const words = devices.columns

/** All that a list of devices can show. @param nameOf what households are called */
export function deviceColumns(nameOf: (id: string) => string): Column<Device>[] {
  return [
    {
      id: 'name',
      header: words.name,
      sort: 'name',
      cell: (d) => (
        <RowLink to="device" id={d.id}>
          {d.name}
        </RowLink>
      ),
    },
    { id: 'class', header: words.class, cell: (d) => fleet.classes[d.class], wide: true },
    {
      id: 'household',
      header: words.household,
      wide: true,
      cell: (d) => (
        <RowLink to="household" id={d.household}>
          {nameOf(d.household)}
        </RowLink>
      ),
    },
    {
      id: 'presence',
      header: words.presence,
      sort: 'presence',
      cell: (d) => <Presence reachable={d.reachable} since={d.reachableChangedAt} />,
    },
    { id: 'state', header: words.state, cell: (d) => <StateBadge state={d.state} /> },
    { id: 'protocol', header: words.protocol, cell: (d) => fleet.protocols[d.protocol], wide: true },
    { id: 'model', header: words.model, cell: (d) => d.capabilities?.hardware.model ?? '–', wide: true },
    { id: 'os', header: words.os, cell: (d) => system(d), wide: true },
    { id: 'serial', header: words.serial, cell: (d) => <Text size="sm">{d.serial}</Text>, wide: true },
    { id: 'installed', header: words.installed, cell: (d) => <Installed device={d} />, wide: true },
    { id: 'reported', header: words.reported, cell: (d) => <Time at={d.reportedAt} />, wide: true },
    { id: 'created', header: words.created, cell: (d) => <Time at={d.createdAt} />, wide: true },
  ]
}

/** Shown until somebody chooses others. */
export const usualColumns = ['name', 'class', 'household', 'presence', 'state', 'protocol', 'model', 'os']

export function system({ capabilities }: Device): string {
  return capabilities === null ? '–' : `${capabilities.os.name} ${capabilities.os.version}`
}

function Installed({ device }: { device: Device }) {
  const services = [...new Set(device.capabilities?.installed.map((each) => `${each.service} ${each.version}`) ?? [])]
  return (
    <Group gap={4}>
      {services.slice(0, 3).map((service) => (
        <Badge key={service} color="gray">
          {service}
        </Badge>
      ))}
      {services.length > 3 && <Text size="xs">+{services.length - 3}</Text>}
    </Group>
  )
}
