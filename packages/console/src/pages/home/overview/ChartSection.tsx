import { Button, Group, ScrollArea, Table, Text, Title } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { overview } from '#words/overview.ts'
import { ExactTime } from '../../../parts/Time.tsx'
import { Chart, type Line } from './Chart.tsx'
import { number } from './numbers.ts'

export interface Point {
  /** ISO 8601. */
  readonly at: string
  /** One for each line. */
  readonly values: readonly number[]
}

interface ChartSectionProps {
  readonly title: string
  readonly summary: string
  /** As they are told; a chart of bars draws them one on the other, the last line lowest. */
  readonly lines: readonly Line[]
  readonly points: readonly Point[]
  readonly isStacked?: boolean
}

/** A chart with its title, its summary, what its colours mean, and its values as a table for whoever wants them so. */
export function ChartSection({ title, summary, lines, points, isStacked = false }: ChartSectionProps) {
  const [isTable, { toggle }] = useDisclosure()
  const times = points.map(({ at }) => Date.parse(at) / 1000)
  const values = lines.map((_, index) =>
    points.map(({ values: own }) =>
      isStacked ? own.slice(index).reduce((sum, value) => sum + value, 0) : own[index]!,
    ),
  )
  return (
    <section>
      <Group justify="space-between" mb={4}>
        <Title order={2}>{title}</Title>
        <Button size="compact-xs" variant="subtle" aria-pressed={isTable} onClick={toggle}>
          {overview.table.show}
        </Button>
      </Group>
      <Group justify="space-between" mb="xs">
        <Text size="sm" c="dimmed">
          {summary}
        </Text>
        <Group gap="md">
          {lines.map(({ label, colour }) => (
            <Group key={label} gap={6}>
              <span
                aria-hidden
                style={{ width: 10, height: 10, borderRadius: 2, background: `var(--mantine-color-${colour}-6)` }}
              />
              <Text size="xs">{label}</Text>
            </Group>
          ))}
        </Group>
      </Group>
      {isTable ? (
        <ScrollArea.Autosize mah={220} viewportProps={{ tabIndex: 0 }}>
          <Table aria-label={title} verticalSpacing={2}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{overview.table.time}</Table.Th>
                {lines.map(({ label }) => (
                  <Table.Th key={label} ta="right">
                    {label}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {points.map((point) => (
                <Table.Tr key={point.at}>
                  <Table.Td>
                    <ExactTime at={point.at} />
                  </Table.Td>
                  {lines.map(({ label }, index) => (
                    <Table.Td key={label} ta="right">
                      {number(point.values[index]!)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      ) : (
        <Chart summary={`${title}: ${summary}`} lines={lines} data={[times, ...values]} />
      )}
    </section>
  )
}
