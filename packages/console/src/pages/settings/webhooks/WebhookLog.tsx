import '@mantine/core/styles/Switch.css'
import { Button, Group, Switch, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { webhooks as words } from '#words/webhooks.ts'
import { api } from '../../../api/client.ts'
import { Confirm } from '../../../parts/Confirm.tsx'
import { type Column, DataTable } from '../../../parts/DataTable.tsx'
import { Empty } from '../../../parts/Empty.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { Time } from '../../../parts/Time.tsx'
import { useAction } from '../../../parts/useAction.tsx'

type Attempt = Schemas['WebhookAttempt']

const route = getRouteApi('/settings/webhooks/$id')

/** What was sent to it and what became of it; each message can be sent again, and the one that it waits with be given up. */
export function WebhookLog({ webhook }: { webhook: Schemas['Webhook'] }) {
  const { id, failures } = webhook
  const { cursor, outcome } = route.useSearch()
  const navigate = route.useNavigate()
  const [shown, setShown] = useState<string | null>(null)
  const [skipped, setSkipped] = useState<Attempt | null>(null)
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
          <StateBadge
            state={attempt.outcome === 'failed' ? 'failed' : 'completed'}
            label={attempt.kind === 'skip' ? words.givenUp : attempt.outcome}
          />
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
          {isRefused(attempt, failures) && (
            <Button size="compact-xs" variant="default" onClick={() => setSkipped(attempt)}>
              {words.skip}
            </Button>
          )}
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
      {skipped !== null && <Skip webhook={id} attempt={skipped} onClose={() => setSkipped(null)} />}
    </section>
  )
}

/** Whether it is the one that the webhook waits with: the last of those that failed in a row. */
function isRefused({ kind, try: count, outcome }: Attempt, failures: number): boolean {
  return outcome === 'failed' && failures > 0 && count === failures && (kind === 'event' || kind === 'replay')
}

function Skip({ webhook, attempt, onClose }: { webhook: string; attempt: Attempt; onClose: () => void }) {
  const { event, type, detail } = attempt
  const skip = useAction({
    run: async () =>
      answer(await api.POST('/api/v1/webhooks/{id}/skip', { params: { path: { id: webhook } }, body: { event } })),
    done: () => words.skipped,
    changes: [['webhooks']],
    onDone: onClose,
  })
  return (
    <Confirm
      title={words.skipTitle}
      verb={words.skipVerb}
      isPending={skip.isPending}
      error={skip.error}
      onConfirm={() => skip.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.skipText(type, detail ?? '')}</Text>
    </Confirm>
  )
}
