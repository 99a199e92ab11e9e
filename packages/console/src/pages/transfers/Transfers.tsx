import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { transfers as words } from '#words/transfers.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { ImportForm } from './ImportForm.tsx'

const importsRoute = getRouteApi('/imports')

type Import = Schemas['Import']

const columns: readonly Column<Import>[] = [
  { id: 'what', header: words.imports.what, cell: (each) => words.imports.kinds[each.kind] },
  {
    id: 'state',
    header: words.imports.state,
    cell: (each) => <StateBadge state={each.state} label={words.imports.states[each.state]} />,
  },
  { id: 'created', header: words.imports.created, numeric: true, cell: (each) => each.created.toLocaleString('en') },
  {
    id: 'unchanged',
    header: words.imports.unchanged,
    numeric: true,
    wide: true,
    cell: (each) => each.unchanged.toLocaleString('en'),
  },
  { id: 'failed', header: words.imports.failed, numeric: true, cell: (each) => each.failed.toLocaleString('en') },
  { id: 'started', header: words.imports.started, wide: true, cell: (each) => <Time at={each.createdAt} /> },
]

export function Transfers() {
  const { cursor } = importsRoute.useSearch()
  const navigate = importsRoute.useNavigate()
  const principal = usePrincipal()
  const page = useQuery({
    queryKey: ['imports', cursor],
    queryFn: async () => answer(await api.GET('/api/v1/imports', { params: { query: { ...(cursor && { cursor }) } } })),
    placeholderData: keepPreviousData,
  })
  const kinds = (Object.keys(words.exports.kinds) as (keyof typeof words.exports.kinds)[]).filter(
    (kind) => kind !== 'devices' || hasRole(principal, 'operator', 'auditor', 'subscriber'),
  )
  return (
    <>
      <PageHeader title={words.title} text={words.text} />
      <Stack gap="xl">
        {hasRole(principal, 'operator', 'sponsor') && (
          <ImportForm kinds={hasRole(principal, 'operator') ? ['devices', 'subscriptions'] : ['subscriptions']} />
        )}
        <section>
          <Title order={2}>{words.exports.title}</Title>
          <Text size="sm" c="dimmed" mb="xs">
            {words.exports.text}
          </Text>
          <Stack gap={6}>
            {kinds.map((kind) => (
              <Group key={kind} gap="md">
                <Text size="sm" w={120}>
                  {words.exports.kinds[kind]}
                </Text>
                {(['csv', 'ndjson'] as const).map((format) => (
                  <Anchor
                    key={format}
                    size="sm"
                    href={`/api/v1/exports/${kind}?format=${format}`}
                    download={`${kind}.${format}`}
                    aria-label={`${words.exports.kinds[kind]}: ${words.exports[format]}`}
                  >
                    {words.exports[format]}
                  </Anchor>
                ))}
              </Group>
            ))}
          </Stack>
        </section>
        <section>
          <Title order={2} mb="xs">
            {words.imports.past}
          </Title>
          <DataTable
            label={words.imports.past}
            columns={columns}
            page={page.data}
            error={page.error}
            rowId={(each) => each.id}
            cursor={cursor}
            onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
            empty={<Text c="dimmed">{words.imports.none}</Text>}
          />
        </section>
      </Stack>
    </>
  )
}
