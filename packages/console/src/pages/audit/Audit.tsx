import { Button, Tabs } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { audit } from '#words/audit.ts'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { ExactTime } from '../../parts/Time.tsx'
import { AuditRows } from './AuditRows.tsx'
import { Verify } from './verify/Verify.tsx'

const route = getRouteApi('/audit')

export function Audit() {
  const { tab = 'rows' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader title={audit.title} text={audit.text}>
        <Button
          variant="default"
          component="a"
          href="/api/v1/audit/export"
          download="audit.jsonl"
          title={audit.exportHint}
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          {audit.export}
        </Button>
      </PageHeader>
      <Tabs value={tab} onChange={(next) => void navigate({ search: { tab: next as typeof tab } })} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="rows">{audit.tabs.rows}</Tabs.Tab>
          <Tabs.Tab value="heads">{audit.tabs.heads}</Tabs.Tab>
          <Tabs.Tab value="verify">{audit.tabs.verify}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="rows">
          <AuditRows />
        </Tabs.Panel>
        <Tabs.Panel value="heads">
          <Heads />
        </Tabs.Panel>
        <Tabs.Panel value="verify">
          <Verify />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

type Head = Schemas['AuditHead']

const columns: readonly Column<Head>[] = [
  { id: 'number', header: audit.headColumns.number, cell: ({ number }) => number, numeric: true },
  {
    id: 'at',
    header: audit.headColumns.at,
    cell: ({ head }) => {
      const at = timeOf(head)
      return at === null ? null : <ExactTime at={at} />
    },
  },
  {
    id: 'signature',
    header: audit.headColumns.signature,
    cell: ({ signature }) => <code style={{ overflowWrap: 'anywhere' }}>{signature}</code>,
    wide: true,
  },
  { id: 'cut', header: audit.headColumns.cut, cell: ({ cut }) => (cut === null ? null : audit.cut), wide: true },
]

/** When it was signed: its text says so. */
function timeOf(head: string): string | null {
  try {
    const { at } = JSON.parse(head) as { at?: unknown }
    return typeof at === 'string' ? at : null
  } catch {
    return null
  }
}

function Heads() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery({
    queryKey: ['audit', 'heads', cursor],
    queryFn: async () => {
      const query = { limit: 50, sort: 'newest' as const, ...(cursor !== undefined && { cursor }) }
      return answer(await api.GET('/api/v1/audit/heads', { params: { query } }))
    },
  })
  return (
    <DataTable
      label={audit.headsLabel}
      columns={columns}
      page={data}
      error={error}
      retry={() => void refetch()}
      rowId={({ number }) => String(number)}
      empty={<Empty title={audit.noHeads} text={audit.headsText} />}
      cursor={cursor}
      onPage={(next) => void navigate({ search: { tab: 'heads', cursor: next ?? undefined } })}
    />
  )
}
