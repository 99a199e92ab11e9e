import { Button, Group, Skeleton, Switch, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { settings } from '#words/settings.ts'
import { api } from '../../../api/client.ts'
import { type Column, DataTable } from '../../../parts/DataTable.tsx'
import { Empty } from '../../../parts/Empty.tsx'
import { Facts } from '../../../parts/Facts.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { Time } from '../../../parts/Time.tsx'
import { useAction } from '../../../parts/useAction.tsx'
import { Who } from '../../../parts/Who.tsx'
import { Frame } from '../Frame.tsx'
import { WebhookActions } from './WebhookActions.tsx'

type Attempt = Schemas['WebhookAttempt']

const route = getRouteApi('/settings/webhooks/$id')
const words = settings.webhooks

/** One webhook: what it is told, what became of it, and what can be done about it. */
export function Webhook() {
  const { id } = route.useParams()
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks', 'one', id],
    queryFn: async () => {
      const found = await api.GET('/api/v1/webhooks/{id}', { params: { path: { id } } })
      return { webhook: answer(found), etag: found.response.headers.get('etag') ?? '*' }
    },
  })
  if (error) return <Fault error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton height="40vh" />
  const { webhook, etag } = data
  const { url, types, filter, lastError, lastSuccessAt, retryAt, previousUntil, replay } = webhook
  return (
    <Frame
      title={webhook.name || url}
      above={[{ to: '/settings/webhooks', label: words.title }]}
      beside={<StateBadge state={webhook.state} />}
      actions={<WebhookActions webhook={webhook} etag={etag} />}
    >
      <Facts
        facts={[
          [words.facts.url, url],
          [words.facts.owner, <Who key="owner" id={webhook.owner} />],
          [words.facts.types, types.length === 0 ? words.allTypes : types.join(', ')],
          ...(filter === '' ? [] : [[words.facts.filter, <code key="filter">{filter}</code>] as const]),
          [words.facts.success, <Time key="success" at={lastSuccessAt} />],
          ...(lastError === null ? [] : [[words.facts.error, lastError] as const]),
          ...(retryAt === null ? [] : [[words.facts.retry, <Time key="retry" at={retryAt} />] as const]),
          ...(previousUntil === null
            ? []
            : [[words.facts.previous, <Time key="previous" at={previousUntil} />] as const]),
          ...(replay === null ? [] : [[words.facts.replay, words.replaying(replay.sent)] as const]),
        ]}
      />
      <Log id={id} />
    </Frame>
  )
}

function Log({ id }: { id: string }) {
  const { cursor, outcome } = route.useSearch()
  const navigate = route.useNavigate()
  const [shown, setShown] = useState<string | null>(null)
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks', 'attempts', id, outcome, cursor],
    queryFn: async () => {
      const query = { limit: 50, ...(outcome && { outcome }), ...(cursor !== undefined && { cursor }) }
      return answer(await api.GET('/api/v1/webhooks/{id}/attempts', { params: { path: { id }, query } }))
    },
  })
  const resend = useAction({
    run: async (event: string) =>
      answer(await api.POST('/api/v1/webhooks/{id}/resend', { params: { path: { id } }, body: { event } })),
    done: (attempt) => words.resent(attempt.outcome),
    changes: [['webhooks']],
  })
  const columns: readonly Column<Attempt>[] = [
    { id: 'at', header: words.logColumns.at, cell: ({ at }) => <Time at={at} /> },
    { id: 'event', header: words.logColumns.event, cell: ({ type, event }) => <span title={event}>{type}</span> },
    {
      id: 'outcome',
      header: words.logColumns.outcome,
      cell: (attempt) => (
        <>
          <StateBadge state={attempt.outcome === 'failed' ? 'failed' : 'completed'} label={attempt.outcome} />
          {shown === attempt.id && (
            <Text size="xs" mt={4} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {[attempt.detail, attempt.answer].filter(Boolean).join('\n')}
            </Text>
          )}
        </>
      ),
    },
    { id: 'status', header: words.logColumns.status, cell: ({ status }) => status, numeric: true },
    {
      id: 'took',
      header: words.logColumns.took,
      cell: ({ durationMilliseconds }) => `${durationMilliseconds} ms`,
      numeric: true,
      wide: true,
    },
    { id: 'try', header: words.logColumns.try, cell: (attempt) => attempt.try, numeric: true, wide: true },
    {
      id: 'act',
      header: words.logColumns.act,
      cell: (attempt) => (
        <Group gap={4} wrap="nowrap">
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={shown === attempt.id}
            onClick={() => setShown(shown === attempt.id ? null : attempt.id)}
          >
            {words.details}
          </Button>
          {attempt.kind !== 'test' && (
            <Button size="compact-xs" variant="default" onClick={() => resend.mutate(attempt.event)}>
              {words.resend}
            </Button>
          )}
        </Group>
      ),
    },
  ]
  return (
    <section>
      <Group justify="space-between" mt="xl" mb="xs">
        <Title order={2}>{words.log}</Title>
        <Switch
          label={words.failedOnly}
          checked={outcome !== undefined}
          onChange={(event) => void navigate({ search: event.currentTarget.checked ? { outcome: 'failed' } : {} })}
        />
      </Group>
      <Fault error={resend.error} />
      <DataTable
        label={words.log}
        columns={columns}
        page={data}
        error={error}
        retry={() => void refetch()}
        rowId={(attempt) => attempt.id}
        empty={<Empty title={words.noLog} />}
        cursor={cursor}
        onPage={(next) => void navigate({ search: { outcome, cursor: next ?? undefined } })}
      />
    </section>
  )
}
