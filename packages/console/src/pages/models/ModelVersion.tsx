import { Button, Group, Select, Skeleton, Tabs } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { models } from '#words/models.ts'
import { modelQuery, type PublishedModel, rolesQuery, versionsQuery } from '../../api/models.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { CopyText } from '../../parts/CopyText.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { LinkButton, TextLink } from '../../parts/links.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { Who } from '../../parts/Who.tsx'
import { Workspace } from './editor/Workspace.tsx'
import { AssignRole } from './roles/AssignRole.tsx'

const TextChanges = lazy(() => import('./TextChanges.tsx'))
const route = getRouteApi('/models/$name/$version')

export function ModelVersion() {
  const { name, version } = route.useParams()
  const { data: model, error, refetch } = useQuery(modelQuery(name, version))
  if (error) return <Fault error={error} retry={() => void refetch()} />
  return (
    <>
      <Header name={name} version={version} model={model} />
      {model === undefined ? <Skeleton height="60vh" /> : <Content model={model} />}
    </>
  )
}

function Header({ name, version, model }: { name: string; version: string; model: PublishedModel | undefined }) {
  const roles = useQuery(rolesQuery)
  const role = roles.data?.find((each) => each.role === name)
  const mayWrite = hasRole(usePrincipal(), 'operator')
  const [isAssigning, setAssigning] = useState(false)
  return (
    <PageHeader
      title={`${name} ${version}`}
      above={[{ to: '/models', label: models.title }]}
      text={model?.title}
      beside={role?.version === version && <StateBadge state="active" label={models.fills(name)} />}
    >
      {mayWrite && (
        <LinkButton
          to="/models/$name/edit"
          params={{ name }}
          search={{ from: version }}
          leftSection={<IconPencil size={16} aria-hidden />}
          title={models.editHint}
        >
          {models.edit}
        </LinkButton>
      )}
      {mayWrite && role !== undefined && role.version !== version && (
        <Button variant="default" onClick={() => setAssigning(true)}>
          {models.publishing.use}
        </Button>
      )}
      <LinkButton variant="default" to="/instances" search={{ model: name, version }}>
        {models.instances}
      </LinkButton>
      {mayWrite && (
        <LinkButton variant="default" to="/models/$name/migrations" params={{ name }} search={{ from: version }}>
          {models.roles.move}
        </LinkButton>
      )}
      {isAssigning && <AssignRole role={name} version={version} onClose={() => setAssigning(false)} />}
    </PageHeader>
  )
}

function Content({ model }: { model: PublishedModel }) {
  const { tab = 'pattern' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <>
      <Facts
        facts={[
          [models.publishedAt, <Time key="at" at={model.publishedAt} />],
          [models.publishedBy, <Who key="by" id={model.publishedBy} nobody={models.shipped} />],
          [models.digest, <CopyText key="digest" text={model.digest} />],
        ]}
      />
      <Tabs
        mt="md"
        value={tab}
        onChange={(next) => void navigate({ search: { tab: next as typeof tab } })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="pattern">{models.pattern}</Tabs.Tab>
          <Tabs.Tab value="changes">{models.changes}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="pattern">
          {model.text === null ? <Empty title={models.noText} /> : <Workspace text={model.text} isReadOnly />}
        </Tabs.Panel>
        <Tabs.Panel value="changes">
          <Changes model={model} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

/** What a version changes of another: of the one before it unless chosen. */
function Changes({ model: { name, version, text } }: { model: PublishedModel }) {
  const { against } = route.useSearch()
  const navigate = route.useNavigate()
  const { data: versions } = useQuery(versionsQuery(name))
  const others = (versions ?? []).map((each) => each.version).filter((each) => each !== version)
  const place = versions?.findIndex((each) => each.version === version) ?? -1
  const before = against ?? versions?.[place + 1]?.version ?? others[0]
  const other = useQuery({ ...modelQuery(name, before ?? ''), enabled: before !== undefined })
  if (versions !== undefined && before === undefined) return <Empty title={models.noOther} />
  return (
    <>
      <Group mb="sm" align="flex-end">
        <Select
          label={models.compare}
          data={others}
          value={before ?? null}
          allowDeselect={false}
          onChange={(next) => void navigate({ search: { tab: 'changes', against: next ?? undefined } })}
        />
        {before !== undefined && (
          <TextLink to="/models/$name/$version" params={{ name, version: before }} size="sm" pb={8}>
            {name} {before}
          </TextLink>
        )}
      </Group>
      <Fault error={other.error} />
      {other.data === undefined ? (
        <Skeleton height="50vh" />
      ) : other.data.text === text ? (
        <Empty title={models.same} />
      ) : (
        <Suspense fallback={<Skeleton height="50vh" />}>
          <TextChanges
            before={other.data.text ?? ''}
            after={text ?? ''}
            label={models.changesOf(name, other.data.version, version)}
          />
        </Suspense>
      )}
    </>
  )
}
