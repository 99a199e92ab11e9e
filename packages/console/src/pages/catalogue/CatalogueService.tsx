import { Badge, Group, Stack } from '@mantine/core'
import { answer } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { catalogue } from '#words/catalogue.ts'
import { api } from '../../api/client.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Fault } from '../../parts/Fault.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { OrderForm } from './OrderForm.tsx'

const route = getRouteApi('/catalogue/$service')

/** One service as whoever would have it sees it, and the order. */
export function CatalogueService() {
  const { service } = route.useParams()
  const { household } = route.useSearch()
  const principal = usePrincipal()
  const { data, error } = useQuery({
    queryKey: ['services', service],
    queryFn: async () => answer(await api.GET('/api/v1/services/{service}', { params: { path: { service } } })),
  })
  if (error) return <Fault error={error} />
  if (data === undefined) return null
  return (
    <Stack gap="md" maw="46rem">
      <PageHeader
        title={data.title}
        beside={<StateBadge state={data.state} />}
        above={[{ to: '/catalogue', label: catalogue.title }]}
        text={
          <Group gap={4} mt={4}>
            {data.categories.map((category) => (
              <Badge key={category} color="gray">
                {category}
              </Badge>
            ))}
            {data.parental > 0 && <Badge color="orange">{catalogue.from(data.parental)}</Badge>}
          </Group>
        }
      />
      {hasRole(principal, 'operator', 'sponsor', 'subscriber') && <OrderForm service={service} household={household} />}
    </Stack>
  )
}
