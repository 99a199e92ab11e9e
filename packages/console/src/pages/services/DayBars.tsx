import { Table, Tooltip, VisuallyHidden } from '@mantine/core'
import { services } from '#words/services.ts'

interface Day {
  /** `2026-11-26`, UTC. */
  readonly day: string
  readonly confirmed: number
  readonly failed: number
}

const text = services.adoption
/** Of the picture, pixels. */
const height = 72

/** Two bars a day, as a picture and, for those who do not see it, as a table. */
export function DayBars({ days }: { days: readonly Day[] }) {
  const most = Math.max(1, ...days.map(({ confirmed, failed }) => confirmed + failed))
  const tall = (count: number): number => Math.round((height * count) / most)
  return (
    <>
      <div aria-hidden style={{ display: 'flex', alignItems: 'flex-end', gap: 3, height, marginTop: 8 }}>
        {days.map(({ day, confirmed, failed }) => (
          <Tooltip key={day} label={`${day}: ${text.confirmed} ${confirmed}, ${text.failed} ${failed}`}>
            <div style={{ flex: 1, display: 'flex', flexDirection: 'column', justifyContent: 'flex-end', height }}>
              <div style={{ height: tall(failed), background: 'var(--mantine-color-red-filled)' }} />
              <div
                style={{
                  height: Math.max(tall(confirmed), 2),
                  background: 'var(--mantine-color-teal-filled)',
                  borderRadius: 2,
                }}
              />
            </div>
          </Tooltip>
        ))}
      </div>
      <VisuallyHidden>
        <Table aria-label={text.days}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{text.day}</Table.Th>
              <Table.Th>{text.confirmed}</Table.Th>
              <Table.Th>{text.failed}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.map(({ day, confirmed, failed }) => (
              <Table.Tr key={day}>
                <Table.Td>{day}</Table.Td>
                <Table.Td>{confirmed}</Table.Td>
                <Table.Td>{failed}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </VisuallyHidden>
    </>
  )
}
