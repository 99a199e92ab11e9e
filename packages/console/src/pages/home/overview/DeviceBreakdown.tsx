import '@mantine/core/styles/Progress.css'
import { Progress, SegmentedControl, Group, Skeleton, Table, Title } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { fleet as fleetWords } from '#words/fleet.ts'
import { overview } from '#words/overview.ts'
import { number, percent } from './numbers.ts'

const words = overview.devices
type By = 'class' | 'protocol' | 'state'

interface Row {
  readonly key: string
  readonly label: string
  readonly devices: number
  readonly reachable: number
}

function rowsOf(fleet: Schemas['FleetTally'], by: By): Row[] {
  if (by === 'class')
    return fleet.byClass.map((each) => ({ ...each, key: each.class, label: fleetWords.classes[each.class] }))
  if (by === 'protocol')
    return fleet.byProtocol.map((each) => ({ ...each, key: each.protocol, label: fleetWords.protocols[each.protocol] }))
  return fleet.byState.map((each) => ({ ...each, key: each.state, label: each.state }))
}

/** Devices by what they are, and how many of each are connected. */
export function DeviceBreakdown({ fleet }: { fleet: Schemas['FleetTally'] | undefined }) {
  const [by, setBy] = useState<By>('class')
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{words.title}</Title>
        <SegmentedControl
          size="xs"
          aria-label={words.by}
          value={by}
          onChange={(next) => setBy(next as By)}
          data={(['class', 'protocol', 'state'] as const).map((each) => ({ value: each, label: words[each] }))}
        />
      </Group>
      {fleet === undefined ? (
        <Skeleton height={120} />
      ) : (
        <Table aria-label={words.title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words[by].charAt(0).toUpperCase() + words[by].slice(1)}</Table.Th>
              <Table.Th ta="right">{words.count}</Table.Th>
              <Table.Th ta="right">{words.connected}</Table.Th>
              <Table.Td className="wide" w="35%" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rowsOf(fleet, by).map(({ key, label, devices, reachable }) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <Link className="line-link" to="/devices" search={{ q: `device.${by} == "${key}"` } as never}>
                    {label}
                  </Link>
                </Table.Td>
                <Table.Td ta="right">{number(devices)}</Table.Td>
                <Table.Td ta="right">{percent(reachable, devices)}</Table.Td>
                <Table.Td className="wide">
                  <Progress
                    value={devices === 0 ? 0 : (100 * reachable) / devices}
                    size="sm"
                    aria-hidden
                    color="teal"
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  )
}
