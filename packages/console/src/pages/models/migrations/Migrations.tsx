import { Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { getRouteApi, Link } from '@tanstack/react-router'
import { models } from '#words/models.ts'
import { api } from '../../../api/client.ts'
import { useLiveRefresh } from '../../../api/live.ts'
import { hasRole, usePrincipal } from '../../../api/session.ts'
import { type Column, DataTable } from '../../../parts/DataTable.tsx'
import { Empty } from '../../../parts/Empty.tsx'
import { PageHeader } from '../../../parts/PageHeader.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { Time } from '../../../parts/Time.tsx'
import { Who } from '../../../parts/Who.tsx'
import { usePage } from '../../../parts/usePage.ts'
import { NewMigration } from './NewMigration.tsx'

const route = getRouteApi('/models/$name/migrations')

type Row = Schemas['Migration']

const words = models.migrations

const columns: readonly Column<Row>[] = [
  {
    id: 'which',
    header: words.to,
    cell: ({ id, model, from, to }) => (
      <Link className="line-link" to="/models/$name/migrations/$id" params={{ name: model, id }}>
        {from} → {to}
      </Link>
    ),
  },
  { id: 'state', header: words.state, cell: ({ state }) => <StateBadge state={state} /> },
  { id: 'moved', header: words.moved, cell: ({ moved }) => moved.toLocaleString('en'), numeric: true },
  { id: 'refused', header: words.refused, cell: ({ refused }) => refused.toLocaleString('en'), numeric: true },
  { id: 'by', header: words.by, cell: ({ by }) => <Who id={by} />, wide: true },
  { id: 'at', header: words.at, cell: ({ createdAt }) => <Time at={createdAt} /> },
]

export function Migrations() {
  const { name } = route.useParams()
  const { from, to, cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  useLiveRefresh({ types: ['migration.*'] }, ['migrations', name])
  const list = usePage(['migrations', name, cursor], async () => {
    const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
    return answer(await api.GET('/api/v1/models/{name}/migrations', { params: { path: { name }, query } }))
  })
  return (
    <>
      <PageHeader
        title={words.title(name)}
        text={words.text}
        above={[
          { to: '/models', label: models.title },
          ...(to === undefined ? [] : [{ to: `/models/${name}/${to}`, label: `${name} ${to}` }]),
        ]}
      />
      {mayWrite && (
        <NewMigration
          name={name}
          from={from}
          to={to}
          onVersions={(versions) => void navigate({ search: versions, replace: true })}
        />
      )}
      <Title order={2} mt="xl" mb="xs">
        {words.past}
      </Title>
      <DataTable
        label={words.past}
        columns={columns}
        {...list}
        rowId={({ id }) => id}
        empty={<Empty title={words.none} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { from, to, cursor: next ?? undefined } })}
      />
    </>
  )
}
