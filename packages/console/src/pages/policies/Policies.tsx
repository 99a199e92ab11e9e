import { Tabs } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi, Link } from '@tanstack/react-router'
import { policies } from '#words/policies.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { LinkButton } from '../../parts/links.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { usePage } from '../../parts/usePage.ts'
import { Approvals } from './Approvals.tsx'
import { Firings } from './Firings.tsx'
import { TenantPreferences } from './TenantPreferences.tsx'

type Row = Schemas['Policy']

const route = getRouteApi('/policies')

export function Policies() {
  const { tab = 'policies', state, cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  useLiveRefresh({ types: ['policy.*', 'approval.*'] }, ['policies'])
  const page = (next: string | null): void => void navigate({ search: { tab, state, cursor: next ?? undefined } })
  return (
    <>
      <PageHeader title={policies.title} text={policies.text}>
        {mayWrite && (
          <LinkButton to="/policies/new" leftSection={<IconPlus size={16} aria-hidden />}>
            {policies.make}
          </LinkButton>
        )}
      </PageHeader>
      <Tabs value={tab} onChange={(next) => void navigate({ search: { tab: next as typeof tab } })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="policies">{policies.tabs.policies}</Tabs.Tab>
          <Tabs.Tab value="firings">{policies.tabs.firings}</Tabs.Tab>
          <Tabs.Tab value="approvals">{policies.tabs.approvals}</Tabs.Tab>
          <Tabs.Tab value="preferences">{policies.tabs.preferences}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="policies">
          <List cursor={cursor} onPage={page} />
        </Tabs.Panel>
        <Tabs.Panel value="firings">
          <Firings
            state={state}
            onState={(next) => void navigate({ search: { tab, state: next } })}
            cursor={cursor}
            onPage={page}
          />
        </Tabs.Panel>
        <Tabs.Panel value="approvals">
          <Approvals cursor={cursor} onPage={page} />
        </Tabs.Panel>
        <Tabs.Panel value="preferences">
          <TenantPreferences />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    header: policies.columns.name,
    cell: ({ id, name }) => (
      <Link className="line-link" to="/policies/$policy" params={{ policy: id }}>
        {name}
      </Link>
    ),
  },
  {
    id: 'state',
    header: policies.columns.state,
    cell: ({ active }) => (
      <StateBadge
        state={active === null ? 'off' : 'active'}
        label={active === null ? policies.notInForce : policies.inForce(active)}
      />
    ),
  },
  { id: 'versions', header: policies.columns.versions, cell: ({ newest }) => newest, numeric: true },
  {
    id: 'for',
    header: policies.columns.for,
    cell: ({ group }) => (group === null ? policies.everybody : policies.group(group)),
    wide: true,
  },
  { id: 'since', header: policies.columns.since, cell: ({ createdAt }) => <Time at={createdAt} />, wide: true },
]

function List({ cursor, onPage }: { cursor: string | undefined; onPage: (cursor: string | null) => void }) {
  const list = usePage(['policies', 'list', cursor], async () => {
    const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
    return answer(await api.GET('/api/v1/policies', { params: { query } }))
  })
  return (
    <DataTable
      label={policies.title}
      columns={columns}
      {...list}
      rowId={({ id }) => id}
      empty={<Empty title={policies.none.title} text={policies.none.text} />}
      cursor={cursor}
      onPage={onPage}
    />
  )
}
