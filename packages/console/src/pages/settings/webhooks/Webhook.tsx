import { Skeleton } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { webhooks as words } from '#words/webhooks.ts'
import { api } from '../../../api/client.ts'
import { Facts } from '../../../parts/Facts.tsx'
import { Fault } from '../../../parts/Fault.tsx'
import { StateBadge } from '../../../parts/StateBadge.tsx'
import { Time } from '../../../parts/Time.tsx'
import { Who } from '../../../parts/Who.tsx'
import { Frame } from '../Frame.tsx'
import { WebhookActions } from './WebhookActions.tsx'
import { WebhookLog } from './WebhookLog.tsx'

const route = getRouteApi('/settings/webhooks/$id')

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
      <WebhookLog webhook={webhook} />
    </Frame>
  )
}
