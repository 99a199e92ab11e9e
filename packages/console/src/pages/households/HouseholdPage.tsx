import { Anchor, Button, Grid, Skeleton, Stack, Text, Title } from '@mantine/core'
import { answer, type Schemas } from '@sutler/client'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { entities } from '#words/entities.ts'
import { fleet } from '#words/fleet.ts'
import { household as words, households } from '#words/households.ts'
import { personal } from '#words/personal.ts'
import { api } from '../../api/client.ts'
import { useLiveRefresh } from '../../api/live.ts'
import { hasRole, usePrincipal } from '../../api/session.ts'
import { CopyText } from '../../parts/CopyText.tsx'
import { DataTable, type Column } from '../../parts/DataTable.tsx'
import { EntityNotes } from '../../parts/entity/EntityNotes.tsx'
import { labelFacts } from '../../parts/entity/labelFacts.tsx'
import { LabelsDialog } from '../../parts/entity/LabelsDialog.tsx'
import { Facts } from '../../parts/Facts.tsx'
import { Fault } from '../../parts/Fault.tsx'
import { PageHeader } from '../../parts/PageHeader.tsx'
import { MergeDialog } from '../../parts/personal/MergeDialog.tsx'
import { Presence } from '../../parts/Presence.tsx'
import { RowLink } from '../../parts/RowLink.tsx'
import { StateBadge } from '../../parts/StateBadge.tsx'
import { Time } from '../../parts/Time.tsx'
import { useDialog } from '../../parts/useDialog.tsx'
import { HouseholdDialog } from './HouseholdDialog.tsx'
import { Preferences } from './Preferences.tsx'

const householdRoute = getRouteApi('/households/$id')

const most = 100

const deviceColumns: readonly Column<Schemas['Device']>[] = [
  {
    id: 'name',
    header: fleet.name,
    cell: (each) => (
      <RowLink to="device" id={each.id}>
        {each.name}
      </RowLink>
    ),
  },
  { id: 'class', header: fleet.device, wide: true, cell: (each) => fleet.classes[each.class] },
  {
    id: 'presence',
    header: fleet.presence,
    cell: (each) => <Presence reachable={each.reachable} since={each.reachableChangedAt} />,
  },
  { id: 'state', header: fleet.state, cell: (each) => <StateBadge state={each.state} /> },
]

const memberColumns: readonly Column<Schemas['User']>[] = [
  {
    id: 'name',
    header: words.members.name,
    cell: (each) => (
      <RowLink to="person" id={each.id}>
        {each.name}
      </RowLink>
    ),
  },
  { id: 'email', header: words.members.email, cell: (each) => each.email ?? '–' },
]

const subscriptionColumns: readonly Column<Schemas['Subscription']>[] = [
  {
    id: 'service',
    header: words.subscriptions.service,
    cell: (each) => (
      <Text size="sm" fw={600}>
        {each.service}
      </Text>
    ),
  },
  {
    id: 'version',
    header: words.subscriptions.version,
    cell: (each) => `${each.version}${each.pinned === null ? '' : ` (${words.subscriptions.pinned})`}`,
  },
  { id: 'state', header: words.subscriptions.state, cell: (each) => <StateBadge state={each.state} /> },
  { id: 'commercial', header: words.subscriptions.commercial, wide: true, cell: (each) => each.commercial },
  { id: 'since', header: words.subscriptions.since, wide: true, cell: (each) => <Time at={each.createdAt} /> },
]

const orderColumns: readonly Column<Schemas['Order']>[] = [
  {
    id: 'what',
    header: words.orders.what,
    cell: (each) => (
      <RowLink to="order" id={each.id}>
        {each.items.map(({ action, service }) => `${action} ${service}`).join(', ')}
      </RowLink>
    ),
  },
  { id: 'state', header: fleet.state, cell: (each) => <StateBadge state={each.state} /> },
  { id: 'made', header: fleet.created, wide: true, cell: (each) => <Time at={each.createdAt} /> },
]

