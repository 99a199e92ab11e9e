import { Skeleton, Table, Text, Title } from '@mantine/core'
import type { Schemas } from '@sutler/client'
import { Link } from '@tanstack/react-router'
import { overview } from '#words/overview.ts'
import { number } from './numbers.ts'

const words = overview.versions
/** More are on the services’ own pages. */
const shown = 12

/** Which versions of services households have, the most frequent first. */
export function VersionTable({ work }: { work: Schemas['WorkTally'] | undefined }) {
  if (work === undefined) return <Skeleton height={120} />
  return (
    <section>
      <Title order={2} mb="xs">
        {words.title}
      </Title>
      {work.subscriptions.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      ) : (
        <Table aria-label={words.title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.service}</Table.Th>
              <Table.Th>{words.version}</Table.Th>
              <Table.Th ta="right">{words.count}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {work.subscriptions.slice(0, shown).map(({ service, version, subscriptions }) => (
              <Table.Tr key={`${service} ${version}`}>
                <Table.Td>{service}</Table.Td>
                <Table.Td>
                  <Link className="line-link" to="/devices" search={{ q: filterOf(service, version) } as never}>
                    {version}
                  </Link>
                </Table.Td>
                <Table.Td ta="right">{number(subscriptions)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  )
}

/** The devices on which the version is. */
function filterOf(service: string, version: string): string {
  return `report.installed.exists(i, i.service == ${JSON.stringify(service)} && i.version == ${JSON.stringify(version)})`
}
