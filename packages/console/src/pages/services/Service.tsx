import { Badge, Group, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { services } from '#words/services.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { Fault } from '../../parts/Fault.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { ServiceAdoption } from './ServiceAdoption.tsx'
import { serviceOf } from './reads.ts'
import { VersionList } from './VersionList.tsx'

const RelationsGraph = lazy(() => import('./Relations.tsx'))

const route = getRouteApi('/services/$service')

/** One service: its versions, what it has to do with others, and how far it has spread. */
export function Service() {
  const { service } = route.useParams()
  const { tab = 'versions' } = route.useSearch()
  const navigate = useNavigate({ from: '/services/$service' })
  const { data, error } = useQuery(serviceOf(service))
  useLiveRefresh({ types: ['service.*', 'version.*'] }, ['services', service])
  if (error) return <Fault error={error} />
  if (data === undefined) return null
  return (
    <>
      <PageHeader
        title={data.title}
        beside={<StateBadge state={data.state} />}
        above={[{ to: '/services', label: services.title }]}
        text={
          <Group gap={6}>
            <code>{data.id}</code>
            {data.categories.map((category) => (
              <Badge key={category} color="gray">
                {category}
              </Badge>
            ))}
          </Group>
        }
      />
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: { tab: (next ?? undefined) as typeof tab, cursor: undefined } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="versions">{services.tabs.versions}</Tabs.Tab>
          <Tabs.Tab value="relations">{services.tabs.relations}</Tabs.Tab>
          <Tabs.Tab value="adoption">{services.tabs.adoption}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="versions">
          <VersionList service={service} />
        </Tabs.Panel>
        <Tabs.Panel value="relations">
          <Suspense>
            <RelationsGraph service={service} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="adoption">
          <ServiceAdoption service={service} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
