import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../api/client.ts'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { Who } from '../../parts/Who.tsx'
import { usePage } from '../../parts/usePage.ts'
import { Frame } from './Frame.tsx'
import { stateOf, type ApiKey } from './keys/keyState.ts'
import { MakeKey } from './keys/MakeKey.tsx'
import { RevokeKey } from './keys/RevokeKey.tsx'
import { ShownOnce } from './ShownOnce.tsx'

const route = getRouteApi('/settings/keys')
const words = settings.keys

export function Keys() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const [isMaking, setMaking] = useState(false)
  const [key, setKey] = useState<string | null>(null)
  const [revoked, setRevoked] = useState<ApiKey | null>(null)
  const list = usePage(['api-keys', cursor], async () => {
    const query = { limit: 50, ...(cursor !== undefined && { cursor }) }
    return answer(await api.GET('/api/v1/api-keys', { params: { query } }))
  })
  const columns: readonly Column<ApiKey>[] = [
    { id: 'name', header: words.columns.name, cell: ({ name, id }) => <span title={id}>{name}</span> },
    { id: 'account', header: words.columns.account, cell: ({ account }) => <Who id={account} />, wide: true },
    { id: 'roles', header: words.columns.roles, cell: ({ roles }) => roles.join(', '), wide: true },
    { id: 'used', header: words.columns.used, cell: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
    { id: 'ends', header: words.columns.ends, cell: ({ expiresAt }) => <Time at={expiresAt} />, wide: true },
    { id: 'state', header: words.columns.state, cell: (row) => <StateBadge state={stateOf(row)} /> },
    {
      id: 'act',
      header: words.columns.act,
      cell: (row) =>
        stateOf(row) === 'active' && (
          <Button size="compact-sm" variant="default" onClick={() => setRevoked(row)}>
            {words.revoke}
          </Button>
        ),
    },
  ]
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
        {...list}
        rowId={({ id }) => id}
        empty={<Empty title={words.none.title} text={words.none.text} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
      />
      {isMaking && (
        <MakeKey
          title={words.makeTitle}
          nameHint={words.nameHint}
          onKey={(made) => {
            setMaking(false)
            setKey(made)
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {key !== null && <ShownOnce title={words.key} value={key} onClose={() => setKey(null)} />}
      {revoked !== null && <RevokeKey apiKey={revoked} text={words.revokeText} onClose={() => setRevoked(null)} />}
    </Frame>
  )
}
