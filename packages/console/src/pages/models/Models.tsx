import { Select, Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { models } from '#words/models.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { modelNamesQuery, rolesQuery } from '../../api/models.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { LinkButton } from '../../parts/links.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { Who } from '../../parts/Who.tsx'
import { Drafts } from './Drafts.tsx'
import { Roles } from './roles/Roles.tsx'

const route = getRouteApi('/models')

export function Models() {
  const { tab = 'versions' } = route.useSearch()
  const navigate = route.useNavigate()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  useLiveRefresh({ types: ['model.*', 'role.*'] }, ['models'])
  return (
    <>
      <PageHeader title={models.title} text={models.text}>
        {mayWrite && (
          <LinkButton to="/models/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {models.write}
          </LinkButton>
        )}
      </PageHeader>
      <Tabs value={tab} onChange={(next) => void navigate({ search: { tab: next as typeof tab } })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="versions">{models.tabs.versions}</Tabs.Tab>
          <Tabs.Tab value="roles">{models.tabs.roles}</Tabs.Tab>
          {mayWrite && <Tabs.Tab value="drafts">{models.tabs.drafts}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="versions">
          <Versions />
        </Tabs.Panel>
        <Tabs.Panel value="roles">
          <Roles />
        </Tabs.Panel>
        <Tabs.Panel value="drafts">
          <Drafts />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

type Row = Schemas['ModelSummary'] & { readonly fills: boolean }

const columns: readonly Column<Row>[] = [
  {
    id: 'model',
    header: models.columns.model,
    cell: ({ name, version }) => (
      <Link className="line-link" to="/models/$name/$version" params={{ name, version }}>
        {name} {version}
      </Link>
    ),
  },
  { id: 'title', header: models.columns.title, cell: ({ title }) => title, wide: true },
  {
    id: 'role',
    header: models.columns.role,
    cell: ({ name, fills }) => (fills ? <StateBadge state="active" label={models.fills(name)} /> : null),
  },
  { id: 'published', header: models.columns.published, cell: ({ publishedAt }) => <Time at={publishedAt} /> },
  {
    id: 'by',
    header: models.columns.by,
    cell: ({ publishedBy }) => <Who id={publishedBy} nobody={models.shipped} />,
    wide: true,
  },
]

function Versions() {
  const { name, cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const names = useQuery(modelNamesQuery)
  const roles = useQuery(rolesQuery)
  const { data, error, refetch } = useQuery({
    queryKey: ['models', 'list', name, cursor],
    queryFn: async () => {
      const query = { limit: 50, ...(name !== undefined && { name }), ...(cursor !== undefined && { cursor }) }
      return answer(await api.GET('/api/v1/models', { params: { query } }))
    },
  })
  const fills = new Set((roles.data ?? []).map((role) => `${role.role} ${role.version}`))
  const page = data && {
    next: data.next,
    items: data.items.map((each) => ({ ...each, fills: fills.has(`${each.name} ${each.version}`) })),
  }
  return (
    <>
      <Select
        mb="sm"
        maw="20rem"
        label={models.filterName}
        placeholder={models.allModels}
        data={names.data ?? []}
        value={name ?? null}
        onChange={(next) => void navigate({ search: { name: next ?? undefined } })}
        clearable
        searchable
      />
      <DataTable
        label={models.list}
        columns={columns}
        page={page}
        error={error}
        retry={() => void refetch()}
        rowId={(row) => `${row.name} ${row.version}`}
        empty={<Empty title={models.none.title} text={models.none.text} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { name, cursor: next ?? undefined } })}
      />
    </>
  )
}
