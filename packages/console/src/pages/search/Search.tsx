import { Button, Group, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { search as words } from '#words/search.ts'
import { api } from '../../api/client.ts'
import { Empty } from '../../parts/Empty.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { pageOf } from '../../shell/search/hits.ts'

const searchRoute = getRouteApi('/search')

type Found = Schemas['SearchAnswer']['groups'][number]

/** Of each kind. */
const most = 25

/** Everything that is called so, by its kind. */
export function Search() {
  const { q } = searchRoute.useSearch()
  const navigate = searchRoute.useNavigate()
  const [typed, setTyped] = useState(q ?? '')
  const found = useQuery({
    queryKey: ['search', q, most],
    queryFn: async () => answer(await api.GET('/api/v1/search', { params: { query: { q: q!, limit: most } } })),
    enabled: q !== undefined,
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader title={words.title} />
      <Stack gap="xl">
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            void navigate({ search: { q: typed.trim() === '' ? undefined : typed.trim() } })
          }}
        >
          <Group align="flex-end" gap="xs" wrap="nowrap" maw="46rem">
            <TextInput
              style={{ flex: 1 }}
              type="search"
              label={words.label}
              value={typed}
              maxLength={128}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button type="submit">{words.submit}</Button>
          </Group>
        </form>
        <Fault error={found.error} />
        <div aria-live="polite">
          {q === undefined && <Text c="dimmed">{words.begin}</Text>}
          {q !== undefined && found.isPending && <Skeleton height={120} />}
          {found.data?.groups.length === 0 && <Empty title={words.none} text={words.noneText} />}
          <Stack gap="lg">
            {found.data?.groups.map((group) => (
              <Hits key={group.kind} of={group} />
            ))}
          </Stack>
        </div>
      </Stack>
    </>
  )
}

function Hits({ of: { kind, hits, more } }: { of: Found }) {
  return (
    <section>
      <Title order={2} mb="xs">
        {words.kinds[kind] ?? kind}
      </Title>
      <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {hits.map((hit) => (
          <li key={hit.id}>
            <Link className="line-link" to={pageOf(kind, hit) as '/'}>
              {hit.label}
            </Link>
            {hit.detail !== null && (
              <Text span size="sm" c="dimmed" ml="xs">
                {hit.detail}
              </Text>
            )}
          </li>
        ))}
      </Stack>
      {more && (
        <Text size="sm" c="dimmed">
          {words.more}
        </Text>
      )}
    </section>
  )
}
