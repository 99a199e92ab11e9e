import { Badge, Skeleton, Stack, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { settings } from '#words/settings.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { CopyText } from '../../parts/CopyText.tsx'
import { type Column, DataTable } from '../../parts/DataTable.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { Frame } from './Frame.tsx'

type SigningRole = Schemas['Trust']['roles'][number]
type OnlineKey = Schemas['Trust']['onlineKeys'][number]

const words = settings.trust

const roleColumns: readonly Column<SigningRole>[] = [
  { id: 'role', header: words.columns.role, cell: ({ role }) => role },
  { id: 'version', header: words.columns.version, cell: ({ version }) => version, numeric: true },
  {
    id: 'expires',
    header: words.columns.expires,
    cell: ({ expires, ending }) => (
      <>
        {expires !== null && <Time at={expires} />} {ending && <Badge color="orange">{words.ending}</Badge>}
      </>
    ),
  },
  {
    id: 'threshold',
    header: words.columns.threshold,
    cell: ({ threshold, keys }) => words.of(threshold, keys.length),
    wide: true,
  },
]

const keyColumns: readonly Column<OnlineKey>[] = [
  { id: 'role', header: words.columns.role, cell: ({ role }) => role },
  { id: 'key', header: words.columns.keys, cell: ({ keyId }) => <CopyText text={keyId} />, wide: true },
  {
    id: 'state',
    header: words.columns.version,
    cell: ({ inForce }) => (
      <StateBadge state={inForce ? 'active' : 'waiting'} label={inForce ? words.inForce : words.notInForce} />
    ),
  },
]

/** Who signs what, and when somebody has to sign again. */
export function Trust() {
  const { data, error, refetch } = useQuery({
    queryKey: ['trust'],
    queryFn: async () => answer(await api.GET('/api/v1/trust')),
  })
  return (
    <Frame title={words.title} text={words.text}>
      <Fault error={error} retry={() => void refetch()} />
      {data === undefined && error === null && <Skeleton height="20rem" />}
      {data?.initialised === false && <Empty title={words.notInitialised.title} text={words.notInitialised.text} />}
      {data?.initialised === true && (
        <Stack gap="lg">
          <Facts facts={[[words.signer, data.signer ? words.signerUp : words.signerDown]]} />
          <Listed title={words.roles} items={data.roles} />
          {data.developers.length > 0 && <Listed title={words.developers} items={data.developers} />}
          <section>
            <Title order={2} mb="xs">
              {words.onlineKeys}
            </Title>
            <DataTable
              label={words.onlineKeys}
              columns={keyColumns}
              page={{ items: data.onlineKeys, next: null }}
              rowId={({ keyId }) => keyId}
              empty={null}
            />
          </section>
          <Authority />
        </Stack>
      )}
    </Frame>
  )
}

function Listed({ title, items }: { title: string; items: readonly SigningRole[] }) {
  return (
    <section>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <DataTable
        label={title}
        columns={roleColumns}
        page={{ items, next: null }}
        rowId={({ role }) => role}
        empty={null}
      />
    </section>
  )
}

/** The authority that devices' certificates come from: for those who look after the installation. */
function Authority() {
  const principal = usePrincipal()
  const isTold = hasRole(principal, 'operator', 'auditor') && principal.tenant === 'main'
  const { data } = useQuery({
    queryKey: ['authority'],
    queryFn: async () => answer(await api.GET('/api/v1/authority')),
    enabled: isTold,
  })
  if (data === undefined) return null
  return (
    <section>
      <Title order={2} mb="xs">
        {words.authority}
      </Title>
      <Facts
        facts={[
          [words.root, words.rootKey[data.rootKey]],
          [words.issuer, data.issuer],
          [words.issuerEnds, <Time key="ends" at={data.issuerExpiresAt} />],
          [words.fingerprint, <CopyText key="fingerprint" text={data.fingerprint} />],
        ]}
      />
    </section>
  )
}
