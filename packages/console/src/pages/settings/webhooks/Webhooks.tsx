import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { webhooks as words } from '#words/webhooks.ts'
import { api } from '../../../api/client.ts'
import { type Column, DataTable } from '../../../parts/DataTable.tsx'
import { Empty } from '../../../parts/Empty.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { Time } from '../../../parts/Time.tsx'
import { Frame } from '../Frame.tsx'
import { ShownOnce } from '../ShownOnce.tsx'
import { WebhookForm } from './WebhookForm.tsx'

type Webhook = Schemas['Webhook']

const route = getRouteApi('/settings/webhooks')

const columns: readonly Column<Webhook>[] = [
  {
    id: 'name',
    header: words.columns.name,
    cell: ({ id, name, url }) => (
      <Link className="line-link" to="/settings/webhooks/$id" params={{ id }}>
        {name || url}
      </Link>
    ),
  },
  { id: 'state', header: words.columns.state, cell: ({ state }) => <StateBadge state={state} /> },
  {
    id: 'types',
    header: words.columns.types,
    cell: ({ types }) => (types.length === 0 ? words.allTypes : types.join(', ')),
    wide: true,
  },
  {
    id: 'success',
    header: words.columns.success,
    cell: ({ lastSuccessAt }) => <Time at={lastSuccessAt} />,
    wide: true,
  },
  { id: 'failures', header: words.columns.failures, cell: ({ failures }) => failures, numeric: true },
]

export function Webhooks() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const [isMaking, setMaking] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks', 'list', cursor],
    queryFn: async () => {
      const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
      return answer(await api.GET('/api/v1/webhooks', { params: { query } }))
    },
  })
  return (
    <Frame
      title={words.title}
      text={words.text}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {words.make}
        </Button>
      }
    >
      <DataTable
        label={words.title}
        columns={columns}
        page={data}
        error={error}
        retry={() => void refetch()}
        rowId={({ id }) => id}
        empty={<Empty title={words.none.title} text={words.none.text} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
      />
      {isMaking && (
        <WebhookForm
          onSecret={(made) => {
            setMaking(false)
            setSecret(made)
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {secret !== null && (
        <ShownOnce title={words.secret} text={words.secretText} value={secret} onClose={() => setSecret(null)} />
      )}
    </Frame>
  )
}
