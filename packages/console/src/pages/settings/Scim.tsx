import { Button, Stack, Text, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { answer } from '@sutler/client'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { scim as words } from '#words/scim.ts'
import { settings } from '#words/settings.ts'
import { api, connection } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { CopyText } from '../../parts/CopyText.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { TextLink } from '../../parts/links.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { usePage } from '../../parts/usePage.ts'
import { Frame } from './Frame.tsx'
import { stateOf, type ApiKey } from './keys/keyState.ts'
import { MakeKey } from './keys/MakeKey.tsx'
import { RevokeKey } from './keys/RevokeKey.tsx'
import { ShownOnce } from './ShownOnce.tsx'

const route = getRouteApi('/settings/scim')

/** What a SCIM token can do, and all that it can. */
const actions = ['user.read', 'user.write', 'user-group.read', 'user-group.write'] as const
/** Only SCIM is given a key that is limited to this among others. */
const mark = 'user-group.write'

/** How an identity provider brings people: where to, and by which tokens. */
export function Scim() {
  const isOperator = hasRole(usePrincipal(), 'operator')
  const [isMaking, setMaking] = useState(false)
  const [token, setToken] = useState<string | null>(null)
  return (
    <Frame
      title={words.title}
      text={words.text}
      actions={
        isOperator && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
            {words.make}
          </Button>
        )
      }
    >
      <Stack gap="xl">
        <section>
          <Title order={2} mb="xs">
            {words.setUp}
          </Title>
          <Facts
            facts={[
              [words.facts.address, <CopyText key="address" text={`${connection.hub}/scim/v2`} />],
              [words.facts.version, 'SCIM 2.0'],
              [words.facts.scheme, words.bearer],
            ]}
          />
          <Text size="sm" mt="xs">
            {words.roles}
          </Text>
          <TextLink size="sm" to="/user-groups">
            {words.groups}
          </TextLink>
        </section>
        <section>
          <Title order={2} mb="xs">
            {words.tokens}
          </Title>
          <Tokens mayRevoke={isOperator} />
        </section>
      </Stack>
      {isMaking && (
        <MakeKey
          title={words.makeTitle}
          nameHint={words.nameHint}
          only={{ actions, days: 365, consequence: words.consequence }}
          onKey={(made) => {
            setMaking(false)
            setToken(made)
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {token !== null && <ShownOnce title={words.token} value={token} onClose={() => setToken(null)} />}
    </Frame>
  )
}

function Tokens({ mayRevoke }: { mayRevoke: boolean }) {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const [revoked, setRevoked] = useState<ApiKey | null>(null)
  const list = usePage(['api-keys', 'scim', cursor], async () => {
    const query = { action: mark, ...(cursor !== undefined && { cursor }) } as const
    return answer(await api.GET('/api/v1/api-keys', { params: { query } }))
  })
  const columns: readonly Column<ApiKey>[] = [
    { id: 'name', header: words.columns.name, cell: ({ name, id }) => <span title={id}>{name}</span> },
    { id: 'used', header: words.columns.used, cell: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
    { id: 'ends', header: words.columns.ends, cell: ({ expiresAt }) => <Time at={expiresAt} />, wide: true },
    {
      id: 'state',
      header: words.columns.state,
      cell: (row) => <StateBadge state={stateOf(row)} label={settings.keys.states[stateOf(row)]} />,
    },
    {
      id: 'did',
      header: words.columns.did,
      wide: true,
      cell: ({ account, name }) => (
        <TextLink size="sm" to="/audit" search={{ principal: account }} aria-label={`${words.did}: ${name}`}>
          {words.did}
        </TextLink>
      ),
    },
    {
      id: 'act',
      header: words.columns.act,
      cell: (row) =>
        stateOf(row) === 'active' && (
          <Button size="compact-sm" variant="default" onClick={() => setRevoked(row)}>
            {settings.keys.revoke}
          </Button>
        ),
    },
  ]
  return (
    <>
      <DataTable
        label={words.tokens}
        columns={mayRevoke ? columns : columns.slice(0, -1)}
        {...list}
        rowId={({ id }) => id}
        empty={<Empty title={words.none.title} text={words.none.text} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
      />
      {revoked !== null && <RevokeKey apiKey={revoked} text={words.revokeText} onClose={() => setRevoked(null)} />}
    </>
  )
}
