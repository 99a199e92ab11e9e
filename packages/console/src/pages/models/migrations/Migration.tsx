import { Button, Skeleton, Text, TextInput, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { models } from '#words/models.ts'
import { api } from '../../../api/client.ts'
import { useLiveRefresh } from '../../../api/live.ts'
import { hasRole, usePrincipal } from '../../../api/session.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../../parts/DataTable.tsx'
import { Empty } from '../../../parts/Empty.tsx'
import { Facts } from '../../../parts/Facts.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { PageHeader } from '../../../parts/PageHeader.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { Time } from '../../../parts/Time.tsx'
import { useAction } from '../../../parts/useAction.tsx'
import { Who } from '../../../parts/Who.tsx'

const route = getRouteApi('/models/$name/migrations/$id')
const words = models.migrations
/** A migration under way is looked at so often, milliseconds: its progress is no event. */
const lookEvery = 2_000

/** One migration: how far it is, and what it could not move. */
export function Migration() {
  const { name, id } = route.useParams()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [isStopping, setStopping] = useState(false)
  useLiveRefresh({ types: ['migration.*'] }, ['migrations', name])
  const { data, error, refetch } = useQuery({
    queryKey: ['migrations', name, 'one', id],
    queryFn: async () =>
      answer(await api.GET('/api/v1/models/{name}/migrations/{id}', { params: { path: { name, id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? lookEvery : false),
  })
  if (error) return <Fault error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton height="20rem" />
  return (
    <>
      <PageHeader
        title={words.one(data.from, data.to)}
        beside={<StateBadge state={data.state} />}
        above={[
          { to: '/models', label: models.title },
          { to: `/models/${name}/migrations`, label: words.title(name) },
        ]}
      >
        {mayWrite && data.state === 'running' && (
          <Button variant="default" onClick={() => setStopping(true)}>
            {words.cancel}
          </Button>
        )}
      </PageHeader>
      <Facts
        facts={[
          [words.moved, data.moved.toLocaleString('en')],
          [words.refused, data.refused.toLocaleString('en')],
          [words.reason, data.reason],
          [words.by, <Who key="by" id={data.by} />],
          [words.at, <Time key="at" at={data.createdAt} />],
          [words.ended, data.endedAt && <Time key="ended" at={data.endedAt} />],
        ]}
      />
      <Refusals name={name} id={id} refused={data.refused} />
      {isStopping && <Stop name={name} id={id} onClose={() => setStopping(false)} />}
    </>
  )
}

const columns = (name: string): readonly Column<Schemas['MigrationRefusal']>[] => [
  {
    id: 'instance',
    header: words.instance,
    cell: ({ instance }) => (
      <Link className="line-link" to="/instances/$model/$id" params={{ model: name, id: instance }}>
        {instance}
      </Link>
    ),
  },
  { id: 'why', header: words.reason, cell: ({ reasons }) => reasons.join('; ') },
]

function Refusals({ name, id, refused }: { name: string; id: string; refused: number }) {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const { data, error } = useQuery({
    queryKey: ['migrations', name, 'refusals', id, cursor, refused],
    queryFn: async () => {
      const params = { path: { name, id }, query: { limit: 50, ...(cursor !== undefined && { cursor }) } }
      return answer(await api.GET('/api/v1/models/{name}/migrations/{id}/refusals', { params }))
    },
  })
  return (
    <>
      <Title order={2} mt="xl" mb="xs">
        {words.refusals}
      </Title>
      <DataTable
        label={words.refusals}
        columns={columns(name)}
        page={data}
        error={error}
        rowId={({ instance }) => instance}
        empty={<Empty title={words.noRefusals} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
      />
    </>
  )
}

function Stop({ name, id, onClose }: { name: string; id: string; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const stop = useAction({
    run: async () => {
      const params = { path: { name, id } }
      return answer(
        await api.POST('/api/v1/models/{name}/migrations/{id}/cancel', { params, body: { reason: reason.trim() } }),
      )
    },
    done: () => words.cancelled,
    changes: [['migrations', name]],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.cancelTitle}
      verb={words.cancelVerb}
      isDangerous
      isOff={reason.trim() === ''}
      isPending={stop.isPending}
      error={stop.error}
      onConfirm={() => stop.mutate()}
      onClose={onClose}
    >
      <Text size="sm" mb="sm">
        {words.cancelText}
      </Text>
      <TextInput
        label={words.why}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        data-autofocus
      />
    </Confirm>
  )
}
