import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { entities } from '#words/entities.ts'
import { people as words } from '#words/households.ts'
import { personal } from '#words/personal.ts'
import { userGroups } from '#words/user-groups.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { CopyText } from '../../parts/CopyText.tsx'
import { EntityHistory } from '../../parts/entity/EntityHistory.tsx'
import { EntityNotes } from '../../parts/entity/EntityNotes.tsx'
import { labelFacts } from '../../parts/entity/labelFacts.tsx'
import { LabelsDialog } from '../../parts/entity/LabelsDialog.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { useNames } from '../../parts/names.ts'
import { LinkButton } from '../../parts/links.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { ExportButton } from '../../parts/personal/ExportButton.tsx'
import { MergeDialog } from '../../parts/personal/MergeDialog.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { Time } from '../../parts/Time.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { GroupsOf } from './GroupsOf.tsx'
import { PersonDialog } from './PersonDialog.tsx'
import { personQuery } from './queries.ts'

const personRoute = getRouteApi('/people/$id')

export function PersonPage() {
  const { id } = personRoute.useParams()
  const { cursor } = personRoute.useSearch()
  const navigate = personRoute.useNavigate()
  const isOperator = hasRole(usePrincipal(), 'operator')
  const dialog = useDialog<'change' | 'labels' | 'merge'>()
  const { data: person, error, refetch } = useQuery(personQuery(id))
  useLiveRefresh({ types: ['user.*'], subject: id }, ['person', id])
  const nameOf = useNames(person?.households ?? [])
  if (error) return <Fault error={error} retry={() => void refetch()} />
  if (person === undefined) return <Skeleton height={200} />
  return (
    <>
      <PageHeader title={person.name} above={[{ to: '/people', label: words.title }]}>
        {isOperator && (
          <>
            <Button variant="default" onClick={() => dialog.open('labels')}>
              {entities.labels.edit}
            </Button>
            <Button variant="default" onClick={() => dialog.open('change')}>
              {words.change}
            </Button>
          </>
        )}
      </PageHeader>
      <Stack gap="xl">
        <Facts
          facts={[
            [words.facts.id, <CopyText key="id" text={person.id} />],
            [words.facts.email, person.email],
            [
              words.facts.households,
              <Group key="households" gap="xs">
                {person.households.map((each) => (
                  <RowLink key={each} to="household" id={each}>
                    {nameOf(each)}
                  </RowLink>
                ))}
              </Group>,
            ],
            ...labelFacts(person),
            [words.facts.made, <Time key="made" at={person.createdAt} />],
          ]}
        />
        <section>
          <Title order={2} mb="xs">
            {userGroups.of}
          </Title>
          <GroupsOf user={id} />
        </section>
        {isOperator && (
          <section>
            <Title order={2}>{personal.title}</Title>
            <Text size="sm" c="dimmed" mb="xs">
              {personal.text}
            </Text>
            <Group gap="xs">
              <ExportButton id={id} name={person.name} />
              <Button variant="default" onClick={() => dialog.open('merge')}>
                {personal.merge.button}
              </Button>
              <LinkButton variant="light" color="red" to="/people/$id/erasure" params={{ id }}>
                {personal.erase}
              </LinkButton>
            </Group>
          </section>
        )}
        <section>
          <Title order={2} mb="xs">
            {entities.notes.title}
          </Title>
          <EntityNotes of="users" id={id} />
        </section>
        <section>
          <Title order={2} mb="xs">
            {entities.history.title}
          </Title>
          <EntityHistory
            of="users"
            id={id}
            cursor={cursor}
            onPage={(next) => void navigate({ search: { cursor: next ?? undefined } })}
          />
        </section>
      </Stack>
      {dialog.when('labels', () => (
        <LabelsDialog of="users" {...person} onClose={dialog.close} />
      ))}
      {dialog.when('merge', () => (
        <MergeDialog of="users" id={id} onClose={dialog.close} />
      ))}
      {dialog.when('change', () => (
        <PersonDialog person={person} onClose={dialog.close} />
      ))}
    </>
  )
}
