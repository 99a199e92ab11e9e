import { Skeleton, Text, Title } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { household } from '#words/households.ts'
import { api } from '../../api/client.ts'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { matterName, preferred } from '../../parts/preferred.ts'

const words = household.preferences

/** What holds for the household in the end, and by whom it is so. */
export function Preferences({ household: id }: { household: string }) {
  const { data, error } = useQuery({
    queryKey: ['household', id, 'preferences'],
    queryFn: async () =>
      answer(await api.GET('/api/v1/households/{id}/preferences/effective', { params: { path: { id } } })),
  })
  return (
    <section>
      <Title order={2} mb="xs">
        {words.title}
      </Title>
      <Fault error={error} />
      {data === undefined && error === null && <Skeleton height={60} />}
      {data?.matters.length === 0 && <Text c="dimmed">{words.none}</Text>}
      {data !== undefined && (
        <Facts
          facts={data.matters.map(({ matter, value, source }) => [
            matterName(matter),
            <span key={matter}>
              {preferred(value)}{' '}
              <Text span size="xs" c="dimmed">
                {source}
              </Text>
            </span>,
          ])}
        />
      )}
    </section>
  )
}
