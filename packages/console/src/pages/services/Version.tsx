import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { services } from '#words/services.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { Composition } from './Composition.tsx'
import { versionOf } from './reads.ts'
import { VersionActions } from './VersionActions.tsx'
import { VersionAdoption } from './VersionAdoption.tsx'
import { VersionFailures } from './VersionFailures.tsx'
import { VersionTrials } from './VersionTrials.tsx'

const route = getRouteApi('/services/$service/$version')

/** One version: what it is made of, what can be done with it, and what has become of it on devices. */
export function Version() {
  const { service, version } = route.useParams()
  const principal = usePrincipal()
  const { data, error } = useQuery(versionOf(service, version))
  useLiveRefresh({ types: ['version.*'] }, ['services', service])
  if (error) return <Fault error={error} />
  if (data === undefined) return null
  const isTheirs = hasRole(principal, 'operator', 'auditor', 'developer')
  return (
    <Stack gap="md">
      <PageHeader
        title={`${service} ${version}`}
        beside={<StateBadge state={data.state} />}
        above={[
          { to: '/services', label: services.title },
          { to: `/services/${service}`, label: service },
        ]}
      >
        <VersionActions version={data} />
      </PageHeader>
      <Facts
        facts={[
          [services.notes, data.notes],
          [services.channel, data.channel],
          [services.created, <Time key="created" at={data.createdAt} />],
          [services.released, <Time key="released" at={data.releasedAt} />],
          [
            services.relations.title,
            data.relations
              .map(({ kind, service: other, range }) => `${services.relations.kinds[kind] ?? kind} ${other} ${range}`)
              .join('; '),
          ],
        ]}
      />
      <Composition version={data} />
      {isTheirs && (
        <>
          <VersionAdoption service={service} version={version} />
          <VersionFailures service={service} version={version} />
          <VersionTrials version={data} />
        </>
      )}
    </Stack>
  )
}