/** A home with what is in it. */
export function HouseholdPage() {
  const { id } = householdRoute.useParams()
  const principal = usePrincipal()
  const isOperator = hasRole(principal, 'operator')
  const isStaff = hasRole(principal, 'operator', 'auditor')
  const dialog = useDialog<'change' | 'labels' | 'merge'>()
  const household = useQuery({
    queryKey: ['household', id, 'itself'],
    queryFn: async () => answer(await api.GET('/api/v1/households/{id}', { params: { path: { id } } })),
  })
  const devices = useQuery({
    queryKey: ['household', id, 'devices'],
    queryFn: async () =>
      answer(await api.GET('/api/v1/devices', { params: { query: { household: id, limit: most } } })),
  })
  const members = useQuery({
    queryKey: ['household', id, 'members'],
    queryFn: async () => answer(await api.GET('/api/v1/users', { params: { query: { household: id, limit: most } } })),
  })
  const subscriptions = useQuery({
    queryKey: ['household', id, 'subscriptions'],
    queryFn: async () =>
      answer(await api.GET('/api/v1/subscriptions', { params: { query: { household: id, limit: most } } })),
  })
  const orders = useQuery({
    queryKey: ['household', id, 'orders'],
    queryFn: async () =>
      answer(await api.GET('/api/v1/orders', { params: { query: { household: id, sort: 'newest', limit: 8 } } })),
  })
  useLiveRefresh({ types: ['device.*', 'order.*', 'subscription.*', 'household.*', 'user.*'], household: id }, [
    'household',
    id,
  ])
  if (household.error) return <Fault error={household.error} retry={() => void household.refetch()} />
  if (household.data === undefined) return <Skeleton height={260} />
  return (
    <>
      <PageHeader title={household.data.name} above={[{ to: '/households', label: words.above }]}>
        {isOperator && (
          <>
            <Button variant="default" onClick={() => dialog.open('labels')}>
              {entities.labels.edit}
            </Button>
            <Button variant="default" onClick={() => dialog.open('merge')}>
              {personal.merge.button}
            </Button>
            <Button variant="default" onClick={() => dialog.open('change')}>
              {words.change}
            </Button>
            <Button
              variant="default"
              component={Link}
              to="/enrolments"
              search={{ tab: 'claims', household: id } as never}
            >
              {words.claim}
            </Button>
          </>
        )}
      </PageHeader>
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="xl">
            <Section title={words.devices.title}>
              <DataTable
                label={words.devices.title}
                columns={deviceColumns}
                page={devices.data}
                error={devices.error}
                rowId={(each) => each.id}
                empty={<Text c="dimmed">{words.devices.none}</Text>}
              />
            </Section>
            <Section title={words.subscriptions.title}>
              <DataTable
                label={words.subscriptions.title}
                columns={subscriptionColumns}
                page={subscriptions.data}
                error={subscriptions.error}
                rowId={(each) => each.id}
                empty={<Text c="dimmed">{words.subscriptions.none}</Text>}
              />
            </Section>
            <Section title={words.orders.title}>
              <DataTable
                label={words.orders.title}
                columns={orderColumns}
                page={orders.data && { ...orders.data, next: null }}
                error={orders.error}
                rowId={(each) => each.id}
                empty={<Text c="dimmed">{words.orders.none}</Text>}
              />
              <Anchor component={Link} to="/orders" search={{ household: id } as never} size="sm">
                {words.orders.all}
              </Anchor>
            </Section>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="xl">
            <Facts
              facts={[
                [words.facts.id, <CopyText key="id" text={id} />],
                [words.facts.kind, households.kinds[household.data.kind]],
                [words.facts.timeZone, household.data.timeZone],
                ...labelFacts(household.data),
                [words.facts.made, <Time key="made" at={household.data.createdAt} />],
              ]}
            />
            <Section title={words.members.title}>
              <DataTable
                label={words.members.title}
                columns={memberColumns}
                page={members.data}
                error={members.error}
                rowId={(each) => each.id}
                empty={<Text c="dimmed">{words.members.none}</Text>}
              />
            </Section>
            <Preferences household={id} />
            {isStaff && (
              <Section title={entities.notes.title}>
                <EntityNotes of="households" id={id} />
              </Section>
            )}
          </Stack>
        </Grid.Col>
      </Grid>
      {dialog.when('labels', () => (
        <LabelsDialog of="households" {...household.data} onClose={dialog.close} />
      ))}
      {dialog.when('merge', () => (
        <MergeDialog of="households" id={id} onClose={dialog.close} />
      ))}
      {dialog.when('change', () => (
        <HouseholdDialog household={household.data} onClose={dialog.close} />
      ))}
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  )
}
