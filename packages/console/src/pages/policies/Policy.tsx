import { Code, Select, Skeleton, Stack, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { stringify } from 'yaml'
import { policies } from '#words/policies.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { LinkButton } from '../../parts/links.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { Who } from '../../parts/Who.tsx'
import { Firings } from './Firings.tsx'
import { policyQuery, policyVersionQuery } from './reads.ts'
import { SwitchOff } from './SwitchOff.tsx'
import { Trials } from './Trials.tsx'

const route = getRouteApi('/policies/$policy')

/** A policy: what a version says, what it would do, and what it has done. */
export function Policy() {
  const { policy } = route.useParams()
  const { version, cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const mayWrite = hasRole(usePrincipal(), 'operator')
  useLiveRefresh({ types: ['policy.*'], subject: policy }, ['policies'])
  const { data, error, refetch } = useQuery(policyQuery(policy))
  if (error) return <Fault error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton height="60vh" />
  const { active, name, group } = data.policy
  const shown = version === undefined ? data.newest.version : Number(version)
  return (
    <>
      <PageHeader
        title={name}
        above={[{ to: '/policies', label: policies.title }]}
        text={data.newest.document.description}
        beside={
          <StateBadge
            state={active === null ? 'off' : 'active'}
            label={active === null ? policies.notInForce : policies.inForce(active)}
          />
        }
      >
        {mayWrite && (
          <LinkButton to="/policies/$policy/edit" params={{ policy }}>
            {policies.version.edit}
          </LinkButton>
        )}
        {mayWrite && active !== null && <SwitchOff policy={data.policy} />}
      </PageHeader>
      <Stack gap="xl">
        <Facts facts={[[policies.columns.for, group === null ? policies.everybody : policies.group(group)]]} />
        <VersionChoice
          policy={policy}
          shown={shown}
          onChoose={(next) => void navigate({ search: { version: String(next) } })}
        />
        <Version policy={policy} version={shown} mayWrite={mayWrite} />
        <section>
          <Title order={2} mb="xs">
            {policies.tabs.firings}
          </Title>
          <Firings
            policy={policy}
            cursor={cursor}
            onPage={(next) => void navigate({ search: { version, cursor: next ?? undefined } })}
          />
        </section>
      </Stack>
    </>
  )
}

function VersionChoice({ policy, shown, onChoose }: { policy: string; shown: number; onChoose: (v: number) => void }) {
  const { data } = useQuery({
    queryKey: ['policies', 'versions', policy],
    queryFn: async () => {
      const params = { path: { id: policy }, query: { limit: 200 } }
      return answer(await api.GET('/api/v1/policies/{id}/versions', { params })).items
    },
  })
  return (
    <Select
      label={policies.version.versions}
      data={(data ?? []).map(({ version, state }) => ({
        value: String(version),
        label: `${policies.version.label(version)} · ${state}`,
      }))}
      value={String(shown)}
      onChange={(next) => onChoose(Number(next))}
      allowDeselect={false}
      maw="16rem"
    />
  )
}

function Version({ policy, version, mayWrite }: { policy: string; version: number; mayWrite: boolean }) {
  const { data, error } = useQuery(policyVersionQuery(policy, version))
  if (error) return <Fault error={error} />
  if (data === undefined) return <Skeleton height="16rem" />
  return (
    <>
      <section>
        <Title order={2} mb="xs">
          {policies.version.document} <StateBadge state={data.state} />
        </Title>
        <Facts facts={factsOf(data)} />
        <Code block mt="sm" tabIndex={0}>
          {stringify(data.document)}
        </Code>
      </section>
      <Trials version={data} mayWrite={mayWrite} />
    </>
  )
}

function factsOf({ createdAt, createdBy, activated, detail }: Schemas['PolicyVersion']) {
  return [
    [policies.version.written, <Time key="at" at={createdAt} />],
    [policies.version.by, <Who key="by" id={createdBy} />],
    ...(activated === null
      ? []
      : [
          [
            policies.version.activated,
            <span key="activated">
              <Who id={activated.by} />, <Time at={activated.at} />
            </span>,
          ] as const,
        ]),
    ...(detail === '' ? [] : [[policies.version.detail, detail] as const]),
  ] as const
}
